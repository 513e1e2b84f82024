/**
 * Document + world → Analysis: excerpts, their readings, the rules' findings, placed in the document. Pure but for the
 * files it is given to ask. An earlier analysis makes it cheap: what was read and found of an excerpt is kept as long
 * as its text and the target stay, so that a keystroke costs the excerpt it touched.
 */
import type { Around, Rule } from '../model/finding.ts';
import { type Reading, read } from '../model/read.ts';
import { type Reference, referencesOf } from '../model/references.ts';
import type { Target } from '../model/target.ts';
import { rules } from '../rules/index.ts';
import type { Excerpt, HostProblem } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { check, type Found, type SeveritySetting, shownSeverity } from './check.ts';
import type { Analysis, Document, Placed } from './document.ts';
import type { Files } from './files.ts';
import { type Kept, Known } from './kept.ts';
import { type Lifted, lift } from './lift.ts';
import { type Mark, marks } from './marks.ts';
import { pathOf } from './paths.ts';
import { place, placeHostProblem } from './place.ts';
import { type Project, surroundings } from './project.ts';
import { excerptAt, type Standing, standing } from './standing.ts';
import { suppressions } from './suppressions.ts';

/** What an analysis depends on beside the document. */
export interface World {
  readonly files: Files;
  /** In force where the document names none. */
  readonly target: Target;
  /** The target of a `gst-lint: target …` comment; undefined where there is none of that name. */
  targetNamed(words: readonly string[]): Target | undefined;
  /** Rule id → what a person set for it. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
  /** Which file names which, as far as they have been read; undefined where each file is looked at alone. */
  readonly project?: Project;
  /** Told of rules that failed. */
  log(message: string): void;
}

/** More findings of one document help nobody; the first ones in reading order are kept. */
const MOST_FINDINGS = 10_000;

/** The document's analysis. `previous` is one of an earlier version of it, or of the same version in another world. */
export function analyze(document: Document, world: World, previous?: Analysis): Analysis {
  const file = { path: pathOf(document.uri), ...(document.languageId && { languageId: document.languageId }) };
  const lifted = lift(file, document.text, world, undefined, previous && liftings.get(previous));
  const analysis = assemble(document, lifted.standings, world, previous);
  liftings.set(analysis, lifted);
  return analysis;
}

const liftings = new WeakMap<Analysis, Lifted>();

/** The analysis of excerpts that were lifted already. */
export const analyzeExcerpts = (document: Document, excerpts: readonly Excerpt[], world: World): Analysis =>
  assemble(document, excerpts.map(standing), world, undefined);

function assemble(
  document: Document,
  standings: readonly Standing[],
  world: World,
  previous: Analysis | undefined,
): Analysis {
  const said = marks(document.text);
  const targetAt = targets(said, world);
  const path = pathOf(document.uri);
  const around = surroundings(path, world.files, (other, text, format) => readingsOf(other, text, world, format));
  const known = new Known((previous && liftings.get(previous)?.standings) ?? []);
  const kept: Kept[] = [];
  const placed: Placed[] = unknownTargets(said, world);
  const suppressed = suppressions(document.text, said);
  const references: Reference[] = [];
  for (const stands of standings) {
    const { base } = stands;
    const target = targetAt(base.span.start + stands.own);
    const one = known.of(base, target);
    kept.push(one);
    const named = referencesOf(one.reading);
    if (named.length > 0) references.push(...named);
    const found = one.found ?? findings(one, around, world);
    if (found.length === 0 && base.problems.length === 0) continue;
    const excerpt = excerptAt(stands);
    const add = (one: Placed): void => {
      if (!suppressed(one.rule, one.span, excerpt.span)) placed.push(one);
    };
    for (const problem of excerpt.problems) {
      const severity = shownSeverity(problem.severity, excerpt.certainty, world.severities[problem.rule]);
      if (severity) add(placeHostProblem(problem, severity));
    }
    // What the host's language takes away, it takes at its own mistake or behind the text's end: what the parser finds
    // there tells the same slip again.
    const mistakes = excerpt.problems.filter((problem) => problem.severity === 'error');
    const end = mistakes.length > 0 ? excerpt.text.trimEnd().length : Number.POSITIVE_INFINITY;
    for (const { rule, severity, finding } of found) {
      if (finding.span.end >= end || beside(excerpt.map.toDocument(finding.span), mistakes)) continue;
      const shown = shownSeverity(severity, excerpt.certainty, world.severities[rule]);
      if (shown) add(place(rule, shown, finding, excerpt, { uri: document.uri, resolve: around.resolve }));
    }
  }
  world.project?.note(path, references);
  let readings: readonly Reading[] | undefined;
  const analysis: Analysis = {
    document,
    get readings() {
      readings ??= standings.map((stands, i) => readingAt(stands, kept[i]!.reading));
      return readings;
    },
    findings: inOrder(placed).slice(0, MOST_FINDINGS),
    asked: around.asked,
  };
  return analysis;
}

