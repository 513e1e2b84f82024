/** Runs on a device as tasks: `type: "jetson"` in tasks.json. The terminal shows the run, and closing it stops the run. */
import * as vscode from 'vscode';
import type { Ended } from '../remote/launch.ts';
import type { ActiveRun, Runs } from './runs.ts';

export const TASK_TYPE = 'jetson';

/** What a task says. */
export interface RunTask {
  /** The file with the pipeline, relative to the workspace's folder. */
  readonly file: string;
  /** The pipeline at this line, from 1; the first where left out. */
  readonly line?: number;
  /** The whole script in place of a pipeline of it. */
  readonly script?: boolean;
  /** Name of the device; the chosen one where left out. */
  readonly device?: string;
  readonly options: unknown;
}

/** A task's definition as such; undefined for one that names no file. */
export function readTask(definition: Readonly<Record<string, unknown>>): RunTask | undefined {
  const { file, line, script, device, options } = definition;
  if (typeof file !== 'string' || file.trim() === '') return undefined;
  return {
    file,
    ...(typeof line === 'number' && Number.isInteger(line) && line > 0 && { line }),
    ...(script === true && { script }),
    ...(typeof device === 'string' && device !== '' && { device }),
    options,
  };
}

/** A terminal that shows a run from its start to its end. `start` may take its time, and gives nothing where the person turned away. */
export function runTerminal(runs: Runs, start: () => Promise<ActiveRun | undefined>): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  let active: ActiveRun | undefined;
  let shut = false;
  const say = (text: string): void => written.fire(`${text.replaceAll('\n', '\r\n')}\r\n`);
  const follow = async (): Promise<void> => {
    // Lines may come before `start` has given the run back.
    const early: { readonly run: ActiveRun; readonly text: string }[] = [];
    const lines = runs.onLine(({ run, line }) => {
      if (run === active) say(line.text);
      else if (!active) early.push({ run, text: line.text });
    });
    const ended = new Map<ActiveRun, string>();
    const ends = runs.onDidEnd(({ run, past }) => {
      ended.set(run, `${past.text} ${(past.milliseconds / 1000).toFixed(1)} s`);
      if (run === active) finish(past.how, ended.get(run)!);
    });
    const finish = (how: Ended['how'], text: string): void => {
      lines.dispose();
      ends.dispose();
      say(text);
      closed.fire(how === 'finished' || how === 'stopped' ? 0 : 1);
    };
    try {
      const run = await start();
      if (!run) return finish('killed', 'Not started.');
      active = run;
      for (const { text } of early.filter((one) => one.run === run)) say(text);
      if (shut) void run.run.stop();
      const text = ended.get(run);
      if (text !== undefined) finish((await run.run.ended).how, text);
    } catch (error) {
      finish('not-started', error instanceof Error ? error.message : String(error));
    }
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => void follow(),
    close: () => {
      shut = true;
      void active?.run.stop();
    },
    // Ctrl+C, as in any terminal.
    handleInput: (text) => {
      if (text === '\u0003') void active?.run.stop();
    },
  };
}
