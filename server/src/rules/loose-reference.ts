/** `name.` where nothing is called so. */
import type { Rule } from '../model/finding.ts';
import { type Nearest, nearest } from '../model/nearest.ts';
import { told } from '../model/told.ts';

export const rule: Rule = {
  id: 'loose-reference',
  title: 'No element has the name that is linked to',
  why: 'GStreamer leaves the link out and reports an error; what should flow there never does.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! tee name=split split. ! queue ! fakesink spilt. ! queue ! fakesink',
      good: 'videotestsrc ! tee name=split split. ! queue ! fakesink split. ! queue ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.pipeline.open) return;
    const { pipeline, tree } = reading;
    // A value without its closing quote ends at a blank, and what was a file's name looks like a reference.
    if (tree.problems.some((problem) => problem.rule === 'syntax-quote')) return;
    for (const reference of pipeline.loose.slice(0, MOST_REFERENCES)) {
      const word = reference.element;
      if (!word || told(tree, reference.span)) continue;
      const near = nearest(word.text, pipeline.byName.keys()) ?? caseless(word.text, pipeline.byName.keys());
      const span = { start: word.span.start, end: word.span.start + word.text.length };
      yield {
        span: word.span.end - word.span.start === word.text.length ? word.span : span,
        message:
          `No element is called ${word.text}, so GStreamer cannot make this link. ` +
          (near ? `Did you mean ${near.name}?` : `Give the element that is meant name=${word.text}.`),
        fixes: near
          ? [
              {
                title: `Change to ${near.name}`,
                edits: [{ span: word.span, text: near.name }],
                safe: near.how !== 'similar',
              },
            ]
          : [],
      };
    }
  },
};

/** Every one costs a search through all names; a text with more than these is no pipeline. */
const MOST_REFERENCES = 100;

/** Short names have no typos worth guessing, but case is one. */
function caseless(written: string, names: Iterable<string>): Nearest | undefined {
  for (const name of names) if (name.toLowerCase() === written.toLowerCase()) return { name, how: 'same', sure: true };
  return undefined;
}
