// @ts-check
/** LiteLLM's proxy from PyPI, in an environment of its own, with the practice relay as its upstream. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listenOnLoopback } from '../../pkg/relay/listen.js';
import { createRelay } from '../../pkg/relay/relay.js';
import { tools } from '../../scripts/paths.js';
import { run } from '../../scripts/run.js';

const VERSION = '1.106.2';
const folder = process.env.LITELLM_VENV ?? join(tools, 'litellm');
const program = join(folder, 'bin', 'litellm');
const config = fileURLToPath(new URL('config.yaml', import.meta.url));

export const KEY = 'sk-Zq8rT2vLx9WmK4pNc7Yd';

/** @returns {Promise<{ program: string } | { why: string }>} */
export async function prepareLiteLlm() {
  if (existsSync(program)) return { program };
  mkdirSync(tools, { recursive: true });
  const made = await run('python3', ['-m', 'venv', folder], { minutes: 2 });
  const pip = join(folder, 'bin', 'pip');
  const { code, output } =
    made.code === 0 ? await run(pip, ['install', '--quiet', `litellm[proxy]==${VERSION}`], { minutes: 8 }) : made;
  if (code === 0 && existsSync(program)) return { program };
  rmSync(folder, { recursive: true, force: true });
  const last = output.trim().split('\n').at(-1);
  return { why: `LiteLLM ${VERSION} could not be installed from PyPI by python3 and pip: ${last}` };
}

/**
 * @param {string} litellm the program
 * @returns {Promise<{ baseUrl: string, close: () => Promise<void> }>}
 */
export async function startLiteLlm(litellm) {
  const { server, port: upstream } = await listenOnLoopback(createRelay({ lifeMs: 4000 }), 0);
  const free = await listenOnLoopback(() => {}, 0);
  await new Promise((resolve) => free.server.close(resolve));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    UPSTREAM: `http://127.0.0.1:${upstream}/v1`,
    LITELLM_MASTER_KEY: KEY,
    // Else it asks GitHub for prices, and its makers for news.
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    LITELLM_TELEMETRY: 'False',
  };
  const args = ['--config', config, '--host', '127.0.0.1', '--port', `${free.port}`];
  const child = spawn(litellm, args, { env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const baseUrl = `http://127.0.0.1:${free.port}`;
  const close = async () => {
    child.kill('SIGKILL');
    await exited;
    server.close();
    server.closeAllConnections();
  };
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    const answer = await fetch(`${baseUrl}/health/liveliness`).catch(() => null);
    if (answer?.ok) return { baseUrl, close };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await close();
  throw new Error('LiteLLM did not listen within 150 s.');
}

/** The id that LiteLLM gives a video of its upstream. @param {string} video */
export function idOf(video) {
  const text = `litellm:custom_llm_provider:openai;model_id:sora-2;video_id:${video}`;
  return `video_${Buffer.from(text).toString('base64')}`;
}
