/** `test` and `[`: what is asked of files, texts and numbers. */
import { posix } from 'node:path';
import type { Entry } from './files.ts';
import type { Shell } from './shell.ts';

/** 0 where it holds, 1 where not, 2 where it is no expression. */
export function test(shell: Pick<Shell, 'folder' | 'process'>, words: readonly string[]): number {
  let at = 0;
  const path = (name: string): string => posix.resolve(shell.folder, name);
  const entry = (name: string): Entry | undefined => (name === '' ? undefined : shell.process.files.at(path(name)));
  const or = (): boolean => {
    let holds = and();
    while (words[at] === '-o') {
      at += 1;
      holds = and() || holds;
    }
    return holds;
  };
  const and = (): boolean => {
    let holds = not();
    while (words[at] === '-a') {
      at += 1;
      holds = not() && holds;
    }
    return holds;
  };
  const not = (): boolean => {
    if (words[at] === '!' && at + 1 < words.length && !(words.length - at === 3 && BINARY[words[at + 1]!])) {
      at += 1;
      return !not();
    }
    if (words[at] === '(' && words.length - at > 2) {
      at += 1;
      const inner = or();
      at += 1;
      return inner;
    }
    return primary();
  };
  const primary = (): boolean => {
    const [first, second, third] = [words[at], words[at + 1], words[at + 2]];
    if (first === undefined) return false;
    const binary = second === undefined ? undefined : BINARY[second];
    if (binary && third !== undefined) {
      at += 3;
      return binary(first, third, entry);
    }
    const unary = /^-[a-zA-Z]$/.test(first) && second !== undefined;
    if (!unary) {
      at += 1;
      return first !== '';
    }
    at += 2;
    if (first === '-n') return second !== '';
    if (first === '-z') return second === '';
    if (first === '-t') return false;
    const link = shell.process.files.link(path(second));
    return about(first, first === '-h' || first === '-L' ? link : entry(second));
  };
  if (words.length === 0) return 1;
  const holds = or();
  return at < words.length ? 2 : holds ? 0 : 1;
}

function about(what: string, entry: Entry | undefined): boolean {
  if (!entry) return false;
  switch (what) {
    case '-f':
      return entry.is === 'file' || entry.is === 'made';
    case '-d':
      return entry.is === 'folder';
    case '-p':
      return entry.is === 'fifo';
    case '-c':
      return entry.is === 'device';
    case '-h':
    case '-L':
      return entry.is === 'link';
    case '-b':
    case '-S':
      return false;
    case '-s':
      return entry.is === 'file' ? entry.text !== '' : entry.is === 'folder';
    case '-x':
      return (entry.mode & 0o111) !== 0;
    case '-r':
      return (entry.mode & 0o444) !== 0;
    case '-w':
      return (entry.mode & 0o222) !== 0;
    default:
      return true;
  }
}

type Ask = (left: string, right: string, entry: (name: string) => Entry | undefined) => boolean;

const BINARY: Readonly<Record<string, Ask>> = {
  '=': (left, right) => left === right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '-eq': (left, right) => Number(left) === Number(right),
  '-ne': (left, right) => Number(left) !== Number(right),
  '-lt': (left, right) => Number(left) < Number(right),
  '-le': (left, right) => Number(left) <= Number(right),
  '-gt': (left, right) => Number(left) > Number(right),
  '-ge': (left, right) => Number(left) >= Number(right),
  '-nt': (left, right, entry) => (entry(left)?.mtime ?? -1) > (entry(right)?.mtime ?? -1),
  '-ot': (left, right, entry) => (entry(left)?.mtime ?? -1) < (entry(right)?.mtime ?? -1),
};
