/** Programs of the demo device that look at files and change them. */
import { posix } from 'node:path';
import { type Entry, FileError } from './files.ts';
import type { Process, Program } from './machine.ts';
import { Pipe } from './pipes.ts';
import { options } from './tools-text.ts';

/** Bytes that an entry holds. */
const sizeOf = (entry: Entry): number => (entry.is === 'file' ? entry.text.length : entry.is === 'folder' ? 4096 : 0);
const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

/** Does something with each name; the file system's refusals become complaints. */
async function each(
  process: Process,
  names: readonly string[],
  act: (path: string, name: string) => Promise<void> | void,
  what = '',
): Promise<number> {
  let code = 0;
  for (const name of names) {
    try {
      await act(process.path(name), name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await process.complain(`${process.name}: ${what}'${name}': ${error.message}\n`);
      code = 1;
    }
  }
  return code;
}

const ls: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  const long = has('l');
  const show = async (path: string, name: string): Promise<void> => {
    const entry = process.files.link(path);
    if (!entry) throw new FileError('ENOENT');
    if (!long) return process.say(`${name}\n`);
    const kind = { folder: 'd', link: 'l', fifo: 'p', device: 'c', file: '-', made: '-' }[entry.is];
    const owner = /^\/home\//.test(path) ? 'nvidia nvidia' : entry.is === 'device' ? 'root video' : 'root root';
    const target = entry.is === 'link' ? ` -> ${entry.to}` : '';
    await process.say(
      `${kind}${modeText(entry.mode)} 1 ${owner} ${sizeOf(entry)} ${isoTime(entry.mtime)} ${name}${target}\n`,
    );
  };
  const names = rest.length > 0 ? rest : ['.'];
  return each(
    process,
    names,
    async (path, name) => {
      if (process.files.at(path)?.is !== 'folder' || has('d')) return show(path, name);
      if (names.length > 1) await process.say(`${name}:\n`);
      for (const one of process.files.list(path)) {
        if (one.startsWith('.') && !has('a') && !has('A')) continue;
        await show(posix.join(path, one), one);
      }
    },
    'cannot access ',
  );
};

const modeText = (mode: number): string =>
  [6, 3, 0]
    .map((shift) => ['r', 'w', 'x'].map((letter, at) => ((mode >> (shift + 2 - at)) & 1 ? letter : '-')).join(''))
    .join('');

const stat: Program = async (process) => {
  const { has, value, rest } = options(process.arguments, 'c');
  const format = value('c') ?? value('format') ?? value('printf') ?? '%n %s';
  return each(
    process,
    rest,
    async (path, name) => {
      const entry = has('L') ? process.files.at(path) : process.files.link(path);
      if (!entry) throw new FileError('ENOENT');
      const owner = /^\/(?:home|tmp)\//.test(path) ? 'nvidia' : 'root';
      const values: Record<string, string> = {
        s: String(sizeOf(entry)),
        Y: String(entry.mtime),
        n: name,
        a: entry.mode.toString(8),
        U: owner,
        G: entry.is === 'device' ? 'video' : owner,
        u: owner === 'root' ? '0' : '1000',
        g: owner === 'root' ? '0' : '1000',
        F: {
          folder: 'directory',
          file: 'regular file',
          made: 'regular file',
          fifo: 'fifo',
          device: 'character special file',
          link: 'symbolic link',
        }[entry.is],
      };
      await process.say(
        `${format.replace(/%(.)/g, (_, letter: string) => values[letter] ?? (letter === '%' ? '%' : '?'))}\n`,
      );
    },
    'cannot stat ',
  );
};

