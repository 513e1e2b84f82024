/** Puts a mended text back where it came from: whole or not at all. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces the file's text by way of a new file beside it and a rename, so that a crash leaves the old text or the new
 * one. Mode and byte order mark are kept; a link keeps pointing at the file that is replaced. Throws where the folder
 * cannot be written.
 */
export function replaceText(path: string, text: string, bom: boolean): void {
  const file = realpathSync(path);
  const beside = join(dirname(file), `.${basename(file)}.gst-lint-${process.pid}`);
  try {
    const handle = openSync(beside, 'wx');
    try {
      const bytes = Buffer.from(bom ? `\uFEFF${text}` : text, 'utf8');
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    chmodSync(beside, statSync(file).mode);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
