// @ts-check
/** What the page may load, and where it may ask. */
import { createHash } from 'node:crypto';
import { PLAIN_HOSTS } from './page/hosts.js';

/** The rules of its Content-Security-Policy. @param {string} html */
export function policyOf(html) {
  // An import map has to be inline; its hash lets this one in and no other script.
  const map = /<script type="importmap">([^]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  // Users may ask any service: https anywhere, plain http on this machine.
  const anywhere = ["'self'", 'https:', ...PLAIN_HOSTS.map((host) => `http://${host}:*`)].join(' ');
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`,
    "style-src 'self'",
    // A video may stand in the answer, from where it is saved by fetch.
    `connect-src ${anywhere} data:`,
    `img-src ${anywhere}`,
    `media-src ${anywhere} data:`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
}
