/** What a run is made of: the command line for a pipeline or a configuration, with its holes filled and its files where the device has them. */
import { posix, relative } from 'node:path';
import type { Runnable } from '../../../server/src/protocol.ts';
import { deepstreamApp, gstLaunch } from '../remote/launch-words.ts';

/** Places of this machine and of the device that correspond. */
export interface Places {
  /** The project's folder on this machine; absolute. */
  readonly project: string;
  /** Its counterpart on the device, relative to the home folder; the project's own where this machine is the device. */
  readonly there: string;
  /** The folder that the device's paths start at; absolute. */
  readonly home: string;
}

/** Where a file of the project lies on the device, relative to its project folder; undefined for files outside the project. */
export function insideProject(path: string, { project }: Places): string | undefined {
  const inside = relative(project, path).replaceAll('\\', '/');
  return inside === '' || inside.startsWith('../') || inside === '..' || /^(?:\/|[A-Za-z]:)/.test(inside)
    ? undefined
    : inside;
}

/** Absolute path on the device of a file of the project. */
export const onDevice = (inside: string, { home, there }: Places): string => posix.resolve(home, there, inside);

/** The sources of the holes, each once, in order. */
export const variablesOf = ({ holes }: Pick<Runnable, 'holes'>): readonly string[] => [
  ...new Set(holes.map(({ source }) => source)),
];

/**
 * The pipeline's text with values in place of holes, and with the device's paths in place of absolute ones of this project.
 * Relative paths stay: the run starts in the folder that corresponds.
 */
export function filledText(
  { text, holes, files }: Pick<Runnable, 'text' | 'holes' | 'files'>,
  values: ReadonlyMap<string, string>,
  places: Places,
): string {
  const edits = holes.map(({ start, end, source }) => ({ start, end, text: values.get(source) ?? '' }));
  for (const { path, written, start, end } of files) {
    const inside = insideProject(path, places);
    const absolute = written.replace(/^file:\/\//, '');
    if (start === undefined || end === undefined || inside === undefined || !absolute.startsWith('/')) continue;
    if (edits.some((edit) => edit.start < end && start < edit.end)) continue;
    const prefix = written.startsWith('file://') ? 'file://' : '';
    edits.push({ start, end, text: quoted(prefix + onDevice(inside, places)) });
  }
  let filled = text;
  for (const edit of edits.sort((one, other) => other.start - one.start)) {
    filled = filled.slice(0, edit.start) + edit.text + filled.slice(edit.end);
  }
  return filled;
}

/** A value as the pipeline parser takes it unchanged. */
const quoted = (value: string): string => (/^[\w./:+-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`);

/** The command line. A pipeline gets `-e`, without which an interrupt leaves mp4 files broken. */
export function wordsOf(
  runnable: Runnable,
  values: ReadonlyMap<string, string>,
  places: Places,
  file: string,
  alwaysVerbose = false,
): string[] {
  if (runnable.kind === 'config') return deepstreamApp(onDevice(file, places));
  const verbose =
    alwaysVerbose || runnable.options.some((option) => option === '--verbose' || /^-[a-zA-Z]*v/.test(option));
  return gstLaunch(filledText(runnable, values, places), { verbose });
}
