/** What a command will do, as far as the checks before a run need it: its elements with their settings, without a parser's care. */

import type { Runnable } from '../../../server/src/protocol.ts';
import { launchWords } from '../remote/launch-words.ts';

export interface Planned {
  /** `gst-launch-1.0`, `deepstream-app`, or what runs a script. */
  readonly program: string;
  /** A script: which of its pipelines run, and with what, only it knows. */
  readonly isScript?: true;
  readonly elements: readonly PlannedElement[];
  readonly env: Readonly<Record<string, string>>;
}

/** An element of a pipeline, or a section of a configuration. */
export interface PlannedElement {
  /** `v4l2src`; a section's name without its number for a configuration. */
  readonly factory: string;
  readonly settings: Readonly<Record<string, string>>;
  /** The caps that stand right behind it; empty where none do. */
  readonly caps: string;
}

/** The plan of a runnable as it stands: what is known only when it runs stays as it is written, `$PORT`. */
export function planOf({ kind, text, holes }: Pick<Runnable, 'kind' | 'text' | 'holes'>): readonly PlannedElement[] {
  let whole = text;
  for (const { start, end, source } of [...holes].sort((one, other) => other.start - one.start)) {
    whole = whole.slice(0, start) + (/^[\w${}.-]*[${][\w${}.-]*$/.test(source) ? source : '…') + whole.slice(end);
  }
  return kind === 'config' ? planOfConfig(whole) : planOfLaunch(launchWords(whole));
}

/** The elements of gst-launch's words. What is no element or setting is passed over. */
export function planOfLaunch(words: readonly string[]): readonly PlannedElement[] {
  const elements: { factory: string; settings: Record<string, string>; caps: string }[] = [];
  let fresh = true;
  /** Caps whose text goes on: `video/x-raw, width=640`. */
  let open = false;
  for (const word of words) {
    const last = elements.at(-1);
    if (open) {
      if (last) last.caps += unquoted(word);
      open = word.endsWith(',');
      continue;
    }
    const setting = /^([A-Za-z_][\w:-]*)=(.*)$/s.exec(word);
    if (/^(?:!|:|;|\(|\)|.*\()$/.test(word)) fresh = true;
    else if (/^["']?[a-z]+\/[\w.+-]+|^["']?video\/|^["']?audio\//.test(word)) {
      if (last && last.caps === '' && fresh) last.caps = unquoted(word);
      open = word.endsWith(',');
      fresh = false;
    } else if (setting && !fresh && last) last.settings[setting[1]!] = unquoted(setting[2]!);
    else if (/^[A-Za-z][\w-]*$/.test(word)) {
      elements.push({ factory: word, settings: {}, caps: '' });
      fresh = false;
    } else fresh = false;
  }
  return elements;
}

/** The sections of a configuration; one that is switched off (`enable=0`) is none. */
export function planOfConfig(text: string): readonly PlannedElement[] {
  const elements: { factory: string; settings: Record<string, string>; caps: string }[] = [];
  for (const line of text.split('\n')) {
    const section = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    const setting = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (section !== undefined) elements.push({ factory: section.replace(/\d+$/, ''), settings: {}, caps: '' });
    else if (setting) {
      const last = elements.at(-1);
      if (last) last.settings[setting[1]!] = setting[2]!;
    }
  }
  return elements.filter(({ settings }) => settings.enable !== '0');
}

const unquoted = (text: string): string => {
  const match = /^(["'])(.*)\1$/s.exec(text);
  return match ? match[2]!.replace(/\\(.)/g, '$1') : text.replace(/\\(.)/g, '$1');
};
