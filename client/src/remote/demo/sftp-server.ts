/** The files of the demo device over SFTP (version 3), for as much of it as clients use. */
import { posix } from 'node:path';
import type { Attributes, SFTPWrapper } from 'ssh2';
import { type Entry, FileError, type Files } from './files.ts';
import { fromBytes, toBytes } from './pipes.ts';

/** Status codes of the protocol. */
const OK = 0;
const EOF = 1;
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const FAILURE = 4;

const WRITE = 2;
const APPEND = 4;
const TRUNCATE = 16;

interface Handle {
  readonly path: string;
  /** What was written so far; kept apart until the handle is closed, since pieces come in any order. */
  content?: Buffer;
  size: number;
  names?: string[];
}

/** Answers a client's requests until it goes. */
export function serveFiles(sftp: SFTPWrapper, files: Files, home: string): void {
  const handles = new Map<number, Handle>();
  let next = 1;
  const open = (handle: Handle): Buffer => {
    const id = Buffer.alloc(4);
    id.writeUInt32BE(next);
    handles.set(next++, handle);
    return id;
  };
  const of = (id: Buffer): Handle | undefined => (id.length === 4 ? handles.get(id.readUInt32BE(0)) : undefined);
  const path = (name: string): string => posix.resolve(home, toBytes(name));
  const answer = (request: number, act: () => void): void => {
    try {
      act();
    } catch (error) {
      const code =
        error instanceof FileError
          ? { ENOENT: NO_SUCH_FILE, EACCES: PERMISSION_DENIED }[error.code as string]
          : undefined;
      sftp.status(request, code ?? FAILURE, error instanceof Error ? error.message : '');
    }
  };
  const done = (request: number, act: () => void): void =>
    answer(request, () => {
      act();
      sftp.status(request, OK);
    });
  const there = (name: string, follow = true): Entry => {
    const entry = follow ? files.at(path(name)) : files.link(path(name));
    if (!entry) throw new FileError('ENOENT');
    return entry;
  };

  sftp.on('OPEN', (request, name, flags) =>
    answer(request, () => {
      const entry = files.at(path(name));
      if (entry?.is === 'folder') throw new FileError('EISDIR');
      if ((flags & WRITE) === 0) {
        if (!entry) throw new FileError('ENOENT');
        return sftp.handle(request, open({ path: path(name), size: 0 }));
      }
      const keeps = entry && (flags & TRUNCATE) === 0;
      files.write(path(name), '', keeps ? 'append' : 'new');
      const old = keeps ? Buffer.from(files.read(path(name)), 'latin1') : Buffer.alloc(0);
      const content = Buffer.alloc(Math.max(65_536, old.length));
      old.copy(content);
      sftp.handle(request, open({ path: path(name), content, size: (flags & APPEND) !== 0 || keeps ? old.length : 0 }));
    }),
  );
  sftp.on('WRITE', (request, id, offset, data) =>
    done(request, () => {
      const handle = of(id);
      if (!handle?.content) throw new FileError('EACCES');
      const end = offset + data.length;
      if (end > files.free + handle.size) throw new FileError('ENOSPC');
      if (end > handle.content.length) {
        const grown = Buffer.alloc(end * 2);
        handle.content.copy(grown);
        handle.content = grown;
      }
      data.copy(handle.content, offset);
      handle.size = Math.max(handle.size, end);
    }),
  );
  sftp.on('READ', (request, id, offset, length) =>
    answer(request, () => {
      const handle = of(id);
      if (!handle) throw new FileError('EACCES');
      const text = files.read(handle.path).slice(offset, offset + length);
      if (text === '') sftp.status(request, EOF);
      else sftp.data(request, Buffer.from(text, 'latin1'));
    }),
  );
  sftp.on('CLOSE', (request, id) =>
    done(request, () => {
      const handle = of(id);
      if (id.length === 4) handles.delete(id.readUInt32BE(0));
      if (handle?.content) files.write(handle.path, handle.content.subarray(0, handle.size).toString('latin1'));
    }),
  );
  for (const event of ['STAT', 'LSTAT'] as const) {
    sftp.on(event, (request: number, name: string) =>
      answer(request, () => sftp.attrs(request, attributesOf(there(name, event === 'STAT')))),
    );
  }
  sftp.on('FSTAT', (request, id) =>
    answer(request, () => {
      const handle = of(id);
      if (!handle) throw new FileError('EACCES');
      const entry = files.at(handle.path);
      if (!entry) throw new FileError('ENOENT');
      const attributes = attributesOf(entry);
      sftp.attrs(request, handle.content ? { ...attributes, size: handle.size } : attributes);
    }),
  );
  sftp.on('SETSTAT', (request, name, { mtime, mode }) =>
    done(request, () => {
      const entry = there(name);
      if (mtime !== undefined) entry.mtime = Number(mtime);
      if (mode !== undefined) entry.mode = Number(mode) & 0o7777;
    }),
  );
  sftp.on('FSETSTAT', (request) => void sftp.status(request, OK));
  sftp.on('OPENDIR', (request, name) =>
    answer(request, () => {
      if (there(name).is !== 'folder') throw new FileError('ENOTDIR');
      sftp.handle(request, open({ path: path(name), size: 0, names: files.list(path(name)) }));
    }),
  );
  sftp.on('READDIR', (request, id) =>
    answer(request, () => {
      const handle = of(id);
      const names = handle?.names?.splice(0, 200) ?? [];
      if (!handle || names.length === 0) return sftp.status(request, EOF);
      sftp.name(
        request,
        names.flatMap((name) => {
          const entry = files.at(posix.join(handle.path, name));
          return entry ? [{ filename: fromBytes(name), longname: fromBytes(name), attrs: attributesOf(entry) }] : [];
        }),
      );
    }),
  );
  sftp.on('MKDIR', (request, name) => done(request, () => files.makeFolder(path(name))));
  sftp.on('RMDIR', (request, name) => done(request, () => files.remove(path(name))));
  sftp.on('REMOVE', (request, name) => done(request, () => files.remove(path(name))));
  sftp.on('RENAME', (request, from, to) =>
    done(request, () => {
      if (files.link(path(to))) throw new FileError('EEXIST');
      files.rename(path(from), path(to));
    }),
  );
  sftp.on('EXTENDED', (request, name, data) => {
    if (name !== 'posix-rename@openssh.com') return void sftp.status(request, 8);
    const first = data.readUInt32BE(0);
    const from = data.toString('utf8', 4, 4 + first);
    const to = data.toString('utf8', 8 + first);
    done(request, () => files.rename(path(from), path(to)));
  });
  sftp.on('REALPATH', (request, name) => {
    const real = fromBytes(files.real(path(name)));
    sftp.name(request, [{ filename: real, longname: real, attrs: NOTHING }]);
  });
}

const NOTHING: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

function attributesOf(entry: Entry): Attributes {
  const kind = { folder: 0o040000, file: 0o100000, made: 0o100000, fifo: 0o010000, device: 0o020000, link: 0o120000 }[
    entry.is
  ];
  const size = entry.is === 'file' ? entry.text.length : 0;
  return { mode: kind | entry.mode, uid: 1000, gid: 1000, size, atime: entry.mtime, mtime: entry.mtime };
}
