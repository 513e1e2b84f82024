/** Programs of the demo device that read text and print text: the options that scripts use, by POSIX and GNU. */

import { awk } from './awk.ts';
import type { Process, Program } from './machine.ts';
import { sed } from './sed.ts';

/** Options and operands of a program: `takes` are the letters that want a value. `--long=value` counts as `long`. */
export function options(
  words: readonly string[],
  takes = '',
): {
  readonly has: (name: string) => boolean;
  readonly value: (name: string) => string | undefined;
  readonly rest: readonly string[];
} {
  const found = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--') {
      rest.push(...words.slice(at + 1));
      break;
    }
    const long = /^--([\w-]+)(?:=(.*))?$/s.exec(word);
    if (long) found.set(long[1]!, long[2] ?? '');
    else if (/^-./.test(word)) {
      for (let letter = 1; letter < word.length; letter++) {
        const name = word[letter]!;
        if (!takes.includes(name)) {
          found.set(name, '');
          continue;
        }
        found.set(name, letter + 1 < word.length ? word.slice(letter + 1) : (words[++at] ?? ''));
        break;
      }
    } else rest.push(word);
  }
  return { has: (name) => found.has(name), value: (name) => found.get(name), rest };
}

/** What the files hold, or the input; complaints are made about those that cannot be read. */
export async function* contents(
  process: Process,
  names: readonly string[],
): AsyncGenerator<{ name: string; text: string }> {
  if (names.length === 0) yield { name: '-', text: await process.all() };
  for (const name of names) {
    if (name === '-') {
      yield { name, text: await process.all() };
      continue;
    }
    try {
      yield { name, text: process.files.read(process.path(name)) };
    } catch (error) {
      await process.complain(`${process.name}: ${name}: ${(error as Error).message}\n`);
      failed.add(process);
    }
  }
}

const failed = new WeakSet<Process>();
/** Whether a file could not be read. */
export const status = (process: Process): number => (failed.has(process) ? 1 : 0);

const linesOf = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const cat: Program = async (process) => {
  const { rest } = options(process.arguments);
  if (rest.length > 0) {
    for await (const { text } of contents(process, rest)) await process.say(text);
    return status(process);
  }
  for (
    let piece = await process.wait(process.input.read());
    piece !== undefined;
    piece = await process.wait(process.input.read())
  ) {
    await process.say(piece);
  }
  return 0;
};

const head: Program = async (process) => {
  const words = process.arguments.map((word) => word.replace(/^-(\d+)$/, '-n$1'));
  const { value, rest } = options(words, 'nc');
  const bytes = value('c');
  if (rest.length > 0) {
    for await (const { text } of contents(process, rest)) {
      await process.say(
        bytes === undefined ? joined(linesOf(text).slice(0, Number(value('n') ?? 10))) : text.slice(0, Number(bytes)),
      );
    }
    return status(process);
  }
  if (bytes !== undefined) {
    for (let left = Number(bytes); left > 0; ) {
      const piece = await process.wait(process.input.read());
      if (piece === undefined) break;
      if (piece.length > left) process.input.unread(piece.slice(left));
      await process.say(piece.slice(0, left));
      left -= piece.length;
    }
    return 0;
  }
  for (let left = Number(value('n') ?? 10); left > 0; left--) {
    const line = await process.line();
    if (!line) break;
    await process.say(`${line.text}${line.whole ? '\n' : ''}`);
  }
  return 0;
};

