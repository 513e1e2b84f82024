/** Names that no element has. What other targets have and this one has not is told by `not-on-this-device`. */
import type { Finding, Fix, Rule } from '../model/finding.ts';
import { type FormerName, formerName } from '../model/former-names.ts';
import { nearestElement } from '../model/nearest-element.ts';
import type { Element } from '../model/pipeline.ts';
import { atLeast, type Target } from '../model/target.ts';
import { told } from '../model/told.ts';
import { HOLE } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';

export const rule: Rule = {
  id: 'unknown-element',
  title: 'No element has this name',
  why:
    'GStreamer refuses a pipeline with an element it does not know. A name that nothing resembles may belong to a plugin ' +
    'without tables here, so only slips, names of GStreamer 0.10 and elements that later releases removed are reported; ' +
    'where the tables come from the device itself, every unknown name is.',
  severity: 'warning',
  on: 'launch',
  examples: [
    { bad: 'videotestsrc ! videoconvrt ! fakesink', good: 'videotestsrc ! videoconvert ! fakesink' },
    { bad: 'videotestsrc ! ffmpegcolorspace ! fakesink', good: 'videotestsrc ! videoconvert ! fakesink' },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const { pipeline, tree, target } = reading;
    const judged = new Set<string>();
    for (const element of [...pipeline.elements, ...pipeline.dropped]) {
      const word = factoryWord(element);
      if (!word || element.spec || told(tree, word)) continue;
      judged.add(element.factory);
      if (judged.size > MOST_NAMES) return;
      yield* judge(element.factory, word, target);
    }
  },
};

/** A text with more unknown names than this is no pipeline, and every name costs a search. */
const MOST_NAMES = 100;

/** The factory as written; undefined for what a URI or a plain parenthesis made, and for names with holes. */
function factoryWord(element: Element): Span | undefined {
  const { node } = element;
  if (!node || node.kind === 'uri' || !node.factory || element.factory.includes(HOLE)) return undefined;
  return node.factory.span;
}

function* judge(factory: string, span: Span, target: Target): Iterable<Finding> {
  const former = formerName(factory);
  if (former && goneOn(former, target)) {
    yield gone(factory, former, span, target);
    return;
  }
  if (target.catalog.elsewhere(factory).length > 0) return;
  const near = nearestElement(factory, target.catalog);
  if (near && (near.how !== 'similar' || target.complete)) {
    yield {
      span,
      severity: near.sure || target.complete ? 'error' : 'warning',
      message: `No element is called ${factory}, so GStreamer refuses the pipeline. Did you mean ${near.name}?`,
      fixes: [{ title: `Change to ${near.name}`, edits: [{ span, text: near.name }], safe: near.sure }],
    };
  } else if (target.complete) {
    yield {
      span,
      severity: 'error',
      message: `${target.title} has no element called ${factory}, so GStreamer refuses the pipeline. Install the plugin that brings it, or use another element.`,
    };
  }
}

/** A release that is only assumed may be an older one, which still has the name. */
const goneOn = (former: FormerName, target: Target): boolean =>
  former.goneFrom === undefined || (target.l4t !== undefined && atLeast(target.l4t, former.goneFrom.l4t));

function gone(factory: string, former: FormerName, span: Span, target: Target): Finding {
  const there = former.now.filter((name) => target.catalog.element(name));
  const instead = there[0];
  const fixes: Fix[] = there.map((name, place) => ({
    title: `Change to ${name}`,
    edits: [{ span, text: name }],
    safe: place === 0 && former.drop,
  }));
  const use = instead ? ` Use ${instead}${former.drop ? '' : ', whose properties differ'}.` : '';
  return {
    span,
    severity: former.goneFrom === undefined || !target.assumed ? 'error' : 'warning',
    message: `${factory} ${former.ended}; ${target.title} does not have it.${use}`,
    fixes,
    tag: 'deprecated',
  };
}
