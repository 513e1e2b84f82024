/**
 * `npm start`: shows the main job. The editor with this extension and `examples/` open; with `-- --cli` the same findings
 * in the terminal. Does its own set-up; plain Node until then.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureModules } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const words = process.argv.slice(2);

await ensureModules();
const { bundle } = await import('../esbuild.mjs');
if (words.includes('--cli')) {
  await bundle({ only: ['dist/gst-lint.cjs'] });
  const rest = words.filter((word) => word !== '--cli');
  const asked = rest.length > 0 ? rest : ['examples'];
  const { status } = spawnSync(process.execPath, [join(root, 'dist/gst-lint.cjs'), ...asked], { stdio: 'inherit' });
  // Findings are what this command is there to show; only a run that could not be made is a failure.
  process.exitCode = status === 0 || status === 1 ? 0 : (status ?? 2);
} else {
  await bundle();
  const { showExamples } = await import('./show.mjs');
  await showExamples(join(root, 'examples'));
}