const df: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  // What this machine lends is less than a board's disk has free.
  const kilobytes = 24_000_000 + Math.floor(process.files.free / 1024);
  const all = 58_024_960;
  const used = all - kilobytes;
  const human = (value: number): string => `${(value / 1024 / 1024).toFixed(0)}G`;
  const show = has('h') ? human : String;
  await process.say(`Filesystem     ${has('h') ? 'Size' : '1024-blocks'}      Used Available Capacity Mounted on\n`);
  for (const _ of rest.length > 0 ? rest : ['/']) {
    await process.say(
      `/dev/nvme0n1p1    ${show(all)} ${show(used)} ${show(kilobytes)}      ${Math.round((used / all) * 100)}% /\n`,
    );
  }
  return 0;
};

const mkdir: Program = async (process) => {
  const { has, rest } = options(process.arguments, 'm');
  const make = (path: string): void => {
    if (has('p')) {
      if (process.files.at(path)?.is === 'folder') return;
      if (!process.files.at(posix.dirname(path))) make(posix.dirname(path));
    }
    process.files.makeFolder(path);
  };
  return each(process, rest, make, 'cannot create directory ');
};

const rm: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  const remove = (path: string): void => {
    const entry = process.files.link(path);
    if (!entry && has('f')) return;
    if (entry?.is === 'folder') {
      if (!has('r') && !has('R')) throw new FileError('EISDIR');
      for (const name of process.files.list(path)) remove(posix.join(path, name));
    }
    process.files.remove(path);
  };
  return each(process, rest, remove, 'cannot remove ');
};

const rmdir: Program = (process) =>
  each(process, options(process.arguments).rest, (path) => process.files.remove(path), 'failed to remove ');

/** Where `mv` and `cp` put it: into a folder under its own name, else at that name. */
function into(process: Process, from: string, to: string): string {
  const path = process.path(to);
  return process.files.at(path)?.is === 'folder' ? posix.join(path, posix.basename(from)) : path;
}

const mv: Program = async (process) => {
  const names = [...options(process.arguments).rest];
  const to = names.pop() ?? '';
  return each(process, names, (path, name) => process.files.rename(path, into(process, name, to)), 'cannot move ');
};

const cp: Program = async (process) => {
  const { rest, has } = options(process.arguments);
  const names = [...rest];
  const to = names.pop() ?? '';
  const copy = (from: string, target: string): void => {
    if (process.files.at(from)?.is !== 'folder') {
      process.files.write(target, process.files.read(from));
      return;
    }
    if (!has('r') && !has('R') && !has('a')) throw new FileError('EISDIR');
    if (!process.files.at(target)) process.files.makeFolder(target);
    for (const name of process.files.list(from)) copy(posix.join(from, name), posix.join(target, name));
  };
  return each(process, names, (path, name) => copy(path, into(process, name, to)), 'cannot copy ');
};

const touch: Program = (process) =>
  each(
    process,
    options(process.arguments, 'dtr').rest,
    (path) => process.files.write(path, '', 'append'),
    'cannot touch ',
  );

const mkfifo: Program = (process) =>
  each(
    process,
    options(process.arguments, 'm').rest,
    (path) => {
      process.files.make(path, { is: 'fifo', pipe: new Pipe(), mode: 0o600, mtime: Math.floor(Date.now() / 1000) });
    },
    'cannot create fifo ',
  );

const ln: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  const [to = '', at = posix.basename(to)] = rest;
  return each(
    process,
    [at],
    (path) => {
      if (has('f') && process.files.link(path)) process.files.remove(path);
      process.files.make(path, { is: 'link', to, mode: 0o777, mtime: Math.floor(Date.now() / 1000) });
    },
    'failed to create link ',
  );
};

const mktemp: Program = async (process) => {
  const { has, rest } = options(process.arguments, 'p');
  const path = process.path(
    (rest[0] ?? '/tmp/tmp.XXXXXXXXXX').replace(/X+$/, (marks) =>
      Math.random().toString(36).slice(2).padEnd(marks.length, 'x').slice(0, marks.length),
    ),
  );
  return each(process, [path], async () => {
    if (has('d')) process.files.makeFolder(path);
    else process.files.write(path, '');
    await process.say(`${path}\n`);
  });
};

