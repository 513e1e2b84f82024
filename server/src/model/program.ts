/** What a program may do with a pipeline after it was parsed. */
import type { Excerpt } from '../text/excerpt.ts';
import type { Element } from './pipeline.ts';

/** Whether a program may look the element up by its name, set its properties and link more to it. */
export const isInReach = ({ consumer, context }: Excerpt, element: Element): boolean =>
  element.named && consumer !== 'gst-launch' && /^(?:call|string|value|assignment|attribute)/.test(context);
