/**
 * DeepStream configurations: the document as a whole is the excerpt, when it is one. Most `.txt` and `.yml` files are not,
 * and which are is not decided here but asked (`HostAround.configuration`), since it takes the tables of formats.
 */
import type { Excerpt, Host } from '../text/excerpt.ts';
import { OffsetMap } from '../text/offset-map.ts';

export const host: Host = {
  id: 'config',
  languageIds: ['deepstream-config'],
  accepts: ({ path, languageId }) =>
    languageId === 'deepstream-config' ||
    ((languageId === undefined || PLAIN.has(languageId)) && /\.(txt|ini|cfg|conf)$/i.test(path)),
  excerpts(text, around) {
    const excerpt = configExcerpt(text, around.configuration?.(text));
    return excerpt ? [excerpt] : [];
  },
};

/** Languages that an editor may take a configuration for. */
const PLAIN: ReadonlySet<string> = new Set(['plaintext', 'ini', 'properties']);

function configExcerpt(text: string, origin: Excerpt['config']): Excerpt | undefined {
  if (!origin) return undefined;
  return {
    language: 'config',
    text,
    map: OffsetMap.identity(0, text.length),
    holes: [],
    host: 'config',
    context: `file:${origin.format ?? 'unknown'}:${origin.syntax}`,
    certainty: 'code',
    consumer: 'gst-launch',
    span: { start: 0, end: text.length },
    options: [],
    fragment: false,
    problems: [],
    config: origin,
    write: (written) => written,
  };
}
