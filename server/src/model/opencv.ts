/**
 * What OpenCV's GStreamer backend asks of a pipeline. Follows `modules/videoio/src/cap_gstreamer.cpp` of OpenCV 4: elements
 * are found by a part of their name, among those that stand in no bin.
 */
import type { Caps } from '../caps/caps.ts';
import { parseCaps } from '../syntax/caps/lower.ts';
import type { Element, Pipeline } from './pipeline.ts';
import type { LaunchReading } from './read.ts';

/** The element that a VideoCapture takes its frames from, or a VideoWriter puts them into, by OpenCV's own search. */
export const endOf = (pipeline: Pipeline, kind: 'capture' | 'writer'): Element[] =>
  pipeline.elements.filter(
    (element) => element.bin === undefined && NAMES[kind].some((part) => element.name.includes(part)),
  );

const NAMES = { capture: ['appsink', 'opencvsink'], writer: ['appsrc', 'opencvsrc'] } as const;

/** GObject types of the elements that OpenCV can use there. */
export const TYPES = { capture: 'GstAppSink', writer: 'GstAppSrc' } as const;

/** Whether the pipeline can be judged: it is whole, and nothing in it is known only at run time that could add elements. */
export const judgeable = ({ excerpt, pipeline, tree }: LaunchReading): boolean =>
  !excerpt.fragment && !pipeline.open && tree.problems.every((problem) => problem.hint) && pipeline.elements.length > 1;

const caps = (text: string): Caps => parseCaps(text).caps ?? 'any';

/** What a capture asks for first: frames of three channels or one. */
export const captureFirst: Caps = caps(
  'video/x-raw, format=(string){ BGR, GRAY8 }; video/x-bayer, format=(string){ rggb, bggr, grbg, gbrg }; image/jpeg',
);

/** What a capture asks for where the first cannot be had. */
export const captureSecond: Caps = caps(
  'video/x-raw, format=(string){ UYVY, YUY2, YVYU, NV12, NV21, YV12, I420, BGRA, RGBA, BGRx, RGBx, GRAY16_LE, GRAY16_BE }',
);

/** What a writer gives: colour, grey of 8 or 16 bits, or finished JPEG. */
export const writerGives: Caps = caps('video/x-raw, format=(string){ BGR, GRAY8, GRAY16_LE }; image/jpeg');
export const writerColour: Caps = caps('video/x-raw, format=(string)BGR; image/jpeg');
