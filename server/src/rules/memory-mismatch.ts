/** Finds links whose ends keep their buffers in different memory, proved by the caps of the whole graph. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'memory-mismatch',
  title: 'Linked elements keep their buffers in different memory',
  why: 'Buffers in NVMM are handles to device memory; an element that reads system memory cannot use them, nor the other way round. GStreamer refuses the link; the error on the board is "could not link" or not-negotiated (-4). nvvidconv or nvvideoconvert moves frames between the two, at the cost of a copy.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! x264enc ! fakesink',
      good: 'nvarguscamerasrc ! nvvidconv ! x264enc ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'memory-mismatch');
  },
};
