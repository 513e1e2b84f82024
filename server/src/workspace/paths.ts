/** Paths and URIs as the workspace compares them: plain text with `/`, no file system asked. */

/** The path of a `file:` URI; other URIs give their path part, and plain paths stay. Never throws. */
export function pathOf(uri: string): string {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]+:/.exec(uri)?.[0];
  if (!scheme) return uri.replaceAll('\\', '/');
  const rest = uri.slice(scheme.length).replace(/^\/\/[^/]*/, '');
  const path = decode(rest.replace(/[?#].*$/s, ''));
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

/** The `file:` URI of an absolute path. */
export function uriOf(path: string): string {
  const slashed = path.startsWith('/') ? path : `/${path}`;
  return `file://${slashed.split('/').map(encodeURIComponent).join('/').replace(/%3A/g, ':')}`;
}

/** The folder that a path lies in; `.` where it names none. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
}

export const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);

/** `path` as seen from `folder`, with `.` and `..` taken out. */
export function resolvePath(folder: string, path: string): string {
  const whole = isAbsolute(path) ? path : `${folder}/${path}`;
  const kept: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return /^[A-Za-z]:/.test(whole) ? kept.join('/') : `/${kept.join('/')}`;
}

/**
 * The absolute path of one that is written in the file at `home`. A program is as often started in the workspace's folder as
 * in its own: what is not beside the file may lie there.
 */
export function resolveWritten(
  path: string,
  home: string,
  folders: readonly string[],
  files: { exists(path: string): boolean },
): string {
  const beside = resolvePath(folderOf(home), path);
  if (isAbsolute(path) || files.exists(beside)) return beside;
  return folders.map((folder) => resolvePath(folder, path)).find((one) => files.exists(one)) ?? beside;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