/** `-f` follows a file until the process of `--pid` has gone. */
const tail: Program = async (process) => {
  const words = process.arguments.map((word) => word.replace(/^-(\d+)$/, '-n$1'));
  const { has, value, rest } = options(words, 'ncs');
  const cut = (text: string): string => {
    const bytes = value('c');
    if (bytes !== undefined) return bytes.startsWith('+') ? text.slice(Number(bytes) - 1) : text.slice(-Number(bytes));
    const count = value('n') ?? '10';
    const lines = text.split(/(?<=\n)/);
    return (
      count.startsWith('+') ? lines.slice(Number(count) - 1) : Number(count) === 0 ? [] : lines.slice(-Number(count))
    ).join('');
  };
  let told = 0;
  for await (const { text } of contents(process, rest)) {
    await process.say(cut(text));
    told = text.length;
  }
  const [name] = rest;
  const pid = Number(value('pid') ?? 0);
  while (has('f') && name !== undefined) {
    const over = pid > 0 && !process.machine.processes.has(pid);
    const text = process.files.read(process.path(name));
    if (text.length > told) await process.say(text.slice(told));
    told = text.length;
    if (over) return 0;
    await process.sleep(Number(value('s') ?? 1) * 1000);
  }
  return status(process);
};

const tr: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  const from = setOf(rest[0] ?? '');
  const to = setOf(rest[1] ?? '');
  const inFrom = (one: string): boolean => from.includes(one) !== (has('c') || has('C'));
  const text = await process.all();
  let changed = '';
  for (const one of text) {
    if (!inFrom(one)) changed += one;
    else if (!has('d'))
      changed +=
        to.length === 0 ? one : (to[has('c') ? to.length - 1 : Math.min(from.indexOf(one), to.length - 1)] ?? one);
  }
  if (has('s')) {
    const squeezed = (rest.length > 1 ? to : from).map((one) => one.replace(/[\\\]^-]/g, '\\$&')).join('');
    changed = changed.replace(new RegExp(`([${squeezed}])\\1+`, 'g'), '$1');
  }
  await process.say(changed);
  return 0;
};

function setOf(text: string): string[] {
  const named: Record<string, string> = {
    upper: 'A-Z',
    lower: 'a-z',
    digit: '0-9',
    alpha: 'A-Za-z',
    alnum: 'A-Za-z0-9',
    space: ' \t\n\r\f\v',
    blank: ' \t',
  };
  const plain = text
    .replace(/\[:(\w+):\]/g, (_, name: string) => named[name] ?? '')
    .replace(/\\([0-7]{1,3}|.)/g, (_, code: string) => {
      const letters: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };
      return /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code);
    });
  const set: string[] = [];
  for (let at = 0; at < plain.length; at++) {
    if (plain[at + 1] === '-' && at + 2 < plain.length) {
      for (let code = plain.charCodeAt(at); code <= plain.charCodeAt(at + 2); code++)
        set.push(String.fromCharCode(code));
      at += 2;
    } else set.push(plain[at]!);
  }
  return set;
}

const grep: Program = async (process) => {
  const { has, value, rest } = options(process.arguments, 'emAB');
  const names = [...rest];
  const given = value('e') ?? names.shift() ?? '';
  const fixed = has('F') || process.name === 'fgrep';
  const extended = has('E') || has('P') || process.name === 'egrep';
  const source = fixed ? given.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : extended ? given : basicPattern(given);
  const around = has('x') ? `^(?:${source})$` : has('w') ? `\\b(?:${source})\\b` : source;
  const pattern = new RegExp(posixClasses(around), has('i') ? 'i' : '');
  const most = Number(value('m') ?? Number.POSITIVE_INFINITY);
  let hits = 0;
  const recursive = has('r') || has('R');
  const files = recursive ? names.flatMap((name) => below(process, name)) : names;
  for await (const { name, text } of contents(process, files)) {
    let here = 0;
    for (const [at, line] of linesOf(text).entries()) {
      if (pattern.test(line) === has('v')) continue;
      hits += 1;
      here += 1;
      if (has('q')) return 0;
      if (!has('c') && !has('l')) {
        const prefix = `${(files.length > 1 || recursive) && !has('h') ? `${name}:` : ''}${has('n') ? `${at + 1}:` : ''}`;
        const shown = has('o')
          ? [...line.matchAll(new RegExp(pattern.source, `g${pattern.flags}`))].map(([match]) => match)
          : [line];
        for (const one of shown) await process.say(`${prefix}${one}\n`);
      }
      if (here >= most) break;
    }
    if (has('c')) await process.say(`${files.length > 1 ? `${name}:` : ''}${here}\n`);
    if (has('l') && here > 0) await process.say(`${name}\n`);
  }
  return hits > 0 ? 0 : status(process) ? 2 : 1;
};

