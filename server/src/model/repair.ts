/**
 * Which element, put into a link that is broken, mends it. Candidates come from the tables by what kind of element they
 * are, and each is tried: the edited text is read again, and only what leaves no broken link there is offered.
 */
import { intersect } from '../caps/algebra.ts';
import type { Caps } from '../caps/caps.ts';
import type { ElementHead, ElementSpec } from '../catalog/element.ts';
import type { Edit } from '../text/edit.ts';
import { applyEdits } from '../text/edit.ts';
import { templateCaps } from './caps-text.ts';
import type { Link } from './pipeline.ts';
import { type LaunchReading, readText } from './read.ts';

/** Elements that, put in, make the link possible. */
export interface Repair {
  readonly elements: readonly ElementSpec[];
  readonly edits: readonly Edit[];
}

/** Kinds of element that stand between two others to make them fit. */
const BETWEEN = /Converter|Parser|Payloader|Depayloader|Encoder|Decoder|Scaler|Colorspace|Demuxer|Muxer/;
/** Reading the text again is the dear part; a link that so many candidates do not mend is left to the person. */
const MOST_TRIES = 6;
const MOST_CANDIDATES = 160;
const MOST_CONVERTERS = 24;

/** The best repair of a broken link, or undefined where no single element (or converter pair) mends it. */
export function repairOf(reading: LaunchReading, link: Link): Repair | undefined {
  const conflict = link.agreed.conflict;
  if (!conflict || 'at' in conflict || !link.node) return undefined;
  const steps = link.agreed.because;
  const offered =
    steps.findLast((step) => step.at === link.from || (step.at !== 'filter' && step.at.element === link.from.element))
      ?.leaves ?? 'any';
  const taken = steps.at(-1)?.allows ?? 'any';
  const filter: Caps = link.filter ?? 'any';
  const between = conflict.between;
  const places: Place[] = link.filterSpan
    ? [
        {
          at: link.span.start + 1,
          text: (names) => ` ${names.join(' ! ')} !`,
          left: offered,
          right: filter,
          parties: 'offer-filter',
        },
        {
          at: link.filterSpan.end,
          text: (names) => ` ! ${names.join(' ! ')}`,
          left: intersect(offered, filter),
          right: taken,
          parties: 'filter-taker',
        },
      ]
    : [
        {
          at: link.span.end,
          text: (names) => ` ${names.join(' ! ')} !`,
          left: offered,
          right: taken,
          parties: 'offer-taker',
        },
      ];
  places.sort((a, b) => Number(b.parties === between) - Number(a.parties === between));
  let tries = 0;
  const pool = candidates(reading);
  for (const place of places) {
    for (const elements of [...singles(pool, place), ...couples(pool, place)]) {
      if (tries++ >= MOST_TRIES) return undefined;
      const edits = [{ span: { start: place.at, end: place.at }, text: place.text(elements.map((e) => e.name)) }];
      if (mends(reading, edits)) return { elements, edits };
    }
  }
  return undefined;
}

interface Place {
  readonly at: number;
  readonly text: (names: string[]) => string;
  readonly left: Caps;
  readonly right: Caps;
  readonly parties: string;
}

/** Elements of the right kinds, those that people use most first. */
function candidates(reading: LaunchReading): ElementSpec[] {
  const { catalog, platform } = reading.target;
  const heads: ElementHead[] = [];
  for (const head of catalog.heads()) if (head.uses > 0 && BETWEEN.test(head.klass.join('/'))) heads.push(head);
  // Of two that do the same, the one from the stack that the pipeline is built on already.
  const stacks = new Set(reading.pipeline.elements.map((element) => stackOf(element.spec?.origin.layer)));
  const foreign = (head: ElementHead): number =>
    stacks.has(stackOf(head.layer)) ? 0 : head.layer.startsWith('gstreamer') ? 1 : 2;
  heads.sort((a, b) => foreign(a) - foreign(b) || b.uses - a.uses);
  const specs = heads.slice(0, MOST_CANDIDATES).map((head) => catalog.element(head.name));
  return specs.filter(
    (spec) => spec !== undefined && (!spec.only || spec.only === platform) && !spec.deprecated,
  ) as ElementSpec[];
}

/** `deepstream` of `deepstream-7.1`. */
const stackOf = (layer: string | undefined): string => layer?.split('-')[0] ?? '';

function* singles(pool: readonly ElementSpec[], place: Place): Generator<ElementSpec[]> {
  for (const spec of pool) if (takes(spec, place.left) && gives(spec, place.right)) yield [spec];
}

/** Two converters in a row, where memory and format both have to change: out of NVMM, then to the format. */
function* couples(pool: readonly ElementSpec[], place: Place): Generator<ElementSpec[]> {
  const converters = pool
    .filter((spec) => /Converter|Parser|Decoder/.test(spec.klass.join('/')))
    .slice(0, MOST_CONVERTERS);
  for (const first of converters) {
    if (!takes(first, place.left)) continue;
    for (const second of converters) {
      if (second !== first && gives(second, place.right) && meet(first, second)) yield [first, second];
    }
  }
}

const caps = (spec: ElementSpec, direction: 'src' | 'sink'): Caps | undefined => {
  const pad = spec.pads.find((p) => p.direction === direction && p.presence === 'always');
  return pad && templateCaps(pad);
};

const some = (found: Caps): boolean => found === 'any' || found.length > 0;

function takes(spec: ElementSpec, offered: Caps): boolean {
  const sink = caps(spec, 'sink');
  return sink !== undefined && sink !== 'any' && some(intersect(offered, sink));
}

function gives(spec: ElementSpec, taken: Caps): boolean {
  const src = caps(spec, 'src');
  return src !== undefined && src !== 'any' && some(intersect(src, taken));
}

function meet(first: ElementSpec, second: ElementSpec): boolean {
  const [src, sink] = [caps(first, 'src'), caps(second, 'sink')];
  return src !== undefined && sink !== undefined && some(intersect(src, sink));
}

/** Whether the edited text has fewer broken links than before, and no more problems. */
function mends(reading: LaunchReading, edits: readonly Edit[]): boolean {
  const after = readText(applyEdits(reading.excerpt.text, edits), reading);
  return (
    broken(after) < broken(reading) &&
    after.tree.problems.length <= reading.tree.problems.length &&
    after.pipeline.elements.length > reading.pipeline.elements.length
  );
}

const broken = (reading: LaunchReading): number =>
  reading.pipeline.links.filter((l) => l.agreed.verdict === 'broken').length;
