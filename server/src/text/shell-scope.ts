import type { Lifted } from './lifted.ts';
import { liftWord, noScope, type Scope, shellArguments, wordText } from './shell-words.ts';
import { type Word, WordReader } from './words.ts';

// The constants of a shell script: variables that are assigned exactly once, outside of any condition and loop.

interface Assigned {
  readonly at: number;
  readonly fields: readonly Lifted[];
  readonly array: boolean;
  /** Characters in all. */
  readonly size: number;
}

/** How many characters of constants are put into one script. */
const mostPutIn = 1_000_000;

const assignment = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?(\+?)=/;
const declares = new Set(['export', 'local', 'declare', 'readonly', 'typeset']);
const setsNames = new Set(['read', 'for', 'select', 'unset', 'getopts', 'mapfile', 'readarray']);
const opens = new Set(['if', 'case', 'for', 'while', 'until', 'select']);
const closes = new Set(['fi', 'esac', 'done']);

/** A word that assigns: the name, and whether it adds. Undefined for all others. */
export function assignedName(word: Word): { name: string; adds: boolean; length: number } | undefined {
  const first = word.pieces[0];
  if (first?.quote !== 'none' || first.expansion) return undefined;
  const hit = assignment.exec(first.text);
  return hit ? { name: hit[1]!, adds: hit[2] !== '', length: hit[0].length } : undefined;
}

/** The part of an assigning word behind its `=`. */
export function assignedValue(word: Word, length: number): Pick<Word, 'pieces'> {
  const first = word.pieces[0]!;
  const rest = first.text.slice(length);
  const head =
    rest === '' ? [] : [{ ...first, text: rest, span: { start: first.span.start + length, end: first.span.end } }];
  return { pieces: [...head, ...word.pieces.slice(1)] };
}

/** Reads the words of an array up to its `)`; the reader stands behind the `(`. */
export function arrayWords(reader: WordReader): Word[] {
  const words: Word[] = [];
  for (let token = reader.next(); token; token = reader.next()) {
    if (token.kind === 'word' && token.pieces.length > 0) words.push(token);
    if (token.kind === 'operator' && token.text === ')') break;
    if (words.length > 5000) break;
  }
  return words;
}

/** The constants of a script. */
export function shellScope(text: string): Scope {
  if (!text.includes('=') || !text.includes('$')) return noScope;
  const found = new Map<string, Assigned | 'several'>();
  let spent = 0;
  const scope: Scope = {
    value(name, at) {
      const plain = name.replace(/\[[@*]\]$/, '');
      const value = found.get(plain);
      if (!value || value === 'several' || value.at >= at || value.array !== (plain !== name)) return undefined;
      // Variables made of variables can grow without end; what is too much stays a hole.
      spent += value.size;
      return spent > mostPutIn ? undefined : value;
    },
  };
  const set = (name: string, value: Assigned | 'several'): void => {
    found.set(name, found.has(name) ? 'several' : value);
  };
  const reader = new WordReader(text, 0, text.length);
  // What the words of the command so far are: only what may stand before an assignment, or only keywords.
  let leads = true;
  let keywords = true;
  let command = '';
  let depth = 0;
  let conditional = false;
  for (let token = reader.next(); token; token = reader.next()) {
    if (token.kind === 'newline' || token.kind === 'operator') {
      leads = true;
      keywords = true;
      command = '';
      conditional = token.kind === 'operator' && (token.text === '&&' || token.text === '||' || token.text === '|');
      continue;
    }
    if (token.kind !== 'word' || token.pieces.length === 0) continue;
    const assigned = leads ? assignedName(token) : undefined;
    if (assigned) {
      const value = assignedValue(token, assigned.length);
      const open = value.pieces.length === 0 && text[reader.at] === '(' ? reader.at : undefined;
      const once = depth === 0 && !conditional && !assigned.adds;
      if (open !== undefined) {
        reader.at = open + 1;
        const elements = arrayWords(reader);
        const fields = shellArguments(elements, text, scope).map((argument) => argument.lifted);
        set(
          assigned.name,
          once
            ? {
                at: token.span.start,
                fields,
                array: true,
                size: fields.reduce((sum, field) => sum + field.text.length, 0),
              }
            : 'several',
        );
      } else {
        const lifted = liftWord(value, text, scope);
        // What is partly open is left as a whole: its hole says where it comes from.
        const constant = once && lifted.holes.length === 0;
        set(
          assigned.name,
          constant ? { at: token.span.start, fields: [lifted], array: false, size: lifted.text.length } : 'several',
        );
      }
      continue;
    }
    const plain = wordText(token);
    if (keywords) {
      if (opens.has(plain)) depth++;
      else if (closes.has(plain)) depth = Math.max(0, depth - 1);
    }
    if (command === '' && !keyword.has(plain)) command = plain;
    if (setsNames.has(command) && /^[A-Za-z_]\w*$/.test(plain)) found.set(plain, 'several');
    keywords &&= keyword.has(plain);
    leads &&= keyword.has(plain) || declares.has(plain) || plain.startsWith('-');
  }
  return scope;
}

const keyword = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '{', '!', 'time']);
