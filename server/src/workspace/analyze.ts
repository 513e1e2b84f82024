/**
 * Document + world → Analysis: excerpts, their readings, the rules' findings, placed in the document. Pure but for the
 * files it is given to ask. An earlier analysis makes it cheap: what was read and found of an excerpt is kept as long
 * as its text and the target stay, so that a keystroke costs the excerpt it touched.
 */
import type { Around, Rule } from '../model/finding.ts';
import { type Reading, read } from '../model/read.ts';
import { referencesOf } from '../model/references.ts';
import type { Target } from '../model/target.ts';
import { rules } from '../rules/index.ts';
import type { Excerpt, HostProblem } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { check, type Found, type SeveritySetting, shownSeverity } from './check.ts';
import type { Analysis, Document, Placed } from './document.ts';
import type { Files } from './files.ts';
import { type Lifted, lift } from './lift.ts';
import { type Mark, marks } from './marks.ts';
import { unmoved } from './move-excerpt.ts';
import { pathOf } from './paths.ts';
import { place, placeHostProblem } from './place.ts';
import { type Project, surroundings } from './project.ts';
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
  const analysis = analyzeExcerpts(document, lifted.excerpts, world, previous);
  liftings.set(analysis, lifted);
  return analysis;
}

const liftings = new WeakMap<Analysis, Lifted>();

/** The analysis of excerpts that were lifted already. */
export function analyzeExcerpts(
  document: Document,
  excerpts: readonly Excerpt[],
  world: World,
  previous?: Analysis,
): Analysis {
  const said = marks(document.text);
  const targetAt = targets(said, world);
  const path = pathOf(document.uri);
  const around = surroundings(path, world.files, (other, text, format) => readingsOf(other, text, world, format));
  const before = previous && memory.get(previous);
  const kept: Memory = new Map();
  const readings: Reading[] = [];
  const placed: Placed[] = unknownTargets(said, world);
  const suppressed = suppressions(document.text, said);
  for (const excerpt of excerpts) {
    const target = targetAt(excerpt.span.start);
    const key = keyOf(excerpt, target);
    const known = kept.get(key) ?? before?.get(key);
    const reading = known ? { ...known.reading, excerpt } : read(excerpt, target);
    const { found, lasting } = known?.found ? { found: known.found, lasting: true } : findings(reading, around, world);
    kept.set(key, { reading, found: lasting ? found : undefined });
    readings.push(reading);
    const add = (one: Placed, severity = one.severity): void => {
      if (suppressed(one.rule, one.span, excerpt.span)) return;
      placed.push({ ...one, severity });
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
  world.project?.note(path, readings.flatMap(referencesOf));
  const analysis: Analysis = {
    document,
    readings,
    findings: inOrder(placed).slice(0, MOST_FINDINGS),
    asked: around.asked,
  };
  memory.set(analysis, kept);
  return analysis;
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
  return lift({ path }, text, world, expected).excerpts.map((excerpt) => read(excerpt, targetAt(excerpt.span.start)));
}

const readBefore = new WeakMap<
  Files,
  Map<string, { readonly text: string; readonly key: string; readonly readings: readonly Reading[] }>
>();

/** More readings of files that are not open are not kept. */
const MOST_KEPT = 1_000;

/** What is kept of an analysis for the next one: by excerpt text and all else that reading and rules look at. */
type Memory = Map<string, { readonly reading: Reading; readonly found: readonly Found[] | undefined }>;

const memory = new WeakMap<Analysis, Memory>();

/** `lasting` is false where a rule asked about other files: that answer belongs to this moment and is not kept. */
function findings(reading: Reading, around: Around, world: World): { found: Found[]; lasting: boolean } {
  let asked = false;
  const listening: Around = {
    path: around.path,
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
  return { found, lasting: !asked };
}

const rulesOn: Readonly<Record<Reading['kind'], readonly Rule[]>> = {
  launch: rules.filter((rule) => rule.on === 'launch'),
  config: rules.filter((rule) => rule.on === 'config'),
};

/** Everything of an excerpt that its meaning depends on; where it stands is not part of it. */
function keyOf(excerpt: Excerpt, target: Target): string {
  const base = unmoved(excerpt);
  const known = keys.get(base);
  if (known?.target === target) return known.key;
  const { language, host, context, certainty, consumer, fragment, config, text } = base;
  const holes = base.holes.map((hole) => `${hole.span.start}-${hole.span.end}:${hole.source}`);
  const key = [
    `${target.id}#${target.revision}`,
    [language, host, context, certainty, consumer, fragment, config?.format, config?.syntax].join(' '),
    holes.join(' '),
    base.options.map((option) => option.text).join(' '),
    base.problems.map((problem) => problem.rule).join(' '),
    text,
  ].join('\n');
  keys.set(base, { target, key });
  return key;
}

const keys = new WeakMap<Excerpt, { readonly target: Target; readonly key: string }>();

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
