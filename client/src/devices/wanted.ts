/** What is to be run, made from what the server says of a document. */
import { basename, extname } from 'node:path';
import type { Runnable } from '../../../server/src/protocol.ts';
import type { RunOptions } from './run-options.ts';

/** One runnable of a file, or the file itself as a script. */
export interface Wanted {
  /** The document's path on this machine. */
  readonly file: string;
  readonly runnable?: Runnable;
  /** The words that run the file, in place of a runnable: `bash`, `python3`. */
  readonly script?: readonly string[];
  /** The pipelines of a script. */
  readonly within?: readonly Runnable[];
  readonly files: readonly string[];
  readonly title: string;
  readonly outputs: readonly string[];
  /** In place of the workspace's. */
  readonly options?: RunOptions;
  /** The document's address, as the editor writes it. */
  readonly uri: string;
}

/** What runs a file, by its ending. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  '.sh': ['bash'],
  '.bash': ['bash'],
  '.py': ['python3', '-u'],
};

/** The words before a script's name; undefined for what is none. */
export const programOf = (file: string): readonly string[] | undefined => PROGRAMS[extname(file)];

/** A pipeline or configuration. Throws, with what to do instead, where it cannot be run by itself. */
export function wantedRunnable(file: string, uri: string, runnable: Runnable): Wanted {
  if (runnable.kind === 'config' && runnable.format !== 'deepstream-app') {
    throw new Error('Only a configuration of deepstream-app can be run by itself; this one is read by an element.');
  }
  if (runnable.elements.some(({ factory }) => factory === 'appsrc')) {
    throw new Error('This pipeline is fed by its program (appsrc). Run the script that holds it instead.');
  }
  const { title, outputs } = runnable;
  return { file, uri, runnable, title, outputs, files: runnable.files.map(({ path }) => path) };
}

/** The whole script, with the files that its pipelines name. */
export function wantedScript(file: string, uri: string, runnables: readonly Runnable[]): Wanted {
  return {
    file,
    uri,
    script: programOf(file) ?? [],
    within: runnables.filter(({ kind, certainty }) => kind === 'launch' && certainty === 'code'),
    title: basename(file),
    files: [...new Set(runnables.flatMap(({ files }) => files.map(({ path }) => path)))],
    outputs: runnables.flatMap(({ outputs }) => outputs),
  };
}
