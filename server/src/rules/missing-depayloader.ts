/** Finds links that a depayloader would mend, proved by reading the pipeline again with it put in. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'missing-depayloader',
  title: 'A depayloader is missing behind RTP',
  why: 'What arrives by RTP is packets; parsers and decoders take the stream inside them. A depayloader such as rtph264depay takes it out.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'udpsrc port=5000 caps="application/x-rtp,media=video,clock-rate=90000,encoding-name=H264" ! h264parse ! fakesink',
      good: 'udpsrc port=5000 caps="application/x-rtp,media=video,clock-rate=90000,encoding-name=H264" ! rtph264depay ! h264parse ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'missing-depayloader');
  },
};
