/**
 * `gst-lint lines`: the checks for programs. One request a line in, one answer a line out, in the order of the requests.
 * docs/gst-lint.md describes the shape; programs rely on it, so fields are added and never renamed.
 */
import type { Reading } from '../model/read.ts';
import { analyze, analyzeExcerpts, type World } from '../workspace/analyze.ts';
import { bareExcerpt } from '../workspace/bare.ts';
import type { Analysis, Document } from '../workspace/document.ts';
import { LARGEST_FILE } from '../workspace/files.ts';
import { uriOf } from '../workspace/paths.ts';

/** What a request may look like; everything but `text` may be left out. */
interface Request {
  readonly id: unknown;
  readonly text: string;
  readonly language: string;
  readonly path: string | undefined;
  readonly target: readonly string[];
  readonly want: ReadonlySet<string>;
}

/** What is asked of the world for a request. */
export interface Asked {
  /** The world for these target words; undefined where no target is called so. No words: the default. */
  worldFor(target: readonly string[]): World | undefined;
  /** The path made absolute. */
  absolute(path: string): string;
}

/** The answer to one line, as one line. Never throws: what cannot be answered is answered with `error`. */
export function answer(line: string, asked: Asked): string {
  const request = readRequest(line);
  if ('error' in request) return JSON.stringify(request);
  const { id } = request;
  const world = asked.worldFor(request.target);
  if (!world) return JSON.stringify({ id, error: `no target is called "${request.target.join(' ')}"` });
  if (request.text.length > LARGEST_FILE) return JSON.stringify({ id, error: 'the text is too large' });
  try {
    const analysis = look(request, world, asked);
    return JSON.stringify({
      id,
      ...(request.want.has('excerpts') ? { excerpts: excerpts(analysis) } : {}),
      ...(request.want.has('findings') ? { findings: findings(analysis) } : {}),
      ...(request.want.has('model') ? models(analysis.readings) : {}),
    });
  } catch (error) {
    return JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

/** `gst-launch` without a path is one pipeline as it stands; every other text is searched by the host of its language. */
function look(request: Request, world: World, asked: Asked): Analysis {
  const document: Document = {
    uri: request.path === undefined ? 'untitled:text' : uriOf(asked.absolute(request.path)),
    version: 0,
    text: request.text,
    languageId: request.language,
  };
  const bare = request.language === 'gst-launch' && request.path === undefined;
  return bare ? analyzeExcerpts(document, [bareExcerpt(request.text)], world) : analyze(document, world);
}

function excerpts({ readings }: Analysis) {
  return readings.map(({ excerpt }) => ({
    pipeline: excerpt.text,
    holes: excerpt.holes.map(({ span, source }) => ({ span, source })),
    span: excerpt.span,
    language: excerpt.language,
    host: excerpt.host,
    context: excerpt.context,
    certainty: excerpt.certainty,
  }));
}

function findings({ document, findings }: Analysis) {
  return findings.map(({ rule, severity, message, span, related, fixes }) => ({
    rule,
    severity,
    message,
    span,
    text: document.text.slice(span.start, span.end),
    related,
    fixes,
  }));
}

/** `model` is that of the first pipeline; `models` holds one for each where there are several. */
function models(readings: readonly Reading[]) {
  const all = readings.flatMap((reading) => (reading.kind === 'launch' ? [model(reading)] : []));
  return { model: all[0] ?? { elements: [], links: [] }, ...(all.length > 1 ? { models: all } : {}) };
}

function model({ pipeline }: Extract<Reading, { kind: 'launch' }>) {
  return {
    elements: pipeline.elements.map(({ factory, name }) => ({ factory, name })),
    links: pipeline.links.map(({ from, to }) => [from.element.name, from.pad ?? null, to.element.name, to.pad ?? null]),
  };
}

const WANTS = ['findings', 'model', 'excerpts'] as const;

function readRequest(line: string): Request | { readonly id: unknown; readonly error: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: 'the line is no JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { id: null, error: 'the line is no object' };
  const { id = null, text, language, path, target, want } = value as Record<string, unknown>;
  if (typeof text !== 'string') return { id, error: '"text" is wanted, a string' };
  if (language !== undefined && typeof language !== 'string') return { id, error: '"language" is no string' };
  if (path !== undefined && typeof path !== 'string') return { id, error: '"path" is no string' };
  if (target !== undefined && typeof target !== 'string') return { id, error: '"target" is no string' };
  if (want !== undefined && !(Array.isArray(want) && want.every((one) => WANTS.includes(one)))) {
    return { id, error: `"want" is a list of ${WANTS.join(', ')}` };
  }
  return {
    id,
    text,
    language: language ?? (path === undefined ? 'gst-launch' : ''),
    path,
    target: (target ?? '').split(/\s+/).filter((word) => word !== ''),
    want: new Set((want as string[] | undefined) ?? WANTS),
  };
}
