/** Find, guard, cancel, convert: once for all requests, so that the features need not. */
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type Position,
  type Range,
  ResponseError,
  type TextDocumentIdentifier,
} from 'vscode-languageserver/node';
import type { Reading } from '../model/read.ts';
import type { Looked, Session } from './session.ts';

/** A document that was asked about. */
export interface Asked extends Looked {
  readonly session: Session;
}

/** A place that was asked about. */
export interface AskedAt extends Asked {
  /** The document's offset. */
  readonly offset: number;
  readonly inside: Inside | undefined;
}

/** The reading that a place belongs to, and the place in its excerpt. */
export interface Inside {
  readonly reading: Reading;
  readonly offset: number;
}

type Answer<R> = Promise<R | ResponseError<void>>;

export interface Handlers {
  /** Answers from the document's analysis; `empty` where there is none or the answer failed. */
  document<P extends { textDocument: TextDocumentIdentifier }, R>(
    empty: R,
    answer: (asked: Asked, params: P) => R,
  ): (params: P, token: CancellationToken) => Answer<R>;
  /** Answers from the place's reading. */
  place<P extends { textDocument: TextDocumentIdentifier; position: Position }, R>(
    empty: R,
    answer: (asked: AskedAt, params: P) => R,
  ): (params: P, token: CancellationToken) => Answer<R>;
  /** Answers about what the editor was given before and hands back. */
  item<P extends { item: { uri: string; selectionRange: Range } }, R>(
    empty: R,
    answer: (asked: AskedAt, params: P) => R,
  ): (params: P, token: CancellationToken) => Answer<R>;
}

export function handlers(session: Session): Handlers {
  const { connection } = session;

  async function guarded<R>(uri: string, token: CancellationToken, empty: R, answer: () => R): Answer<R> {
    const version = session.documents.get(uri)?.version;
    // One turn of the loop lets a cancellation or a newer text that has already arrived come first.
    await new Promise(setImmediate);
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    if (session.documents.get(uri)?.version !== version) {
      return new ResponseError(LSPErrorCodes.ContentModified, 'the document has changed');
    }
    try {
      return answer();
    } catch (error) {
      // An answer for the person: why a name cannot be given, for one.
      if (error instanceof ResponseError) return error;
      connection.console.error(describe(error));
      return empty;
    }
  }

  const at = <R>(uri: string, position: Position, empty: R, answer: (asked: AskedAt) => R): R => {
    const looked = session.look(uri);
    if (!looked) return empty;
    const offset = looked.lines.offsetAt(position);
    return answer({ ...looked, session, offset, inside: readingAt(looked, offset) });
  };

  return {
    document: (empty, answer) => (params, token) =>
      guarded(params.textDocument.uri, token, empty, () => {
        const looked = session.look(params.textDocument.uri);
        return looked ? answer({ ...looked, session }, params) : empty;
      }),
    place: (empty, answer) => (params, token) =>
      guarded(params.textDocument.uri, token, empty, () =>
        at(params.textDocument.uri, params.position, empty, (asked) => answer(asked, params)),
      ),
    item: (empty, answer) => (params, token) =>
      guarded(params.item.uri, token, empty, () =>
        at(params.item.uri, params.item.selectionRange.start, empty, (asked) => answer(asked, params)),
      ),
  };
}

/** For messages to the editor that nothing waits for: a refusal or a lost connection is logged, and never ends the server. */
export function tell(connection: Pick<Connection, 'console'>, sent: Promise<unknown>): void {
  sent.catch((error: unknown) => connection.console.error(describe(error)));
}

/** What is logged of a failure. */
export const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** The innermost reading at a document's offset: of two excerpts, one inside the other, the smaller is meant. */
export function readingAt({ analysis }: Pick<Looked, 'analysis'>, offset: number): AskedAt['inside'] {
  let found: AskedAt['inside'];
  for (const reading of analysis.readings) {
    const { span, map } = reading.excerpt;
    if (offset < span.start || offset > span.end) continue;
    const inner = map.toExcerpt(offset);
    if (inner === undefined) continue;
    const size = span.end - span.start;
    const best = found?.reading.excerpt.span;
    if (!best || size < best.end - best.start) found = { reading, offset: inner };
  }
  return found;
}
