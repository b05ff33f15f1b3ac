// @ts-check
/** Nuxt: a page that asks while it is rendered and again in the browser, and a route of the server. */
import { saying } from '../pages.js';

/** @type {import('../frameworks.js').Framework} */
export const nuxt = {
  name: 'Nuxt',
  tool: 'nuxt',
  files: {
    'nuxt.config.js': `export default defineNuxtConfig({ compatibilityDate: '2026-01-01' });\n`,
    'app/app.vue': `<script setup>
import * as api from 'video-task-query';
import { smoke } from '~~/smoke.js';
const relay = useRequestURL().searchParams.get('relay');
const { data } = await useAsyncData('rendered', () => (relay ? smoke(api, relay) : null));
onMounted(() => api.init().then(() => smoke(api, relay)).catch((error) => [String(error)])
  .then((said) => (String(said) === String(data.value) ? said : ['rendered: ' + data.value]))
  .then(${saying}));
</script>
<template><p>Asking</p></template>\n`,
    'server/routes/node.js': `import * as api from 'video-task-query';
import { smoke } from '~~/smoke.js';
export default defineEventHandler((event) => smoke(api, getQuery(event).relay));\n`,
  },
  build: ['nuxt/bin/nuxt.mjs', 'build'],
  client: '.output/public',
  start: ['.output/server/index.mjs'],
  dev: (port) => ['nuxt/bin/nuxt.mjs', 'dev', '--host', '127.0.0.1', '--port', `${port}`],
};
