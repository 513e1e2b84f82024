import { hosts } from '../hosts/index.ts';
import type { Host, HostAround, HostFile } from '../text/excerpt.ts';

// Which host reads a document.

/** The host for a file: by its language id, else by its name; undefined where there is none. */
export const hostFor = (file: HostFile): Host | undefined => {
  const named = file.languageId === undefined ? undefined : hostForLanguage(file.languageId);
  const accepting = hosts.filter((host) => host.accepts(file));
  // Any settings file may be a configuration; whoever knows the name better goes first.
  const byPath = accepting.find((host) => host.id !== 'config') ?? accepting[0];
  // Plain text and settings files say little: a telling name goes before them.
  return file.languageId === 'plaintext' ? (byPath ?? named) : (named ?? byPath);
};

/** The host for a VS Code language id. */
export const hostForLanguage = (languageId: string): Host | undefined =>
  hosts.find((host) => host.languageIds.includes(languageId));

/** What hosts may ask, with the tables' word on elements. */
export const hostAround = (known: (element: string) => boolean): HostAround => ({ known, host: hostForLanguage });
