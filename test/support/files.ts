import type { Files } from '../../server/src/workspace/files.ts';

/** A file system made of a record of absolute paths and texts. */
export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    read: (path) => texts[path],
    exists: (path) => path in texts || paths.some((one) => one.startsWith(`${path}/`)),
    list: (path) => [
      ...new Set(
        paths
          .filter((one) => one.startsWith(`${path}/`))
          .map((one) => one.slice(path.length + 1).replace(/\/.*/s, '/')),
      ),
    ],
  };
}
