import type { HostFile } from './excerpt.ts';

/**
 * A host's `accepts`: by language id where one is known, else by the path. A known language that is not the host's
 * decides only if it says nothing, as plain text does.
 */
export function fileMatcher(languageIds: readonly string[], path: RegExp): (file: HostFile) => boolean {
  return (file) => {
    if (file.languageId !== undefined && languageIds.includes(file.languageId)) return true;
    if (file.languageId !== undefined && file.languageId !== 'plaintext') return false;
    return path.test(`/${file.path}`);
  };
}
