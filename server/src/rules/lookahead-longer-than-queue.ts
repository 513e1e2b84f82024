/** Finds encoders that keep more frames than the queue of a branch beside them can hold, so that nothing ever plays. */
import type { Finding, Fix, Rule } from '../model/finding.ts';
import { type Flow, flowsOf, numberOf, settingOf } from '../model/flow.ts';
import { graphOf } from '../model/graph.ts';
import type { Element, Link } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';
import { wordsOf } from '../model/setting-words.ts';
import { type Branch, branchFrom, isAwaited, keptFrames } from '../model/threads.ts';

export const rule: Rule = {
  id: 'lookahead-longer-than-queue',
  title: 'The encoder keeps more frames than the queue beside it holds',
  why:
    'Before the pipeline plays, each sink waits with its first buffer. An encoder that looks ahead (x264enc: 40 frames) gives none ' +
    'until it has that many; meanwhile the queue of the other branch runs full (by default at 200 buffers, 10 MB or one second) and ' +
    'holds up the tee. So the encoder never gets the rest, and the pipeline hangs in PREROLLING with no message.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! video/x-raw,format=I420,width=1280,height=720,framerate=30/1 ! tee name=t t. ! queue ! x264enc ! fakesink t. ! queue ! autovideosink',
      good: 'videotestsrc ! video/x-raw,format=I420,width=1280,height=720,framerate=30/1 ! tee name=t t. ! queue ! x264enc tune=zerolatency ! fakesink t. ! queue ! autovideosink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.fragment) return;
    for (const element of reading.pipeline.elements) {
      if (!element.spec?.roles?.splits) continue;
      const finding = judge(reading, element);
      if (finding) yield finding;
    }
  },
};

function judge({ pipeline }: LaunchReading, split: Element): Finding | undefined {
  const links = graphOf(pipeline).outOf(split);
  if (links.length < 2) return undefined;
  const branches = links.flatMap((link) => branchFrom(pipeline, link) ?? []);
  for (const branch of branches) {
    const encoder = branch.elements.find((element) => keptFrames(element) > 0);
    if (!encoder || !isAwaited(branch.sink)) continue;
    const kept = keptFrames(encoder);
    for (const beside of branches) {
      if (beside === branch || !beside.counted || beside.inline) continue;
      const room = roomOf(beside, flowsOf(pipeline));
      if (room === undefined || room + SLACK >= kept) continue;
      return {
        span: encoder.span,
        message:
          `${encoder.factory} keeps ${kept} frames before it gives one, and the branch to ${beside.sink.name} holds ${room} at most while it waits: ` +
          `the tee is held up and the pipeline never plays. ${advice(encoder)}`,
        related: [{ span: beside.first.span, message: 'This branch runs full' }],
        fixes: fixOf(encoder),
      };
    }
  }
  return undefined;
}

/** Frames that the elements and the call in which one waits hold beside the queue. */
const SLACK = 4;

/** How many frames go into the branch before it holds up the tee; undefined where that is not known. */
function roomOf(branch: Branch, flows: ReadonlyMap<Link, Flow>): number | undefined {
  let room = 0;
  // Behind an element that may drop or join frames, they are no longer the tee's.
  const flow = flows.get(branch.first);
  for (const element of branch.elements) {
    const limits = element.spec?.roles?.queue;
    if (!limits) {
      if (!element.spec?.ancestry.includes('GstBaseTransform') || element.spec.roles?.copiesUnless) return undefined;
      continue;
    }
    const leaky = limits.leaky && wordsOf(element, limits.leaky.property);
    if (limits.leaky && (!leaky || leaky[0] !== limits.leaky.never)) return undefined;
    const frames = [
      numberOf(settingOf(element, limits.buffers)),
      divided(numberOf(settingOf(element, limits.bytes)), flow && bytesOf(flow)),
      divided(numberOf(settingOf(element, limits.time)), flow?.rate && 1e9 / flow.rate),
    ].filter((one) => one !== undefined);
    if (frames.length === 0) return undefined;
    room += Math.min(...frames);
  }
  return room;
}

const divided = (limit: number | undefined, each: number | undefined): number | undefined =>
  limit === undefined || !each ? undefined : Math.ceil(limit / each);

/** Bytes of a frame in system memory. */
function bytesOf({ media, memory, format, width, height }: Flow): number | undefined {
  if (media !== 'video/x-raw' || memory !== 'system' || !width || !height || !format) return undefined;
  const bytes = BYTES[format];
  return bytes && width * height * bytes;
}

/** Bytes of a pixel, for the formats that people name most; others are not counted. */
const BYTES: Readonly<Record<string, number>> = {
  I420: 1.5,
  YV12: 1.5,
  NV12: 1.5,
  NV21: 1.5,
  YUY2: 2,
  UYVY: 2,
  Y42B: 2,
  GRAY8: 1,
  RGB: 3,
  BGR: 3,
  RGBA: 4,
  BGRA: 4,
  RGBx: 4,
  BGRx: 4,
};

const quick = (encoder: Element): { readonly property: string; readonly value: string } | undefined => {
  const [property, values] = Object.entries(encoder.spec?.roles?.delay?.none ?? {})[0] ?? [];
  return property && values?.[0] && encoder.settings.every((one) => one.name !== property)
    ? { property, value: values[0] }
    : undefined;
};

function advice(encoder: Element): string {
  const set = quick(encoder);
  return `${set ? `Set ${set.property}=${set.value}, or let` : 'Let'} the queue of the other branch hold more (max-size-buffers=0 max-size-bytes=0 max-size-time=0 for no limit).`;
}

function fixOf(encoder: Element): Fix[] {
  const set = quick(encoder);
  if (!set || encoder.node?.kind !== 'element') return [];
  const end = encoder.node.factory.span.end;
  const text = `${set.property}=${set.value}`;
  return [{ title: `Set ${text}`, edits: [{ span: { start: end, end }, text: ` ${text}` }], safe: false }];
}
