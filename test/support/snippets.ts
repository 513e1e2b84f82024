/** Snippets as VS Code reads them: tab stops, place holders and choices, without variables and transformations. */

export interface SnippetText {
  /** What stands there once it is put in: the place holders' own texts, the first of a choice. */
  readonly text: string;
  /** The numbers of its places, in the order in which Tab goes through them. */
  readonly stops: readonly number[];
}

/** A tab stop, a place holder, a choice, or an escaped character. */
const PART = /\\([\\$}])|\$(?:(\d+)|\{(\d+)\}|\{(\d+):((?:\\[\\$}]|[^\\$}])*)\}|\{(\d+)\|((?:\\[\\,|]|[^\\|])+)\|\})/g;

/**
 * Reads a snippet's text. Throws where a `$` begins no tab stop, where a number is left out or has two texts, and where a
 * place is meant to be filled in but says nothing of what.
 */
export function readSnippet(body: string): SnippetText {
  const texts = new Map<number, string>();
  let text = '';
  let from = 0;
  const plain = (part: string): void => {
    if (/\$/.test(part)) throw new Error(`a $ that begins no tab stop: ${part}`);
    text += part;
  };
  for (const match of body.matchAll(PART)) {
    plain(body.slice(from, match.index));
    from = match.index + match[0].length;
    const [, escaped, bare, empty, number, holder, choice, choices] = match;
    if (escaped !== undefined) {
      text += escaped;
      continue;
    }
    const stop = Number(bare ?? empty ?? number ?? choice);
    const said = holder ?? choices?.split(/(?<!\\),/)[0];
    const before = texts.get(stop);
    const own = (said ?? before ?? '').replace(/\\(.)/g, '$1');
    if (said === undefined && before === undefined && stop !== 0) throw new Error(`place ${stop} has no text`);
    if (before !== undefined && before !== own) throw new Error(`place ${stop} is "${before}" and "${own}"`);
    texts.set(stop, own);
    text += own;
  }
  plain(body.slice(from));
  const stops = [...texts.keys()].filter((stop) => stop > 0).sort((a, b) => a - b);
  stops.forEach((stop, index) => {
    if (stop !== index + 1) throw new Error(`place ${index + 1} is left out`);
  });
  return { text, stops };
}
