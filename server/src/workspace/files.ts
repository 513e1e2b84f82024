/** The file system as the workspace needs it; passed in, so that tests give a Map and the editor gives its own. */
export interface Files {
  /** The text, or undefined where there is no such file, it is too large or it is not text. Paths are absolute. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** Names in a folder, those of folders with a `/` behind; links to folders are left out. Empty where there is none. */
  list(path: string): readonly string[];
}

/** Larger files are not read: nothing that people write by hand is larger. In bytes. */
export const LARGEST_FILE = 4 * 1024 * 1024;
