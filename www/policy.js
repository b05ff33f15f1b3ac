// @ts-check
/** What the page may load, and where it may ask. */
import { createHash } from 'node:crypto';

/** The rules of its Content-Security-Policy. @param {string} html */
export function policyOf(html) {
  // An import map has to be inline; its hash lets this one in and no other script.
  const map = /<script type="importmap">([^]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  // Users may ask any service: https anywhere, plain http on this machine.
  const anywhere = "'self' https: http://localhost:* http://*.localhost:* http://127.0.0.1:*";
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`,
    "style-src 'self'",
    `connect-src ${anywhere}`,
    `img-src ${anywhere}`,
    `media-src ${anywhere} data:`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
}
