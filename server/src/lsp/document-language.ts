/** Tells an editor which language a document is really in: most DeepStream configurations are called `.txt`. */
import type { DocumentLanguageResult } from '../protocol.ts';
import type { Asked } from './handler.ts';

/** The language of a key file that has one of DeepStream's formats; nothing for all others. */
export function documentLanguage({ analysis: { readings } }: Asked): DocumentLanguageResult {
  const isKeyFile = readings.some(
    (reading) =>
      reading.kind === 'config' && reading.config.format !== undefined && reading.config.tree.syntax === 'ini',
  );
  return isKeyFile ? { languageId: 'deepstream-config' } : {};
}
