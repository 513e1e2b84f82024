/** What every copy of a file has in common: a name to write under until it is whole, and words for what went wrong. */
import { randomBytes } from 'node:crypto';
import { RemoteError } from './runner.ts';

/** Beside the target, so that the rename stays on one file system. */
export const partName = (target: string): string => `${target}.part-${randomBytes(4).toString('hex')}`;

/** The error of a file system, of SFTP or of an aborted copy as a {@link RemoteError}. */
export function transferError(error: unknown, from: string, to: string): RemoteError {
  if (error instanceof RemoteError) return error;
  const { code, message, name } = error as { code?: string | number; message?: string; name?: string };
  const text = message ?? String(error);
  const both = `${from} → ${to}`;
  if (name === 'AbortError') return new RemoteError('cancelled', `The copy was stopped: ${both}`, '', error);
  if (code === 'ENOSPC' || /no space|quota/i.test(text)) {
    return new RemoteError(
      'no-space',
      `There is no space left for ${both}`,
      'Free some space on the target and try again.',
      error,
    );
  }
  if (code === 'ENOENT' || code === 2)
    return new RemoteError('no-such-file', `There is no such file or folder: ${both}`, '', error);
  if (code === 'EACCES' || code === 'EPERM' || code === 3) {
    return new RemoteError('permission', `Not allowed: ${both}`, 'Choose a folder that your user may write to.', error);
  }
  if (/connection lost|no response|not connected|channel/i.test(text)) {
    return new RemoteError(
      'lost',
      `The connection was lost while copying ${both}`,
      'Nothing half-written was put in place; copy again.',
      error,
    );
  }
  return new RemoteError('failed', `Copying ${both} failed: ${text}`, '', error);
}
