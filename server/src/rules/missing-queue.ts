/** Finds branches of a tee or a demuxer that share one thread, so that the pipeline never starts to play. */
import type { Finding, Fix, Rule } from '../model/finding.ts';
import { graphOf } from '../model/graph.ts';
import type { Element, Link, Pipeline } from '../model/pipeline.ts';
import { type Branch, branchFrom, isAwaited } from '../model/threads.ts';

export const rule: Rule = {
  id: 'missing-queue',
  title: 'Branches without a queue keep the pipeline from starting',
  why:
    'A tee or a demuxer gives its branches one buffer after the other in a single thread. A sink keeps its first buffer until ' +
    'all sinks have one; without a queue it holds up that thread, so the other branches never get theirs and the pipeline hangs ' +
    'in PREROLLING, with no message. A queue gives each branch a thread.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! tee name=t t. ! autovideosink t. ! videoconvert ! fakesink',
      good: 'videotestsrc ! tee name=t t. ! queue ! autovideosink t. ! queue ! videoconvert ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.fragment) return;
    const { pipeline } = reading;
    for (const element of pipeline.elements) {
      const finding = judge(pipeline, element);
      if (finding) yield finding;
    }
  },
};

function judge(pipeline: Pipeline, element: Element): Finding | undefined {
  const splits = element.spec?.roles?.splits ?? false;
  if (!splits && !isDemuxer(element)) return undefined;
  const links = graphOf(pipeline).outOf(element);
  if (links.length < 2 || links.some((link) => link.agreed.verdict === 'broken')) return undefined;
  const branches = links.map((link) => branchFrom(pipeline, link));
  const inline = branches.filter((branch): branch is Branch => branch?.inline ?? false);
  const stuck = inline.filter((branch) => isAwaited(branch.sink));
  const pair = stuck.length > 1 ? ([stuck[0]!, stuck[1]!] as const) : splits ? holdsUp(branches) : undefined;
  if (!pair) return undefined;
  const [first, waiting] = pair;
  const fix = queues(inline.map((branch) => branch.first));
  return {
    span: element.span,
    message:
      `${element.name} serves its branches in one thread, and no queue gives them their own: ${first.sink.name} keeps its first buffer ` +
      `until all sinks have one, so ${waiting.sink.name} never gets any and the pipeline does not start to play. Put a queue into each branch.`,
    related: [
      { span: first.first.span, message: 'This branch holds up the thread' },
      { span: waiting.first.span, message: 'This one waits for ever' },
    ],
    fixes: fix ? [fix] : [],
  };
}

/** Demuxers push all their pads from one thread; bins of them have queues inside. */
const isDemuxer = ({ spec }: Element): boolean =>
  (spec?.klass.includes('Demuxer') &&
    !spec.ancestry.includes('GstBin') &&
    spec.pads.every((pad) => pad.direction === 'sink' || pad.presence === 'sometimes')) ??
  false;

/** A branch that blocks at once, and a later one, which is then never served. */
function holdsUp(branches: readonly (Branch | undefined)[]): readonly [Branch, Branch] | undefined {
  for (const [place, branch] of branches.entries()) {
    if (!branch?.inline || !branch.elements.every(isPrompt)) continue;
    const later = branches.slice(place + 1).find((other) => other && isAwaited(other.sink));
    if (later) return [branch, later];
  }
  return undefined;
}

/** Whether each buffer comes out at once. Codecs and parsers may wait for more, and so does what counts frames anew. */
const isPrompt = ({ spec }: Element): boolean =>
  (spec?.ancestry.includes('GstBaseTransform') && spec.roles?.copiesUnless === undefined) ?? false;

function queues(links: readonly Link[]): Fix | undefined {
  const edits = links.flatMap(({ node }) =>
    node && !node.all && node.fromPads.every((pad) => pad.span.end <= node.span.start)
      ? [{ span: { start: node.span.start, end: node.span.start }, text: '! queue ' }]
      : [],
  );
  if (edits.length < links.length) return undefined;
  return {
    title: edits.length > 1 ? `Put a queue into ${edits.length} branches` : 'Put a queue into the branch',
    edits,
    safe: false,
  };
}
