/** The formats that ship with the program, read from the repository. */
import { readFileSync } from 'node:fs';
import { bundledCatalog } from '../../server/src/catalog/bundled.ts';
import type { ConfigFormat } from '../../server/src/catalog/config-format.ts';

export const bundledFormats = (): readonly ConfigFormat[] => [...bundledCatalog([], load).formats()];

function load(path: string): string | undefined {
  try {
    return readFileSync(new URL(`../../schemas/${path}`, import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}
