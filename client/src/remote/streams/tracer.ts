/** Records of GStreamer's latency tracer (and DL Streamer's) out of GST_TRACER lines. Times are nanoseconds. */
import type { DebugRecord } from './gst-debug.ts';
import { readStructure } from './structure-text.ts';

export type LatencyRecord =
  | {
      readonly kind: 'pipeline';
      readonly from: string;
      readonly to: string;
      readonly time: number;
      readonly at: number;
    }
  | {
      readonly kind: 'element';
      readonly element: string;
      readonly pad: string;
      readonly time: number;
      readonly at: number;
    }
  | {
      readonly kind: 'reported';
      readonly element: string;
      readonly live: boolean;
      readonly minimum: number;
      /** Undefined: without limit. */
      readonly maximum: number | undefined;
      readonly at: number;
    };

/** GST_CLOCK_TIME_NONE, 2⁶⁴ − 1, as near as a number of double precision comes. */
const NONE = 2 ** 64;

/** The record; undefined for announcements and other tracers. */
export function readLatency(record: DebugRecord): LatencyRecord | undefined {
  if (record.category !== 'GST_TRACER' || record.level !== 'TRACE') return undefined;
  const structure = readStructure(record.message);
  if (!structure) return undefined;
  const text = (key: string) => structure.fields.get(key) ?? '';
  const number = (key: string) => Number(structure.fields.get(key) ?? Number.NaN);
  const at = structure.fields.has('ts') ? number('ts') : Math.round((record.seconds ?? 0) * 1e9);
  switch (structure.name) {
    case 'latency': {
      const from = text('src-element') || text('src');
      const to = text('sink-element') || text('sink');
      return Number.isFinite(number('time')) ? { kind: 'pipeline', from, to, time: number('time'), at } : undefined;
    }
    case 'element-latency':
      return Number.isFinite(number('time'))
        ? { kind: 'element', element: text('element'), pad: text('src'), time: number('time'), at }
        : undefined;
    case 'element-reported-latency':
      return {
        kind: 'reported',
        element: text('element'),
        live: text('live') === 'true',
        minimum: number('min'),
        maximum: number('max') >= NONE ? undefined : number('max'),
        at,
      };
    case 'latency_tracer_element':
      return Number.isFinite(number('frame_latency'))
        ? { kind: 'element', element: text('name'), pad: 'src', time: number('frame_latency') * 1e6, at }
        : undefined;
    case 'latency_tracer_pipeline':
      return Number.isFinite(number('frame_latency'))
        ? { kind: 'pipeline', from: '', to: '', time: number('frame_latency') * 1e6, at }
        : undefined;
    default:
      return undefined;
  }
}
