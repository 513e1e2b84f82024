/** How much of a pipeline stands in its text, and what a program may do with it after it was parsed. */
import type { Excerpt } from '../text/excerpt.ts';
import type { Element } from './pipeline.ts';
import type { LaunchReading } from './read.ts';

/** Whether the text is the whole pipeline, as it will be: no part of it is missing, unreadable or known only at run time. */
export const isWhole = ({ excerpt, pipeline, tree }: LaunchReading): boolean =>
  !excerpt.fragment &&
  !pipeline.open &&
  pipeline.loose.length === 0 &&
  pipeline.dropped.length === 0 &&
  tree.problems.every((problem) => problem.hint) &&
  excerpt.problems.every((problem) => problem.severity === 'hint');

/** Whether a program may look the element up by its name, set its properties and link more to it. */
export const isInReach = ({ consumer, context }: Excerpt, element: Element): boolean =>
  element.named && consumer !== 'gst-launch' && /^(?:call|string|value|assignment|attribute)/.test(context);
