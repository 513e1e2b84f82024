/** Answers for the pictures: a pipeline's graph with the findings at its places, and two elements' caps side by side. */
import { meet } from '../features/caps-meeting.ts';
import { graphOf } from '../features/graph.ts';
import type { LaunchReading } from '../model/read.ts';
import type { CapsMeeting, CapsMeetingParams, GraphParams, GraphProblem, GraphResult } from '../protocol.ts';
import { overlaps, type Span, touches } from '../text/span.ts';
import type { Placed } from '../workspace/document.ts';
import { toRange } from './convert.ts';
import type { Asked } from './handler.ts';

export function graph({ analysis, lines }: Asked, params: GraphParams): GraphResult {
  const readings = analysis.readings.filter((reading) => reading.kind === 'launch');
  const choices = readings.map((reading) => ({
    title: titleOf(reading, lines.positionAt(reading.excerpt.span.start).line + 1),
    range: toRange(lines, reading.excerpt.span),
  }));
  const at = params.position && lines.offsetAt(params.position);
  const index = Math.min(Math.max(params.index ?? nearest(readings, at ?? 0), 0), readings.length - 1);
  const reading = readings[index];
  if (!reading) return { choices, index: 0 };
  const { map } = reading.excerpt;
  const taken = new Set<Placed>();
  const whole = graphOf(reading);
  const placed = <Part extends { readonly place: Span }>(part: Part, on: (finding: Span, own: Span) => boolean) => {
    const own = map.toDocument(part.place);
    const here = analysis.findings.filter((finding) => !taken.has(finding) && on(finding.span, own));
    for (const finding of here) taken.add(finding);
    return { ...part, place: toRange(lines, own), problems: here.map(problemOf) };
  };
  // Links first: a finding about one often covers no more than its operator.
  const links = whole.links.map((link) =>
    placed(
      link,
      (finding, own) => link.verdict === 'broken' && (overlaps(finding, own) || touches(own, finding.start)),
    ),
  );
  const elements = whole.elements.map((element, i) => {
    const { node } = reading.pipeline.elements[i]!;
    const all = node ? map.toDocument(node.span) : undefined;
    return placed(element, (finding, own) => overlaps(finding, own) || (all !== undefined && overlaps(finding, all)));
  });
  return { graph: { ...whole, links, elements }, choices, index };
}

export function capsMeeting({ analysis, session }: Asked, { from, to }: CapsMeetingParams): CapsMeeting {
  const target = analysis.readings[0]?.target ?? session.store.world.target;
  return meet(target.catalog, from, to);
}

/** The pipeline at the offset, else the last one that begins before it. */
function nearest(readings: readonly LaunchReading[], offset: number): number {
  const size = ({ excerpt: { span } }: LaunchReading): number => span.end - span.start;
  let found = -1;
  readings.forEach((reading, i) => {
    if (!touches(reading.excerpt.span, offset)) return;
    if (found < 0 || size(reading) < size(readings[found]!)) found = i;
  });
  if (found >= 0) return found;
  return readings.findLastIndex(({ excerpt }) => excerpt.span.start <= offset);
}

function titleOf({ pipeline }: LaunchReading, line: number): string {
  const names = pipeline.elements.map(({ factory }) => factory);
  const ends = names.length > 2 ? [names[0]!, '…', names.at(-1)!] : names;
  return `Line ${line}: ${ends.join(' → ') || 'empty'}`;
}

const problemOf = ({ severity, message }: Placed): GraphProblem => ({ severity, message });

/** What is answered where a document cannot be looked at. */
export const noGraph: GraphResult = { choices: [], index: 0 };
