import type { Excerpt } from '../../server/src/text/excerpt.ts';
import { HOLE } from '../../server/src/text/excerpt.ts';
import { hostAround, hostForLanguage } from '../../server/src/workspace/host-for.ts';

/** The elements that the examples of hosts know. */
const elements = new Set(
  'videotestsrc videoconvert videoscale fakesink fakesrc queue tee autovideosink appsink appsrc x264enc h264parse rtph264pay filesrc filesink decodebin nvarguscamerasrc nvvidconv nvv4l2h264enc udpsink v4l2src identity audiotestsrc audioconvert'.split(
    ' ',
  ),
);

export const around = hostAround((name) => elements.has(name));

/** What the host of a language finds in a text. */
export function lift(language: string, text: string): Excerpt[] {
  const host = hostForLanguage(language);
  if (!host) throw new Error(`no host for ${language}`);
  return host.excerpts(text, around);
}

/** The lifted texts, runs of holes shown as one `<>`. */
export const texts = (language: string, text: string): string[] =>
  lift(language, text).map((excerpt) => excerpt.text.replace(new RegExp(`${HOLE}+`, 'g'), '<>'));

/** What the document says where a problem lies, by rule. */
export const problems = (language: string, text: string): [string, string][] =>
  lift(language, text).flatMap((excerpt) =>
    excerpt.problems.map((problem): [string, string] => [
      problem.rule,
      text.slice(problem.span.start, problem.span.end),
    ]),
  );

export { applyEdits } from '../../server/src/text/edit.ts';
