/** Completion: what the feature offers, placed in the document and written as its host wants it. Details are told late. */
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
} from 'vscode-languageserver/node';
import { type About, complete, type Suggestion } from '../features/completion.ts';
import { aboutText } from '../features/hover.ts';
import type { Target } from '../model/target.ts';
import type { Excerpt } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { cursorPlace, optionAt } from '../workspace/cursor-place.ts';
import { toRange } from './convert.ts';
import type { Asked } from './handler.ts';
import { nearbyOf } from './nearby.ts';
import type { Session } from './session.ts';

/** Characters behind which the editor asks by itself. */
export const completionTriggers = ['!', ' ', '.', '=', ',', '(', ':', '/', '[', '-', '+'];

/** What an item carries for {@link resolveCompletion}. */
interface Carried {
  readonly about: About;
  /** Words that name the target. */
  readonly target: string;
}

const NOTHING: CompletionList = { isIncomplete: false, items: [] };

export function completion(asked: Asked, params: CompletionParams): CompletionList {
  const { analysis, session, lines } = asked;
  const offset = lines.offsetAt(params.position);
  const option = optionAt(analysis, offset);
  if (option) return options(asked, option.start, offset);
  const place = cursorPlace(analysis, offset, session.store.world);
  if (!place) return NOTHING;
  const answer = complete(place.reading, place, nearbyOf(asked));
  if (answer.suggestions.length === 0) return NOTHING;
  const { excerpt, target } = { excerpt: place.reading.excerpt, target: place.reading.target };
  const at = { excerpt, place: place.offset, document: offset };
  const { completionItem, completionList } = session.capabilities.textDocument?.completion ?? {};
  const snippets = completionItem?.snippetSupport === true;
  const range = toRange(lines, documentSpan(answer.span, at));
  // Said once for a list of hundreds, where the client knows how.
  const once = completionList?.itemDefaults?.includes('editRange') === true;
  return {
    isIncomplete: answer.partial,
    ...(once && { itemDefaults: { editRange: range } }),
    items: answer.suggestions.map((one, index) => {
      const written = writtenAt(one, one.span ?? answer.span, at, snippets);
      const item: CompletionItem = {
        label: one.label,
        kind: KINDS[one.kind],
        sortText: String(index).padStart(4, '0'),
      };
      const { detail, why } = one;
      if (detail || why) item.detail = detail && why ? `${why} · ${detail}` : why || detail;
      if (detail) item.labelDetails = { description: detail };
      if (one.deprecated) item.tags = [CompletionItemTag.Deprecated];
      // The editor compares the label with what stands in the document from the edit's start.
      if (!once || one.span) {
        item.textEdit = { range: one.span ? toRange(lines, documentSpan(one.span, at)) : range, newText: written.text };
      } else if (written.text !== one.label) item.textEditText = written.text;
      if (written.snippet) item.insertTextFormat = InsertTextFormat.Snippet;
      if (one.goesOn) item.command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };
      if (one.about) item.data = carried(one.about, target);
      return item;
    }),
  };
}

/** The item with its documentation, which is made only for the one that is looked at. */
export function resolveCompletion(session: Session, item: CompletionItem): CompletionItem {
  const data = item.data as Partial<Carried> | undefined;
  if (!data?.about || typeof data.target !== 'string') return item;
  const { world } = session.store;
  const target = world.targetNamed(data.target.split(' ').filter((word) => word !== '')) ?? world.target;
  const value = aboutText(data.about, target);
  return value === '' ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

const carried = (about: About, target: Target): Carried => ({ about, target: target.assumed ? '' : target.id });

interface At {
  readonly excerpt: Excerpt;
  readonly place: number;
  readonly document: number;
}

/** Where the words go in the document. What is replaced touches the cursor, so its ends are measured from there. */
function documentSpan(span: Span, { excerpt, place, document }: At): Span {
  if (span.start === span.end || place < span.start || place > span.end) return { start: document, end: document };
  const front = excerpt.map.toDocument({ start: span.start, end: place });
  const back = excerpt.map.toDocument({ start: place, end: span.end });
  const start = span.start === place ? document : Math.min(front.start, document);
  const end = span.end === place ? document : Math.max(back.end, document);
  return { start, end };
}

function writtenAt(
  { insert, label }: Suggestion,
  span: Span,
  { excerpt, place }: At,
  snippets: boolean,
): { text: string; snippet: boolean } {
  const from = Math.min(span.start, place);
  const write = (text: string): string => (text === '' ? '' : excerpt.write(text, from, Math.max(span.end, from)));
  const { before, selected, after = '' } = insert ?? { before: label };
  if (selected === undefined) return { text: write(before + after), snippet: false };
  if (!snippets) return { text: write(before + after), snippet: false };
  return { text: `${escaped(write(before))}\${1:${escaped(write(selected))}}${escaped(write(after))}`, snippet: true };
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

const KINDS: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  element: CompletionItemKind.Class,
  property: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  media: CompletionItemKind.Struct,
  feature: CompletionItemKind.Keyword,
  field: CompletionItemKind.Field,
  reference: CompletionItemKind.Reference,
  pad: CompletionItemKind.Interface,
  group: CompletionItemKind.Module,
  key: CompletionItemKind.Property,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  option: CompletionItemKind.Keyword,
};

function options({ lines }: Asked, start: number, end: number): CompletionList {
  const range = toRange(lines, { start, end });
  return {
    isIncomplete: false,
    items: OPTIONS.map(([label, detail], index) => ({
      label,
      detail,
      kind: KINDS.option,
      sortText: String(index).padStart(2, '0'),
      filterText: label,
      textEdit: { range, newText: label },
    })),
  };
}

/** gst-launch-1.0's own options, from its `--help` of 1.22. */
const OPTIONS: readonly (readonly [string, string])[] = [
  ['-v', 'show what the elements agree on, and what properties change'],
  ['-e', 'end the stream on Ctrl+C, so that files are closed properly'],
  ['-q', 'print no progress'],
  ['-m', 'print messages of the pipeline'],
  ['-t', 'print tags found in the stream'],
  ['-c', 'print the table of contents'],
  ['-f', 'do not catch faults of segmentation'],
  ['-T', 'print what was allocated and not freed'],
  ['--verbose', 'show what the elements agree on, and what properties change'],
  ['--eos-on-shutdown', 'end the stream on Ctrl+C, so that files are closed properly'],
  ['--quiet', 'print no progress'],
  ['--messages', 'print messages of the pipeline'],
  ['--tags', 'print tags found in the stream'],
  ['--toc', 'print the table of contents'],
  ['--exclude=', 'leave these properties out of what -v shows'],
  ['--no-fault', 'do not catch faults of segmentation'],
  ['--no-position', 'do not print the position'],
  ['--trace', 'print what was allocated and not freed'],
  ['--gst-debug=', 'levels of the log: 3, or category:level,…'],
  ['--gst-debug-level=', 'level of the whole log, 0 to 9'],
  ['--gst-debug-no-color', 'a log without colours'],
  ['--gst-plugin-path=', 'folders with more plugins'],
  ['--gst-version', 'print the version of GStreamer'],
  ['--version', 'print the version'],
  ['--help', 'show the options'],
];
