/**
 * The bundles that ship: client, server and command line as CommonJS, one file a process, and the device panel for the
 * browser. `--watch` keeps building; `--minify` is for the package. Importable: `bundle()`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));

const entries = [
  { from: 'client/src/extension.ts', to: 'dist/client.cjs', external: ['vscode'] },
  { from: 'server/src/main.ts', to: 'dist/server.cjs' },
  { from: 'server/src/cli.ts', to: 'dist/gst-lint.cjs', banner: '#!/usr/bin/env node' },
  { from: 'client/src/views/graphviz-worker.ts', to: 'dist/graphviz.cjs' },
  ...['graph', 'canvas', 'caps', 'doctor', 'tegrastats', 'log'].flatMap((page) => [
    { from: `client/src/panel/${page}.ts`, to: `dist/panel.${page}.js`, browser: true },
    { from: `client/src/panel/${page}.css`, to: `dist/panel.${page}.css`, browser: true },
  ]),
  { from: 'client/src/panel/main.ts', to: 'dist/panel.js', browser: true },
];

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const watch = process.argv.includes('--watch');
  await bundle({ watch, minify: process.argv.includes('--minify') });
}

/** Builds all bundles, or those written to the files named in `only`. */
export async function bundle({ watch = false, minify = false, only } = {}) {
  const { build, context } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = entries.filter(({ from, to }) => existsSync(join(root, from)) && (only?.includes(to) ?? true));
  await Promise.all(
    wanted.map(async (entry) => {
      const options = {
        absWorkingDir: root,
        entryPoints: [entry.from],
        outfile: entry.to,
        bundle: true,
        minify,
        sourcemap: minify ? false : 'linked',
        format: entry.browser ? 'iife' : 'cjs',
        platform: entry.browser ? 'browser' : 'node',
        target: entry.browser ? 'es2022' : 'node20',
        // ssh2 runs without its two native parts; they are never there to be loaded.
        external: [...(entry.external ?? []), 'cpu-features', '*.node'],
        define: {
          VERSION: JSON.stringify(version),
          ...(entry.browser ? {} : { 'import.meta.dirname': '__dirname' }),
        },
        ...(entry.banner ? { banner: { js: entry.banner } } : {}),
        logLevel: 'warning',
      };
      if (!watch) return build(options);
      const building = await context(options);
      return building.watch();
    }),
  );
}
