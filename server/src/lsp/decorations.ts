/** What is shown over the text: colours by meaning, hints in the lines, a line above each pipeline, colour squares. */
import {
  type CodeLens,
  type ColorInformation,
  type ColorPresentation,
  type ColorPresentationParams,
  type InlayHint,
  type InlayHintParams,
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
} from 'vscode-languageserver/node';
import { budgetLine } from '../features/code-lens.ts';
import { colors, writeColor } from '../features/colors.ts';
import { inlayHints } from '../features/inlay-hints.ts';
import { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../features/semantic-tokens.ts';
import type { Reading } from '../model/read.ts';
import { type ClientExperiments, GRAPH_COMMAND, RUN_COMMAND } from '../protocol.ts';
import { overlaps, type Span } from '../text/span.ts';
import { fromRange, toRange } from './convert.ts';
import type { Asked } from './handler.ts';
import type { Session } from './session.ts';

export const tokensLegend = { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] };

/** Tokens may not overlap nor reach over a line's end, and come in the order of the document. */
export function documentTokens({ analysis, lines }: Asked, range?: Range): SemanticTokens {
  const { text } = analysis.document;
  const placed: { readonly span: Span; readonly type: number; readonly modifiers: number }[] = [];
  const wanted = range ? fromRange(lines, range) : { start: 0, end: text.length };
  for (const reading of analysis.readings) {
    if (!overlaps(reading.excerpt.span, wanted)) continue;
    const partsIn = partsOf(reading);
    for (const { span, type, modifiers } of semanticTokens(reading)) {
      for (const part of partsIn(span)) {
        if (part.end <= part.start || !overlaps(part, wanted) || /[\r\n]/.test(text.slice(part.start, part.end)))
          continue;
        placed.push({
          span: part,
          type: TOKEN_TYPES.indexOf(type),
          modifiers: modifiers.reduce((bits, one) => bits | (1 << TOKEN_MODIFIERS.indexOf(one)), 0),
        });
      }
    }
  }
  placed.sort((a, b) => a.span.start - b.span.start);
  const builder = new SemanticTokensBuilder();
  let end = 0;
  for (const { span, type, modifiers } of placed) {
    if (span.start < end) continue;
    end = span.end;
    const { line, character } = lines.positionAt(span.start);
    builder.push(line, character, span.end - span.start, type, modifiers);
  }
  return builder.build();
}

/**
 * Gives the stretches of document that are a span's own text: escapes and what lies between pieces are the host's. Spans are
 * asked for in their order, so that a long pipeline of many lines is gone through once.
 */
function partsOf({ excerpt: { map } }: Reading): (span: Span) => Span[] {
  let at = 0;
  return (span) => {
    while (at < map.runs.length && map.runs[at]!.excerpt.end <= span.start) at++;
    const parts: Span[] = [];
    for (let i = at; i < map.runs.length; i++) {
      const { excerpt, document, exact } = map.runs[i]!;
      if (excerpt.start >= span.end) break;
      if (!exact) continue;
      const start = Math.max(excerpt.start, span.start);
      const end = Math.min(excerpt.end, span.end);
      parts.push({ start: document.start + (start - excerpt.start), end: document.start + (end - excerpt.start) });
    }
    return parts;
  };
}

export function hints({ analysis, lines, session }: Asked, { range }: InlayHintParams): InlayHint[] {
  const shown = fromRange(lines, range);
  return analysis.readings.flatMap((reading) => {
    const { excerpt } = reading;
    if (!overlaps(excerpt.span, { start: shown.start, end: shown.end + 1 })) return [];
    return inlayHints(reading, session.settings.hints).flatMap(({ offset, label, kind, tooltip }): InlayHint[] => {
      const at = excerpt.map.toDocument({ start: offset, end: offset }).start;
      if (at < shown.start || at > shown.end) return [];
      return [
        {
          position: lines.positionAt(at),
          label,
          paddingLeft: kind !== 'values',
          ...(tooltip !== undefined && { tooltip }),
        },
      ];
    });
  });
}

/**
 * What can be done with a pipeline, and what it costs. The commands are the client's: only what it says that it knows is
 * offered. They take the document's address and the place of the pipeline.
 */
export function codeLenses({ analysis, lines, uri, session }: Asked): CodeLens[] {
  if (!session.settings.codeLens) return [];
  const known = commandsOf(session);
  return analysis.readings.flatMap((reading): CodeLens[] => {
    const { excerpt } = reading;
    if (excerpt.certainty === 'comment' || !worthALens(reading)) return [];
    const position = lines.positionAt(beginOf(reading));
    const range = { start: position, end: position };
    const lens = (title: string, command: string): CodeLens[] =>
      known.has(command) ? [{ range, command: { title, command, arguments: [uri, position] } }] : [];
    const run = excerpt.fragment ? [] : lens('$(play) Run on Jetson', RUN_COMMAND);
    const graph = reading.kind === 'launch' ? lens('$(type-hierarchy) Show graph', GRAPH_COMMAND) : [];
    const budget = budgetLine(reading);
    return [
      ...run,
      ...graph,
      // Without a command, editors show the words alone.
      ...(budget === '' ? [] : [{ range, command: { title: budget, command: '' } }]),
    ];
  });
}

/** Where the text begins that is run: in a file of its own, comments stand before it. */
function beginOf(reading: Reading): number {
  const { span, map } = reading.excerpt;
  const first = reading.kind === 'launch' && reading.excerpt.host === 'launch' ? reading.tree.tokens[0] : undefined;
  return first ? map.toDocument(first.span).start : span.start;
}

/** A pipeline of linked elements, or a configuration that a program is started with. */
const worthALens = (reading: Reading): boolean =>
  reading.kind === 'launch' ? reading.pipeline.links.length > 0 : reading.config.format?.id === 'deepstream-app';

function commandsOf({ capabilities }: Session): ReadonlySet<string> {
  const { commands } = (capabilities.experimental ?? {}) as ClientExperiments;
  return new Set(Array.isArray(commands?.commands) ? commands.commands : []);
}

export function documentColors({ analysis, lines }: Asked): ColorInformation[] {
  return analysis.readings.flatMap((reading) =>
    colors(reading).map(({ span, rgba: [red, green, blue, alpha] }) => ({
      range: toRange(lines, reading.excerpt.map.toDocument(span)),
      color: { red, green, blue, alpha },
    })),
  );
}

export function colorPresentations({ color, range }: ColorPresentationParams): ColorPresentation[] {
  const label = writeColor([color.red, color.green, color.blue, color.alpha]);
  return [{ label, textEdit: { range, newText: label } }];
}