function below(process: Process, name: string): string[] {
  const path = process.path(name);
  if (process.files.at(path)?.is !== 'folder') return [name];
  return process.files.list(path).flatMap((one) => below(process, `${name.replace(/\/$/, '')}/${one}`));
}

/** A basic regular expression (POSIX, with GNU's `\+ \? \|`) as JavaScript has it. */
export function basicPattern(text: string): string {
  let source = '';
  for (let at = 0; at < text.length; at++) {
    const one = text[at]!;
    if (one === '\\') {
      const next = text[++at] ?? '';
      if ('(){}+?|'.includes(next)) source += next;
      else if (
        next === 'n' ||
        next === 't' ||
        next === 'b' ||
        next === 'w' ||
        next === 's' ||
        next === 'S' ||
        next === 'W' ||
        /[1-9]/.test(next)
      )
        source += `\\${next}`;
      else source += next.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    } else if (one === '[') {
      const close = bracketEnd(text, at);
      source += text.slice(at, close + 1);
      at = close;
    } else if ('(){}+?|'.includes(one)) source += `\\${one}`;
    else if (one === '*' && (source === '' || source === '^' || source.endsWith('('))) source += '\\*';
    else source += one;
  }
  return source;
}

/** Where a bracket expression ends; a `]` that comes first belongs to it. */
function bracketEnd(text: string, start: number): number {
  let at = start + 1;
  if (text[at] === '^') at += 1;
  if (text[at] === ']') at += 1;
  while (at < text.length && text[at] !== ']') {
    const named = /^\[[:.=].*?[:.=]\]/.exec(text.slice(at));
    at += named ? named[0].length : 1;
  }
  return at;
}

/** `[[:digit:]]` and a `]` or `\` in brackets, as JavaScript has them. */
export function posixClasses(source: string): string {
  const named: Record<string, string> = {
    digit: '0-9',
    alpha: 'A-Za-z',
    alnum: 'A-Za-z0-9',
    upper: 'A-Z',
    lower: 'a-z',
    space: '\\s',
    blank: ' \\t',
    punct: '!-\\/:-@\\[-`{-~',
    xdigit: '0-9A-Fa-f',
    print: ' -~',
  };
  return source
    .replace(/\[:(\w+):\]/g, (match, name: string) => named[name] ?? match)
    .replace(/\[(\^?)\]([^\]]*)\]/g, '[$1\\]$2]');
}

const cut: Program = async (process) => {
  const { has, value, rest } = options(process.arguments, 'dfcb');
  const delimiter = value('d') ?? '\t';
  const list = (value('f') ?? value('c') ?? value('b') ?? '1').split(',').map((range) => {
    const [from, to] = range.includes('-') ? range.split('-') : [range, range];
    return [from === '' ? 1 : Number(from), to === '' ? Number.POSITIVE_INFINITY : Number(to)] as const;
  });
  const wanted = (at: number): boolean => list.some(([from, to]) => at + 1 >= from && at + 1 <= to!);
  for await (const { text } of contents(process, rest)) {
    const lines = linesOf(text).flatMap((line) => {
      if (value('f') === undefined) return [[...line].filter((_, at) => wanted(at)).join('')];
      if (!line.includes(delimiter)) return has('s') ? [] : [line];
      return [
        line
          .split(delimiter)
          .filter((_, at) => wanted(at))
          .join(delimiter),
      ];
    });
    await process.say(joined(lines));
  }
  return status(process);
};

