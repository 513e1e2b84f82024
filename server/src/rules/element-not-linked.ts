/** An element that stands in a pipeline and is linked to nothing of it. */
import type { Fix, Rule } from '../model/finding.ts';
import { neighbours } from '../model/neighbours.ts';
import type { Element } from '../model/pipeline.ts';
import { refused } from '../model/told.ts';

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
    if (
      pipeline.open ||
      pipeline.elements.filter((element) => element.node?.kind !== 'bin').length < 2 ||
      refused(tree)
    )
      return;
    const { touched, before, after } = neighbours(tree);
    const sources = new Set(pipeline.links.map((link) => link.from.element));
    const sinks = new Set(pipeline.links.map((link) => link.to.element));
    const byNode = new Map(pipeline.elements.map((element) => [element.node, element]));
    for (const element of pipeline.elements) {
      const { node, spec } = element;
      if (node?.kind !== 'element' || !spec || sources.has(element) || sinks.has(element) || touched.has(node))
        continue;
      if (!has(element, 'src') && !has(element, 'sink')) continue;
      // A program can look a named element up and link it itself.
      if (element.named && excerpt.consumer !== 'gst-launch') continue;
      const fixes: Fix[] = [];
      const previous = byNode.get(asElement(before.get(node)));
      if (previous && has(element, 'sink') && has(previous, 'src') && !sources.has(previous)) {
        fixes.push({
          title: 'Insert !',
          edits: [{ span: { start: node.span.start, end: node.span.start }, text: '! ' }],
          safe: false,
        });
      }
      const next = byNode.get(asElement(after.get(node)));
      if (next && has(element, 'src') && has(next, 'sink') && !sinks.has(next)) {
        fixes.push({
          title: 'Insert ! behind it',
          edits: [{ span: { start: node.span.end, end: node.span.end }, text: ' !' }],
          safe: false,
        });
      }
      yield {
        span: element.span,
        message: `${element.name} is linked to nothing, so nothing flows through it. Link it with ! or remove it.`,
        fixes,
      };
    }
  },
};

/** Pads that come only when data does may be linked then. */
const has = (element: Element, direction: 'src' | 'sink'): boolean =>
  element.spec?.pads.some((template) => template.direction === direction && template.presence === 'always') ?? false;

const asElement = (item: object | undefined): Element['node'] => item as Element['node'];
