/** Runs a tapped pipeline until its picture is there, and brings the picture to this machine. Leaves nothing on the device. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { launch } from '../remote/launch.ts';
import { collect, endedWell, type Runner } from '../remote/runner.ts';
import type { Tapped } from './look.ts';

/** Seconds until the first picture has to be there; cameras and networks are slow to begin. */
const PATIENCE = 30;

/** Arguments: file, seconds. Ends well once there is something in the file. */
const WAIT = 'i=0; while [ $i -lt $2 ] && ! [ -s "$1" ]; do sleep 1; i=$((i+1)); done; [ -s "$1" ]';

/**
 * The path of the picture on this machine; undefined where it was aborted. `tap` makes the words for a file on the device. Rejects
 * with what the pipeline said, or that no picture came.
 */
export async function firstPicture(
  runner: Runner,
  { words, env, folder }: RunWords,
  tap: (file: string) => Tapped,
  abort: AbortSignal,
): Promise<string | undefined> {
  const { out } = await collect(runner.exec(['mktemp', '-d'], { input: '' }));
  const place = out.trim();
  if (!place.startsWith('/')) throw new Error('The device gives no folder for the picture.');
  const there = posix.join(place, 'look.png');
  try {
    const found = tap(there);
    if ('problem' in found) throw new Error(found.problem);
    const run = launch(runner, [words[0] ?? '', ...found.words], { env, ...(folder !== '' && { folder }) });
    const said: string[] = [];
    const reading = (async () => {
      for await (const { text } of run.lines) if (/ERROR|erroneous/.test(text)) said.push(text);
    })();
    const over = new AbortController();
    const waiting = collect(
      runner.exec(['/bin/sh', '-c', WAIT, 'sh', there, String(PATIENCE)], { input: '', abort: over.signal }),
    );
    const aborted = new Promise<void>((resolve) => abort.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([waiting, run.ended, aborted]);
    await run.stop();
    await reading;
    over.abort();
    if (abort.aborted) return undefined;
    const { exit } = await collect(runner.exec(['test', '-s', there], { input: '' }));
    if (!endedWell(exit)) throw new Error(said[0] ?? `No picture came within ${PATIENCE} s.`);
    const here = join(await mkdtemp(join(tmpdir(), 'jetson-look-')), 'look.png');
    await runner.download(there, here);
    return here;
  } finally {
    await collect(runner.exec(['rm', '-rf', '--', place], { input: '' }));
  }
}

/** What starts the pipeline without a tap. */
interface RunWords {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}
