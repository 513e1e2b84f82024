/** The known messages of `schemas/causes`, read once, and which of them a line is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Cause {
  readonly id: string;
  /** `noise` is printed by runs that are well. */
  readonly severity: 'error' | 'warning' | 'info' | 'noise';
  /** It follows from another error and is never the first. */
  readonly follows: boolean;
  /** Gives way to a cause that another line of the same message tells. */
  readonly general: boolean;
  /** Formats did not meet, and the message names only who noticed. */
  readonly unmet: boolean;
  /** Rules whose finding in the text explains the message. */
  readonly rules: readonly string[];
  /** With places for the words of the message: `{element}`. */
  readonly meaning: string;
  readonly cause: string;
  readonly fix: string;
  readonly source: string;
}

/** A line that is known. */
export interface Recognised {
  readonly cause: Cause;
  /** What the named parts of the message are: `element`, `file`. */
  readonly words: Readonly<Record<string, string>>;
}

export interface CauseTable {
  readonly causes: readonly Cause[];
  /** Which message a line without colours is; the first in the order of the files. */
  recognise(line: string): Recognised | undefined;
}

interface Entry {
  readonly cause: Cause;
  readonly pattern: RegExp;
}

interface CauseFile {
  readonly causes: readonly (Omit<Cause, 'follows' | 'general' | 'unmet' | 'rules'> & {
    readonly pattern: string;
    readonly follows?: true;
    readonly general?: true;
    readonly unmet?: true;
    readonly rules?: readonly string[];
  })[];
}

/** Longer lines are looked at up to here. */
const LOOKED_AT = 4_000;

/** All causes of a folder, `schemas/causes`. Throws where a file is broken, which only an incomplete installation is. */
export function loadCauses(folder: string): CauseTable {
  const entries: Entry[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    const { causes } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CauseFile;
    for (const { pattern, follows = false, general = false, unmet = false, rules = [], id, ...texts } of causes) {
      const { severity, meaning, cause, fix, source } = texts;
      entries.push({
        cause: { id, severity, follows, general, unmet, rules, meaning, cause, fix, source },
        pattern: new RegExp(pattern),
      });
    }
  }
  // What is particular stands before what is general: two causes of one line differ by that only.
  entries.sort((a, b) => Number(a.cause.severity !== 'noise') - Number(b.cause.severity !== 'noise'));
  const index = new LiteralIndex(entries);
  return {
    causes: entries.map(({ cause }) => cause),
    recognise(line) {
      const text = line.length > LOOKED_AT ? line.slice(0, LOOKED_AT) : line;
      for (const { cause, pattern } of index.candidates(text)) {
        const match = pattern.exec(text);
        if (match) return { cause, words: wordsOf(match.groups) };
      }
      return undefined;
    },
  };
}

function wordsOf(groups: RegExpExecArray['groups']): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups ?? {})) if (value !== undefined) words[name] = value;
  return words;
}

/** Letters of which the index takes its keys. */
const KEY = 5;

/** Which patterns may match a line, by letters that must stand in it: most lines are told by none and cost little. */
class LiteralIndex {
  readonly #byKey = new Map<string, Entry[]>();
  readonly #always: Entry[] = [];
  readonly #order = new Map<Entry, number>();

  constructor(entries: readonly Entry[]) {
    const uses = new Map<string, number>();
    const choices = entries.map((entry) => literalsOf(entry.pattern.source).map(keysOf));
    for (const keys of choices.flat(2)) uses.set(keys, (uses.get(keys) ?? 0) + 1);
    entries.forEach((entry, i) => {
      this.#order.set(entry, i);
      const alternatives = choices[i]!;
      if (alternatives.length === 0 || alternatives.some((keys) => keys.length === 0)) {
        this.#always.push(entry);
        return;
      }
      for (const keys of alternatives) {
        // The key that the fewest patterns share, and of these the last, since messages begin alike.
        const best = keys.reduce((one, other) => ((uses.get(other) ?? 0) <= (uses.get(one) ?? 0) ? other : one));
        const list = this.#byKey.get(best);
        if (list) list.push(entry);
        else this.#byKey.set(best, [entry]);
      }
    });
  }

  candidates(text: string): readonly Entry[] {
    let found: Set<Entry> | undefined;
    for (let i = 0; i + KEY <= text.length; i++) {
      const entries = this.#byKey.get(text.slice(i, i + KEY));
      if (!entries) continue;
      found ??= new Set(this.#always);
      for (const entry of entries) found.add(entry);
    }
    if (!found) return this.#always;
    return [...found].sort((a, b) => this.#order.get(a)! - this.#order.get(b)!);
  }
}

const keysOf = (literal: string): string[] =>
  Array.from({ length: Math.max(0, literal.length - KEY + 1) }, (_, i) => literal.slice(i, i + KEY));

/** For each alternative of a pattern the longest run of plain letters that any match has; empty where there is none. */
function literalsOf(source: string): string[] {
  return alternativesOf(source).map((alternative) => {
    let longest = '';
    let run = '';
    const end = (): void => {
      if (run.length > longest.length) longest = run;
      run = '';
    };
    for (let i = 0; i < alternative.length; i++) {
      const c = alternative[i]!;
      if (c === '\\') {
        const next = alternative[++i] ?? '';
        if (/[a-zA-Z0-9]/.test(next)) {
          end();
          // The name of a back reference is no letter of the message.
          if (next === 'k') i = alternative.indexOf('>', i);
        } else run += next;
      } else if (c === '[') {
        end();
        while (i < alternative.length && alternative[i] !== ']') i += alternative[i] === '\\' ? 2 : 1;
      } else if (c === '(') {
        // What stands in a group may be one of several or be left out.
        end();
        let depth = 1;
        while (depth > 0 && ++i < alternative.length) {
          if (alternative[i] === '\\') i++;
          else if (alternative[i] === '[') {
            while (i < alternative.length && alternative[i] !== ']') i += alternative[i] === '\\' ? 2 : 1;
          } else if (alternative[i] === '(') depth++;
          else if (alternative[i] === ')') depth--;
        }
      } else if (c === '?' || c === '*' || c === '{') {
        run = run.slice(0, -1);
        end();
        if (c === '{') i = alternative.indexOf('}', i);
      } else if (/[.+^$|]/.test(c)) end();
      else run += c;
    }
    end();
    return longest;
  });
}

/** A pattern cut at the bars that stand in no group. */
function alternativesOf(source: string): string[] {
  const alternatives: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (c === '\\') i++;
    else if (c === '[') while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === '|' && depth === 0) {
      alternatives.push(source.slice(start, i));
      start = i + 1;
    }
  }
  return [...alternatives, source.slice(start)];
}