const wc: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  for await (const { name, text } of contents(process, rest)) {
    const counts: number[] = [];
    const all = !has('l') && !has('w') && !has('c') && !has('m');
    if (all || has('l')) counts.push(text.split('\n').length - 1);
    if (all || has('w')) counts.push(text.split(/\s+/).filter((word) => word !== '').length);
    if (all || has('c') || has('m')) counts.push(text.length);
    const shown = counts.length === 1 ? String(counts[0]) : counts.map((count) => String(count).padStart(7)).join(' ');
    await process.say(`${shown}${name === '-' ? '' : ` ${name}`}\n`);
  }
  return status(process);
};

const sort: Program = async (process) => {
  const { has, value, rest } = options(process.arguments, 'kt');
  let lines: string[] = [];
  for await (const { text } of contents(process, rest)) lines.push(...linesOf(text));
  const column = Number.parseInt(value('k') ?? '0', 10);
  const numeric = has('n') || /n/.test(value('k') ?? '');
  const key = (line: string): string =>
    column > 0 ? (line.trimStart().split(value('t') ?? /\s+/)[column - 1] ?? '') : line;
  const compare = (one: string, other: string): number => {
    if (numeric) return (Number.parseFloat(key(one)) || 0) - (Number.parseFloat(key(other)) || 0);
    return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
  };
  lines.sort(compare);
  if (has('r') || /r/.test(value('k') ?? '')) lines.reverse();
  if (has('u')) lines = lines.filter((line, at) => at === 0 || key(line) !== key(lines[at - 1]!));
  await process.say(joined(lines));
  return status(process);
};

const uniq: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  for await (const { text } of contents(process, rest)) {
    const runs: { line: string; count: number }[] = [];
    for (const line of linesOf(text)) {
      const last = runs.at(-1);
      if (last?.line === line) last.count += 1;
      else runs.push({ line, count: 1 });
    }
    await process.say(
      joined(runs.map(({ line, count }) => (has('c') ? `${String(count).padStart(7)} ${line}` : line))),
    );
  }
  return status(process);
};

const od: Program = async (process) => {
  const { rest } = options(process.arguments, 'AtNj');
  for await (const { text } of contents(process, rest)) {
    for (let at = 0; at < text.length; at += 16) {
      await process.say(
        `${[...text.slice(at, at + 16)].map((one) => ` ${one.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}\n`,
      );
    }
  }
  return 0;
};

const seq: Program = async (process) => {
  const numbers = process.arguments.map(Number);
  const [from, step, to] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : [numbers[0]!, numbers[1]!, numbers[2]!];
  for (let at = from; step > 0 ? at <= to : at >= to; at += step) await process.say(`${at}\n`);
  return 0;
};

const tee: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  const text = await process.all();
  for (const name of rest) process.files.write(process.path(name), text, has('a') ? 'append' : 'new');
  await process.say(text);
  return 0;
};

const xargs: Program = async (process) => {
  const words = [...process.arguments];
  let zero = false;
  let most = Number.POSITIVE_INFINITY;
  let skipEmpty = false;
  while (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    if (option === '-0') zero = true;
    if (option === '-r') skipEmpty = true;
    if (/^-n/.test(option)) most = Number(option.slice(2) || words.shift());
  }
  const text = await process.all();
  const given = zero ? text.split('\0').filter((one) => one !== '') : text.split(/\s+/).filter((one) => one !== '');
  if (given.length === 0 && skipEmpty) return 0;
  const command = words.length > 0 ? words : ['echo'];
  let code = 0;
  do {
    const status = await process.child([...command, ...given.splice(0, most)]);
    if (!('code' in status) || status.code !== 0) code = 123;
  } while (given.length > 0);
  return code;
};

/** Name → program. */
export const textTools: Readonly<Record<string, Program>> = {
  cat,
  head,
  tail,
  tr,
  grep,
  egrep: grep,
  fgrep: grep,
  cut,
  wc,
  sort,
  uniq,
  od,
  seq,
  tee,
  xargs,
  sed,
  awk,
  mawk: awk,
};
