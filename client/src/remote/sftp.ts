/** Files over SFTP, whole or not at all. Which files, and whether they are newer, is for `transfer.ts` to say. */
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import type { SFTPWrapper } from 'ssh2';
import { partName, transferError } from './atomic.ts';
import { RemoteError, type TransferOptions } from './runner.ts';

/** What a path of the device is; undefined where there is nothing. */
export interface RemoteStat {
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly folder: boolean;
}

/** `part`: the name to write under until it is whole. */
export async function sftpUpload(
  sftp: SFTPWrapper,
  from: string,
  to: string,
  part: string,
  options: TransferOptions,
): Promise<void> {
  let made = false;
  try {
    const { size, mtimeMs, mode } = await stat(from);
    await makeFolders(sftp, posix.dirname(to));
    made = true;
    await guarded(sftp, options, (step, done) =>
      sftp.fastPut(from, part, { step: (total) => step(total, size) }, done),
    );
    const times = Math.trunc(mtimeMs / 1000);
    // The same time on both sides is what tells later that nothing has changed; a board's own clock may be wrong.
    await call<void>(sftp, (done) =>
      sftp.setstat(part, { atime: times, mtime: times, mode: mode & 0o777 }, done),
    ).catch(() => {});
    await replace(sftp, part, to);
  } catch (error) {
    // Where the connection has gone nobody would answer; see the guard in `ssh.ts`.
    const lost = error instanceof RemoteError && error.kind === 'lost';
    if (made && !lost) await call<void>(sftp, (done) => sftp.unlink(part, done)).catch(() => {});
    throw await explained(sftp, error, from, to);
  }
}

export async function sftpDownload(
  sftp: SFTPWrapper,
  from: string,
  to: string,
  options: TransferOptions,
): Promise<void> {
  const part = partName(to);
  try {
    await mkdir(dirname(to), { recursive: true });
    const { size } = await call<{ size: number }>(sftp, (done) => sftp.stat(from, done as never));
    // fastGet leaves an empty file alone where there is nothing to read.
    await (await open(part, 'w')).close();
    if (size > 0) {
      await guarded(sftp, options, (step, done) =>
        sftp.fastGet(from, part, { step: (total) => step(total, size) }, done),
      );
    }
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw transferError(error, from, to);
  }
}

/** Runs a transfer that ends when it is done, when the connection goes, and when it is stopped. */
function guarded(
  sftp: SFTPWrapper,
  { progress, abort }: TransferOptions,
  start: (step: (done: number, total: number) => void, done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new RemoteError('cancelled', 'The copy was stopped.'));
    const lose = (): void => reject(new RemoteError('lost', 'The connection was lost while copying.', LATER));
    if (abort?.aborted) return stop();
    abort?.addEventListener('abort', stop, { once: true });
    sftp.once('close', lose);
    start(
      (done, total) => progress?.(done, total),
      (error) => {
        abort?.removeEventListener('abort', stop);
        sftp.removeListener('close', lose);
        if (error) reject(error);
        else resolve();
      },
    );
  });
}

/** Takes the target's place in one step where the server can (OpenSSH's extension), else after removing it. */
async function replace(sftp: SFTPWrapper, part: string, to: string): Promise<void> {
  try {
    await call<void>(sftp, (done) => sftp.ext_openssh_rename(part, to, done));
  } catch (error) {
    if (!/not support|unsupported/i.test((error as Error).message)) throw error;
    await call<void>(sftp, (done) => sftp.unlink(to, done)).catch(() => {});
    await call<void>(sftp, (done) => sftp.rename(part, to, done));
  }
}

async function makeFolders(sftp: SFTPWrapper, folder: string): Promise<void> {
  if (folder === '.' || folder === '/' || folder === '') return;
  const there = await call<unknown>(sftp, (done) => sftp.stat(folder, done as never)).then(
    () => true,
    () => false,
  );
  if (there) return;
  await makeFolders(sftp, posix.dirname(folder));
  // Somebody else may have made it in between; if it is still missing, the copy itself says so.
  await call<void>(sftp, (done) => sftp.mkdir(folder, done)).catch(() => {});
}

/** Size, time and kind of a path; undefined where there is nothing to be seen. */
export async function sftpStat(sftp: SFTPWrapper, path: string): Promise<RemoteStat | undefined> {
  try {
    const found = await call<{ size: number; mtime: number; isDirectory(): boolean }>(sftp, (done) =>
      sftp.stat(path, done as never),
    );
    return { size: found.size, mtime: found.mtime, folder: found.isDirectory() };
  } catch {
    return undefined;
  }
}

/** OpenSSH says "Failure" (4) for a full disk and for much else; a look at the disk tells them apart where it can be had. */
async function explained(sftp: SFTPWrapper, error: unknown, from: string, to: string): Promise<RemoteError> {
  if ((error as { code?: number }).code === 4) {
    const wanted = await stat(from).then(
      ({ size }) => size,
      () => 0,
    );
    const disk = await call<{ f_bavail: number | bigint; f_frsize: number | bigint }>(sftp, (done) =>
      sftp.ext_openssh_statvfs(posix.dirname(to), done as never),
    ).catch(() => undefined);
    if (disk && Number(disk.f_bavail) * Number(disk.f_frsize) < wanted) {
      return transferError({ code: 'ENOSPC', message: 'no space' }, from, to);
    }
  }
  return transferError(error, from, to);
}

/** One request. Rejects where the connection goes before its answer comes. */
function call<T>(
  sftp: SFTPWrapper,
  act: (done: (error: Error | null | undefined, value?: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const lose = (): void => reject(new RemoteError('lost', 'The connection was lost while copying.', LATER));
    sftp.once('close', lose);
    act((error, value) => {
      sftp.removeListener('close', lose);
      if (error) reject(error);
      else resolve(value as T);
    });
  });
}

const LATER = 'Copy again once it is back.';
