import type { Excerpt } from '../text/excerpt.ts';
import { launchExcerpt, liftSpan } from '../text/lifted.ts';

/** A whole text as the one pipeline that gst_parse_launch would be given: no comments, no continuations, no host. */
export const bareExcerpt = (text: string): Excerpt =>
  launchExcerpt(liftSpan(text, 0, text.length), {
    host: 'launch',
    context: 'pipeline',
    certainty: 'code',
    consumer: 'parse-launch',
    span: { start: 0, end: text.length },
  });
