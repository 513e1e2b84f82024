/**
 * `npm run acceptance:harvest`: all elements of this machine's GStreamer over a real SSH connection: how long it takes, and what
 * differs from the bundled table of the same release. Takes at most a minute and differs in nothing, or the command fails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { harvest } from '../../client/src/remote/harvest.ts';
import { bundledCatalog } from '../../server/src/catalog/bundled.ts';
import { differences } from '../support/element-facts.ts';
import { startSshd } from '../support/sshd.ts';

const MOST_SECONDS = 60;
const schemas = join(import.meta.dirname, '../../schemas');
const bundled = bundledCatalog(['gstreamer-1.22'], (path) => {
  try {
    return readFileSync(join(schemas, path), 'utf8');
  } catch {
    return undefined;
  }
});

const sshd = await startSshd();
try {
  const runner = await sshd.connect();
  const time = async (cache?: Awaited<ReturnType<typeof harvest>>['cache']) => {
    const began = performance.now();
    const found = await harvest(runner, { layer: 'measured', ...(cache && { cache }) });
    return { found, seconds: (performance.now() - began) / 1000 };
  };
  const first = await time();
  const again = await time(first.found.cache);
  const { compared, different, missing } = differences(bundled, first.found.elements);
  console.log(`elements ${first.found.elements.length}, unreadable ${first.found.unreadable.length}`);
  console.log(
    `first harvest ${first.seconds.toFixed(1)} s, again from the cache ${again.seconds.toFixed(1)} s (${again.found.reused} reused)`,
  );
  console.log(`compared with the bundled table ${compared}, different ${different.length}, missing ${missing.length}`);
  for (const name of [...different, ...missing].slice(0, 20)) console.log(`  ${name}`);
  process.exitCode =
    first.seconds <= MOST_SECONDS && compared > 1000 && different.length + missing.length === 0 ? 0 : 1;
  await runner.dispose();
} finally {
  await sshd.stop();
}
