/** Finds links that a parser would mend, proved by reading the pipeline again with it put in. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'missing-parser',
  title: 'A parser is missing between two elements',
  why: 'Encoders, demuxers and files give a coded stream cut or framed in one way, and muxers, decoders and payloaders ask for another. A parser such as h264parse finds the frame borders and converts between the two; without it GStreamer refuses the link.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! nvv4l2h264enc ! mp4mux ! filesink location=out.mp4',
      good: 'nvarguscamerasrc ! nvv4l2h264enc ! h264parse ! mp4mux ! filesink location=out.mp4',
      target: 'orin-nx-16gb',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'missing-parser');
  },
};
