/** The overseer of a run on the demo device: does what the script of `launch-script.ts` does on a board, which needs /proc and job control. */
import type { readOverseen } from '../launch-script.ts';
import { type Process, type SignalName, statusNumber } from './machine.ts';
import { BrokenPipe, fromBytes, type Output } from './pipes.ts';

const SIGNALS: Readonly<Record<string, SignalName>> = { hup: 'HUP', term: 'TERM', kill: 'KILL' };

/** How often it looks whether the group has ended. */
const LOOK = 50;

export async function oversee(process: Process, run: NonNullable<ReturnType<typeof readOverseen>>): Promise<number> {
  const { machine } = process;
  // Neither a lost connection nor a signal meant for the run ends its overseer.
  process.onSignal = () => true;
  const { process: child, exit } = machine.start(run.words, {
    env: process.env,
    folder: process.folder,
    out: deaf(process.out),
    err: deaf(process.err),
    parent: process.pid,
  });
  await deaf(process.out).write(`${run.tag} run ${child.pid}\n`);
  const alive = (): boolean => machine.kill(-child.pid, undefined);
  const down = async (signal: SignalName, seconds: number): Promise<boolean> => {
    machine.kill(-child.pid, signal);
    for (const end = performance.now() + seconds * 1000; alive() && performance.now() < end; )
      await process.sleep(LOOK);
    return alive();
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      const line = await process.line();
      const word = line && fromBytes(line.text);
      if (word === undefined || word === 'stop') break;
      const signal = SIGNALS[word];
      if (signal) machine.kill(-child.pid, signal);
    }
    if ((await down('INT', run.interruptSeconds)) && (await down('TERM', run.termSeconds))) await down('KILL', 5);
  };
  void watch().catch(() => {});
  const status = await process.wait(exit);
  if (alive() && (await down('TERM', 2))) await down('KILL', 2);
  return statusNumber(status);
}

/** What is said to nobody is no reason to end. */
const deaf = (output: Output): { write(text: string): Promise<void> } => ({
  write: async (text) => {
    try {
      await output.write(text);
    } catch (error) {
      if (!(error instanceof BrokenPipe)) throw error;
    }
  },
});
