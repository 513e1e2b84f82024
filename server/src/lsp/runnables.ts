/** Answers what can be run of a document, for the client, which runs it. */
import type { Runnable, RunnablesParams, RunnablesResult } from '../protocol.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';
import { runnableOf } from '../workspace/runnable.ts';
import { toRange } from './convert.ts';
import type { Asked } from './handler.ts';

export function runnables(asked: Asked, { text }: RunnablesParams): RunnablesResult {
  const { session, uri } = asked;
  const path = pathOf(uri);
  const { analysis, lines } = text === undefined ? asked : session.read(selectionUri(path, text), text);
  const { files } = session.store.world;
  const around = {
    path,
    folders: session.folders,
    files,
    readings: (other: string) => {
      const read = files.read(other);
      return read === undefined
        ? []
        : (session.look(uriOf(other)) ?? session.read(uriOf(other), read)).analysis.readings;
    },
  };
  return {
    runnables: analysis.readings
      .filter((reading) => text === undefined || reading.excerpt.certainty !== 'comment')
      .map((reading): Runnable => {
        const { span, elements, ...rest } = runnableOf(reading, around);
        return {
          ...rest,
          range: toRange(lines, span),
          elements: elements.map((element) => ({
            name: element.name,
            factory: element.factory,
            range: toRange(lines, element.span),
          })),
        };
      }),
  };
}

/** A name beside the document by which the selected text is read as what it is. */
const selectionUri = (path: string, text: string): string =>
  `${uriOf(path)}.selection.${/^\s*(?:\S*\/)?gst-launch|\\\s*$|^\s*(?:sudo|env|exec|time)\s/m.test(text) ? 'sh' : 'gst'}`;

/** What is answered where a document cannot be looked at. */
export const noRunnables: RunnablesResult = { runnables: [] };
