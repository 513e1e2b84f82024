/** An element that stands in a pipeline and is linked to nothing of it. */
import type { Fix, Rule } from '../model/finding.ts';
import { neighbours } from '../model/neighbours.ts';
import type { Element } from '../model/pipeline.ts';
import type { ElementNode } from '../syntax/launch/tree.ts';

export const rule: Rule = {
  id: 'element-not-linked',
  title: 'The element is linked to nothing',
  why:
    'Nothing reaches it and nothing leaves it: a source stops the pipeline with "not-linked", a sink keeps it from ever ' +
    'starting to play. Mostly a ! is missing.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! videoconvert autovideosink',
      good: 'videotestsrc ! videoconvert ! autovideosink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const { pipeline, tree, excerpt } = reading;
    // Where the parser has found a slip of any kind, a link may be lost to it.
    if (pipeline.open || tree.problems.length > 0) return;
    if (pipeline.elements.filter((element) => element.node?.kind !== 'bin').length < 2) return;
    const { touched, before, after } = neighbours(tree);
    const sources = new Set(pipeline.links.map((link) => link.from.element));
    const sinks = new Set(pipeline.links.map((link) => link.to.element));
    const byNode = new Map(pipeline.elements.map((element) => [element.node, element]));
    const lonely = (element: Element | undefined): element is Element =>
      element?.node?.kind === 'element' &&
      !sources.has(element) &&
      !sinks.has(element) &&
      !touched.has(element.node) &&
      (has(element, 'src') || has(element, 'sink')) &&
      // A program can look a named element up and link it itself.
      !(element.named && excerpt.consumer !== 'gst-launch');
    for (const element of pipeline.elements.filter(lonely)) {
      const node = element.node as ElementNode;
      const previous = byNode.get(asElement(before.get(node)));
      const next = byNode.get(asElement(after.get(node)));
      const startsLink = next !== undefined && has(element, 'src') && has(next, 'sink') && !sinks.has(next);
      // The same ! is missing for both; the one behind tells of it.
      if (startsLink && lonely(next)) continue;
      const endsLink = previous !== undefined && has(element, 'sink') && has(previous, 'src') && !sources.has(previous);
      const fixes: Fix[] = [];
      if (endsLink) fixes.push(insert('! ', node.span.start, 'before'));
      if (startsLink) fixes.push(insert(' !', node.span.end, 'behind'));
      yield {
        span: element.span,
        message:
          `${element.name} is linked to nothing, so nothing flows through it. ` +
          (endsLink ? `Is a ! missing between it and ${previous.name}?` : 'Link it with ! or remove it.'),
        fixes,
      };
    }
  },
};

const insert = (text: string, at: number, where: string): Fix => ({
  title: `Insert ! ${where} it`,
  edits: [{ span: { start: at, end: at }, text }],
  safe: false,
});

/** Pads that come only when data does may be linked then. */
const has = (element: Element, direction: 'src' | 'sink'): boolean =>
  element.spec?.pads.some((template) => template.direction === direction && template.presence === 'always') ?? false;

const asElement = (item: object | undefined): Element['node'] => item as Element['node'];
