// @ts-check
/** `npm run build:demo`: the demo page as plain files, with the practice relay inside the page. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.js';
import { pkg, root } from './paths.js';
import { runSteps } from './run-steps.js';
import { ScriptError } from './script-error.js';
import { policyOf } from '../www/policy.js';

const HELP = `Writes the demo page into demo/: plain files for any static host, in any folder of it. No relay is needed, the
practice tasks are played inside the page.

  npm run build:demo
  npx --yes serve demo      or any other server of files; the page does not open from file://`;

/** Writes the demo into a folder, which is emptied first. @param {string} folder @param {string} [packageDir] */
export function writeDemo(folder, packageDir = pkg) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const www = join(root, 'www');
  cpSync(join(www, 'page'), join(folder, 'page'), { recursive: true });
  cpSync(join(www, 'demo', 'in-page-relay.js'), join(folder, 'page', 'in-page-relay.js'));
  // Of the package what a page loads; of the relay what is pure.
  for (const name of ['web.js', 'dist/shared.js', 'dist/video_task_query_bg.wasm', 'ui']) {
    cpSync(join(packageDir, name), join(folder, 'pkg', name), { recursive: true });
  }
  const relay = join(root, 'pkg', 'relay');
  for (const name of ['answer.js', 'faults.js', 'forms', 'ids.js', 'register.js', 'routes.js', 'tasks.js']) {
    cpSync(join(relay, name), join(folder, 'relay', name), { recursive: true });
  }
  const films = readdirSync(join(relay, 'media')).filter((file) => /\.(mp4|gif|jpg)$/.test(file));
  for (const name of films) cpSync(join(relay, 'media', name), join(folder, 'media', name));
  writeFileSync(join(folder, 'index.html'), staticPage(readFileSync(join(www, 'index.html'), 'utf8')));
}

/** The page with its policy inside, and the relay before everything else. @param {string} html */
function staticPage(html) {
  // What only a header can say.
  const policy = policyOf(html)
    .filter((rule) => !rule.startsWith('frame-ancestors'))
    .join('; ');
  const charset = '<meta charset="utf-8" />';
  const meta = `<meta http-equiv="content-security-policy" content="${policy}" />`;
  const script = '<script type="module" src="./page/main.js"></script>';
  if (!html.includes(charset) || !html.includes(script)) {
    throw new ScriptError(
      `www/index.html has no ${charset} or no ${script}: the page would lack its policy or its relay.`,
    );
  }
  return html
    .replace(charset, `${charset}\n    ${meta}`)
    .replace(script, `<script type="module" src="./page/in-page-relay.js"></script>\n    ${script}`);
}

if (isStarted()) {
  await runCommand(HELP, async () => {
    if (!(await runSteps(['build'])).ok) return false;
    const folder = join(root, 'demo');
    writeDemo(folder);
    const files = readdirSync(folder, { recursive: true })
      .map((name) => statSync(join(folder, String(name))))
      .filter((each) => each.isFile());
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    console.log(
      `\n${relative(root, folder)}/ has ${files.length} files, ${Math.round(bytes / 1000)} KB. Put it on any static host, in any folder.`,
    );
    return true;
  });
}

/** As opposed to imported. Node has followed links to this file, and not those in what was typed. */
function isStarted() {
  const typed = process.argv[1];
  return typed !== undefined && existsSync(typed) && realpathSync(typed) === fileURLToPath(import.meta.url);
}
