// @ts-check
/** Angular as `ng new --ssr` makes it: a component that asks in the browser, and a route of the Express server. */
import { saying } from '../pages.js';

const options = {
  browser: 'src/main.ts',
  server: 'src/main.server.ts',
  tsConfig: 'tsconfig.json',
  outputMode: 'server',
  security: { allowedHosts: ['127.0.0.1'] },
  ssr: { entry: 'src/server.ts' },
};
const development = { optimization: false, sourceMap: true };
const workspace = {
  version: 1,
  projects: {
    app: {
      projectType: 'application',
      root: '',
      sourceRoot: 'src',
      architect: {
        build: { builder: '@angular/build:application', options, configurations: { development } },
        serve: { builder: '@angular/build:dev-server', options: { buildTarget: 'app:build:development' } },
      },
    },
  },
};

const compilerOptions = { target: 'ES2022', module: 'preserve', skipLibCheck: true, types: [], allowJs: true };

/** @type {import('../frameworks.js').Framework} */
export const angular = {
  name: 'Angular',
  tool: 'angular',
  files: {
    'angular.json': JSON.stringify(workspace),
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['src/**/*.ts'] }),
    'src/index.html': '<!doctype html><html><head><base href="/"></head><body><app-root></app-root></body></html>\n',
    'src/app.ts': `import { Component, afterNextRender } from '@angular/core';
import * as api from 'video-task-query';
import { smoke } from '../smoke.js';
@Component({ selector: 'app-root', template: '<p>Asking</p>' })
export class App {
  constructor() {
    afterNextRender(() => {
      const relay = new URL(location.href).searchParams.get('relay') ?? '';
      api.init().then(() => smoke(api, relay)).catch((error) => [String(error)]).then(${saying});
    });
  }
}\n`,
    'src/main.ts': `import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app';
bootstrapApplication(App);\n`,
    'src/main.server.ts': `import { BootstrapContext, bootstrapApplication } from '@angular/platform-browser';
import { RenderMode, provideServerRendering, withRoutes } from '@angular/ssr';
import { App } from './app';
const routes = [{ path: '**', renderMode: RenderMode.Server as const }];
const config = { providers: [provideServerRendering(withRoutes(routes))] };
export default (context: BootstrapContext) => bootstrapApplication(App, config, context);\n`,
    'src/server.ts': `import { AngularNodeAppEngine, createNodeRequestHandler, isMainModule, writeResponseToNodeResponse } from '@angular/ssr/node';
// @ts-ignore Its types are a package of their own.
import express from 'express';
import * as api from 'video-task-query';
import { smoke } from '../smoke.js';
declare const process: { env: Record<string, string> };
const app = express();
const engine = new AngularNodeAppEngine();
app.get('/node', async (req: any, res: any) => res.json(await smoke(api, req.query.relay)));
app.use(express.static(new URL('../browser', import.meta.url).pathname, { index: false, redirect: false }));
app.use((req: any, res: any, next: any) => {
  engine.handle(req).then((answer) => (answer ? writeResponseToNodeResponse(answer, res) : next())).catch(next);
});
if (isMainModule(import.meta.url)) app.listen(process.env['PORT'], '127.0.0.1');
export const reqHandler = createNodeRequestHandler(app);\n`,
  },
  build: ['@angular/cli/bin/ng.js', 'build'],
  client: 'dist/app/browser',
  start: ['dist/app/server/server.mjs'],
  dev: (port) => ['@angular/cli/bin/ng.js', 'serve', '--host', '127.0.0.1', '--port', `${port}`],
};