/** The reading of an excerpt where that stands now. */
function readingAt(stands: Standing, reading: Reading): Reading {
  const excerpt = excerptAt(stands);
  return reading.excerpt === excerpt ? reading : { ...reading, excerpt };
}

/** At most the backslash between them that made the mistake. */
const beside = (span: Span, mistakes: readonly HostProblem[]): boolean =>
  mistakes.some((mistake) => span.start <= mistake.span.end + 1 && mistake.span.start <= span.end + 1);

/**
 * The readings of a file that is not open, for files that are named by others; `format` is what they expect of it. Rules
 * are not run. What was read is kept as long as the text, the target and the expectation stay.
 */
export function readingsOf(path: string, text: string, world: World, format?: string): readonly Reading[] {
  const expected = format ?? world.project?.expectedFormat(path);
  const key = `${world.target.id}#${world.target.revision} ${expected}`;
  let kept = readBefore.get(world.files);
  if (!kept) readBefore.set(world.files, (kept = new Map()));
  const before = kept.get(path);
  if (before?.text === text && before.key === key) return before.readings;
  const readings = readAnew(path, text, world, expected);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(path, { text, key, readings });
  return readings;
}

function readAnew(path: string, text: string, world: World, expected: string | undefined): Reading[] {
  const targetAt = targets(marks(text), world);
  return lift({ path }, text, world, expected).standings.map(({ base }) => read(base, targetAt(base.span.start)));
}

const readBefore = new WeakMap<
  Files,
  Map<string, { readonly text: string; readonly key: string; readonly readings: readonly Reading[] }>
>();

/** More readings of files that are not open are not kept. */
const MOST_KEPT = 1_000;

/** What the rules find. Where one asked about other files, the answer belongs to this moment and is not kept. */
function findings(kept: Kept, around: Around, world: World): readonly Found[] {
  const { reading } = kept;
  let asked = false;
  const listening: Around = {
    get path() {
      asked = true;
      return around.path;
    },
    exists(path) {
      asked = true;
      return around.exists(path);
    },
    readings(path, format) {
      asked = true;
      return around.readings(path, format);
    },
    text(path) {
      asked = true;
      return around.text(path);
    },
    beside(path) {
      asked = true;
      return around.beside(path);
    },
  };
  const found = check(reading, rulesOn[reading.kind], listening, (rule, error) =>
    world.log(`rule ${rule} failed: ${describe(error)}`),
  );
  if (!asked) kept.found = found;
  return found;
}

const rulesOn: Readonly<Record<Reading['kind'], readonly Rule[]>> = {
  launch: rules.filter((rule) => rule.on !== 'config'),
  config: rules.filter((rule) => rule.on !== 'launch'),
};

/** A target comment holds from where it stands to the next one; the first holds for what is above it as well. */
function targets(said: readonly Mark[], world: World): (offset: number) => Target {
  const named = said.flatMap((mark) => {
    const target = mark.kind === 'target' ? world.targetNamed(mark.words) : undefined;
    return target ? [{ from: mark.line.start, target }] : [];
  });
  return (offset) => (named.findLast(({ from }) => from <= offset) ?? named[0])?.target ?? world.target;
}

function unknownTargets(said: readonly Mark[], world: World): Placed[] {
  const rule = 'unknown-target';
  const severity = shownSeverity('warning', 'code', world.severities[rule]);
  if (!severity) return [];
  return said.flatMap((mark) => {
    if (mark.kind !== 'target' || world.targetNamed(mark.words)) return [];
    const message =
      mark.words.length === 0
        ? 'This comment names no target. Write one after it, such as `orin-nano-8gb`; `gst-lint targets` lists them.'
        : `No target is called "${mark.words.join(' ')}", so the comment has no effect. \`gst-lint targets\` lists them.`;
    return [{ rule, severity, span: mark.span, message, related: [], fixes: [] }];
  });
}

/** By place, then the graver first; what two excerpts say of the same place is said once. */
function inOrder(placed: readonly Placed[]): Placed[] {
  const seen = new Set<string>();
  return placed
    .filter((one) => {
      const key = `${one.rule} ${one.span.start} ${one.span.end} ${one.message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort(
      (a, b) =>
        a.span.start - b.span.start ||
        a.span.end - b.span.end ||
        GRAVITY[a.severity] - GRAVITY[b.severity] ||
        (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
}

const GRAVITY = { error: 0, warning: 1, hint: 2 } as const;

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
