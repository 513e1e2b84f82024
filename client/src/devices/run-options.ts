/** How a run is watched and where: what is set before it, remembered for the workspace. */
import { debugEnvironment } from '../remote/launch.ts';

/** What a person can set. Plain JSON; what is left out is as the program has it. */
export interface RunOptions {
  /** GST_DEBUG: `*:3,nvinfer:5`. */
  readonly debug?: string;
  /** GST_TRACERS; `latency` stands for latency of the pipeline and of each element. */
  readonly tracers?: string;
  /** Dot files of the running pipeline are written into the project's folder on the device. */
  readonly dots?: boolean;
  /** gst-launch's `-v`. */
  readonly verbose?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** `:0`; empty: none, for boards without a screen. */
  readonly display?: string;
  /** Name of a power mode, which is set before the run. */
  readonly powerMode?: string;
  /** jetson_clocks before the run. */
  readonly clocks?: boolean;
  /** It goes on when the window is closed. */
  readonly outlives?: boolean;
}

/** The folder for dot files below the project's on the device. */
export const DOTS = '.gst-dots';

/** The environment of the run. What the person writes goes last. */
export function environmentOf(options: RunOptions, dotFolder: string): Record<string, string> {
  const { debug, tracers, dots, display, env } = options;
  return {
    ...debugEnvironment({
      ...(debug && { debug }),
      ...(tracers && { tracers }),
      ...(dots && { dotFolder }),
      ...(display && { display }),
    }),
    ...env,
  };
}

/** `*:3,nvinfer:5` out of a level for all and levels of categories; undefined where all are off. */
export function debugText(level: number, categories: ReadonlyMap<string, number>): string | undefined {
  const parts = [...(level > 0 ? [`*:${level}`] : []), ...[...categories].map(([name, one]) => `${name}:${one}`)];
  return parts.length > 0 ? parts.join(',') : undefined;
}

/** The levels by the names that GStreamer gives them, from 0. */
export const LEVELS = ['none', 'ERROR', 'WARNING', 'FIXME', 'INFO', 'DEBUG', 'LOG', 'TRACE', '', 'MEMDUMP'] as const;

/** Names and descriptions out of `gst-launch-1.0 --gst-debug-help`, in their order. */
export function readCategories(out: string): readonly { readonly name: string; readonly about: string }[] {
  return out.split('\n').flatMap((line) => {
    const match = /^([\w.:+-]+)\s+\d \w*\s*(.*)$/.exec(stripColours(line));
    return match ? [{ name: match[1]!, about: match[2]!.trim() }] : [];
  });
}

const stripColours = (line: string): string => line.replace(/\u001b\[[\d;]*m/g, '');

/** `NAME=value NAME2="two words"` as pairs; undefined where that is none. */
export function readVariables(text: string): Readonly<Record<string, string>> | undefined {
  const found: Record<string, string> = {};
  const rest = text.replace(
    /\s*([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|'[^']*'|\S*)(?=\s|$)/g,
    (_all, name: string, value: string) => {
      found[name] = value.startsWith('"')
        ? value.slice(1, -1).replace(/\\(.)/g, '$1')
        : value.startsWith("'")
          ? value.slice(1, -1)
          : value;
      return '';
    },
  );
  return rest.trim() === '' ? found : undefined;
}

/** The other way round. */
export const variablesText = (env: Readonly<Record<string, string>>): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${/^[^\s"'\\]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`)
    .join(' ');

/** The options in a few words: `*:3 · latency · -v`; empty where all is as it comes. */
export function describeOptions(options: RunOptions): string {
  const { debug, tracers, dots, verbose, env = {}, display, powerMode, clocks, outlives } = options;
  const parts = [
    debug,
    tracers,
    dots && 'dot files',
    verbose && '-v',
    Object.keys(env).join(' '),
    display && `DISPLAY ${display}`,
    powerMode,
    clocks && 'highest clocks',
    outlives && 'outlives the window',
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

/** Power modes out of the device's `0=15W 1=25W`, in its order. */
export function readPowerModes(text: string | undefined): readonly { readonly id: string; readonly name: string }[] {
  return [...(text ?? '').matchAll(/(\d+)=(\S+)/g)].map(([, id, name]) => ({ id: id!, name: name! }));
}

/** Options out of a task or a memory; what is of another kind is left out. */
export function readOptions(value: unknown): RunOptions {
  if (typeof value !== 'object' || value === null) return {};
  const given = value as Record<string, unknown>;
  const texts = ['debug', 'tracers', 'display', 'powerMode'].flatMap((key) =>
    typeof given[key] === 'string' && given[key] !== '' ? [[key, given[key]] as const] : [],
  );
  const flags = ['dots', 'verbose', 'clocks', 'outlives'].flatMap((key) =>
    given[key] === true ? [[key, true] as const] : [],
  );
  const env = Object.entries(typeof given.env === 'object' && given.env !== null ? given.env : {}).filter(
    ([name, one]) => /^[A-Za-z_]\w*$/.test(name) && typeof one === 'string',
  );
  return Object.fromEntries([
    ...texts,
    ...flags,
    ...(env.length > 0 ? [['env', Object.fromEntries(env)] as const] : []),
  ]);
}
