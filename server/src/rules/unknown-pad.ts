/** Pads that the element does not have, or has in the other direction. */
import type { PadTemplate } from '../catalog/element.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { Endpoint } from '../model/pipeline.ts';
import { templateOf } from '../model/settings.ts';
import { HOLE } from '../text/excerpt.ts';

export const rule: Rule = {
  id: 'unknown-pad',
  title: 'The element has no such pad',
  why: 'GStreamer refuses the link: no pad of that name is there, none can be requested, and none will appear.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! tee name=t t.out_0 ! queue ! fakesink',
      good: 'videotestsrc ! tee name=t t.src_0 ! queue ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const link of reading.pipeline.links) {
      for (const [end, direction] of [
        [link.from, 'src'],
        [link.to, 'sink'],
      ] as const) {
        const finding = judge(end, direction);
        if (finding) yield finding;
      }
    }
  },
};

function judge(end: Endpoint, direction: 'src' | 'sink'): Finding | undefined {
  const { element, pad, padSpan, template } = end;
  const { spec } = element;
  if (!spec || !padSpan || pad === undefined || template || pad.includes(HOLE)) return undefined;
  const mine = spec.pads.filter((one) => one.direction === direction);
  // A table without pads knows nothing of them.
  if (spec.pads.length === 0) return undefined;
  const other = templateOf(spec, pad);
  if (other) {
    return {
      span: padSpan,
      message: `${pad} is a ${kind(other.direction)} pad of ${element.factory}, but stands where ${direction === 'src' ? 'a link begins' : 'a link ends'}. GStreamer refuses the link.`,
    };
  }
  // An element whose pads appear at run time under names of its own choice may still bring one.
  if (direction === 'src' && mine.some((one) => one.presence === 'sometimes')) return undefined;
  const near = nearest(
    pad,
    mine.filter((one) => !one.name.includes('%')).map((one) => one.name),
  );
  return {
    span: padSpan,
    message:
      `${element.factory} has no ${kind(direction)} pad ${pad}, so GStreamer refuses the link. ` +
      (mine.length === 0 ? `It has no ${kind(direction)} pads at all.` : `It has ${list(mine)}.`),
    fixes: near
      ? [{ title: `Change to ${near.name}`, edits: [{ span: padSpan, text: near.name }], safe: near.how !== 'similar' }]
      : [],
  };
}

const kind = (direction: 'src' | 'sink'): string => (direction === 'src' ? 'source' : 'sink');

const list = (templates: readonly PadTemplate[]): string => templates.map((template) => template.name).join(', ');