const readlink: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  for (const name of rest) {
    const path = process.path(name);
    const entry = process.files.link(path);
    if (has('f') || has('e') || process.name === 'realpath') {
      if (has('e') && !process.files.at(path)) return 1;
      await process.say(`${process.files.real(path)}\n`);
    } else if (entry?.is === 'link') await process.say(`${entry.to}\n`);
    else return 1;
  }
  return 0;
};

const basename: Program = async (process) => {
  const [path = '', suffix = ''] = process.arguments;
  await process.say(`${posix.basename(path, suffix)}\n`);
  return 0;
};

const dirname: Program = async (process) => {
  await process.say(`${posix.dirname(process.arguments[0] ?? '.')}\n`);
  return 0;
};

const du: Program = async (process) => {
  const { has, rest } = options(process.arguments);
  const size = (path: string): number => {
    const entry = process.files.link(path);
    if (!entry) throw new FileError('ENOENT');
    return (
      sizeOf(entry) +
      (entry.is === 'folder'
        ? process.files.list(path).reduce((sum, name) => sum + size(posix.join(path, name)), 0)
        : 0)
    );
  };
  return each(
    process,
    rest.length > 0 ? rest : ['.'],
    async (path, name) => {
      const bytes = size(path);
      await process.say(`${has('b') ? bytes : Math.ceil(bytes / 1024)}\t${name}\n`);
    },
    'cannot access ',
  );
};

const chmod: Program = (process) => {
  const [mode = '', ...names] = options(
    process.arguments.map((word) => word.replace(/^[-+=]/, (sign) => `m${sign}`)),
  ).rest;
  return each(
    process,
    names,
    (path) => {
      const entry = process.files.at(path);
      if (!entry) throw new FileError('ENOENT');
      if (/^[0-7]+$/.test(mode)) entry.mode = Number.parseInt(mode, 8);
      else if (/\+.*x/.test(mode)) entry.mode |= 0o111;
    },
    'cannot access ',
  );
};

/** `-name`, `-type`, `-maxdepth`, `-print0`. */
const find: Program = async (process) => {
  const words = [...process.arguments];
  const starts: string[] = [];
  while (words.length > 0 && !/^[-(!]/.test(words[0]!)) starts.push(words.shift()!);
  const after = (name: string): string | undefined =>
    words.includes(name) ? words[words.indexOf(name) + 1] : undefined;
  const pattern = after('-name') ?? after('-iname');
  const wanted =
    pattern === undefined
      ? undefined
      : new RegExp(
          `^${pattern
            .replace(/[.+^${}()|\\]/g, '\\$&')
            .replace(/\*/g, '.*')
            .replace(/\?/g, '.')}$`,
          words.includes('-iname') ? 'i' : '',
        );
  const type = after('-type');
  const deepest = Number(after('-maxdepth') ?? Number.POSITIVE_INFINITY);
  const end = words.includes('-print0') ? '\0' : '\n';
  const kinds: Record<string, string> = { folder: 'd', link: 'l', fifo: 'p', device: 'c', file: 'f', made: 'f' };
  const walk = async (path: string, name: string, depth: number): Promise<void> => {
    const entry = process.files.link(path);
    if (!entry) throw new FileError('ENOENT');
    if ((!wanted || wanted.test(posix.basename(path))) && (type === undefined || kinds[entry.is] === type))
      await process.say(name + end);
    if (entry.is !== 'folder' || depth >= deepest) return;
    for (const one of process.files.list(path))
      await walk(posix.join(path, one), `${name.replace(/\/$/, '')}/${one}`, depth + 1);
  };
  return each(process, starts.length > 0 ? starts : ['.'], (path, name) => walk(path, name, 0));
};

/** Name → program. */
export const fileTools: Readonly<Record<string, Program>> = {
  ls,
  stat,
  df,
  mkdir,
  rm,
  rmdir,
  mv,
  cp,
  touch,
  mkfifo,
  ln,
  mktemp,
  readlink,
  realpath: readlink,
  basename,
  dirname,
  du,
  chmod,
  find,
};
