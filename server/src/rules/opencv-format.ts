/** Finds formats that OpenCV cannot take from an appsink or that nothing behind its appsrc takes. */
import { canIntersect } from '../caps/algebra.ts';
import type { Caps } from '../caps/caps.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { graphOf } from '../model/graph.ts';
import { captureFirst, captureSecond, endOf, judgeable, writerColour, writerGives } from '../model/opencv.ts';
import type { Link } from '../model/pipeline.ts';

export const rule: Rule = {
  id: 'opencv-format',
  title: 'OpenCV cannot use this format',
  why:
    'OpenCV sets the caps of its appsink and appsrc itself: frames in system memory, as BGR or GRAY8, else as one of a few raw ' +
    'formats that it hands on as they are. NVMM and all else is refused when the pipeline starts; other raw formats give arrays ' +
    'that are no pictures until they are converted in the program.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'cap = cv2.VideoCapture("nvarguscamerasrc ! appsink", cv2.CAP_GSTREAMER)',
      good: 'cap = cv2.VideoCapture("nvarguscamerasrc ! nvvidconv ! video/x-raw,format=BGRx ! videoconvert ! video/x-raw,format=BGR ! appsink", cv2.CAP_GSTREAMER)',
      language: 'python',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.fragment) return;
    const { consumer } = reading.excerpt;
    if ((consumer !== 'opencv-capture' && consumer !== 'opencv-writer') || !judgeable(reading)) return;
    const kind = consumer === 'opencv-capture' ? 'capture' : 'writer';
    const ends = endOf(reading.pipeline, kind);
    if (ends.length !== 1) return;
    const graph = graphOf(reading.pipeline);
    const links = kind === 'capture' ? graph.into(ends[0]!) : graph.outOf(ends[0]!);
    const link = links.length === 1 ? links[0]! : undefined;
    if (link?.agreed.verdict !== 'agreed' || link.agreed.caps === 'any') return;
    const finding = kind === 'capture' ? taken(link, link.agreed.caps) : given(link, link.agreed.caps);
    if (finding) yield finding;
  },
};

/** What an appsink is given. */
function taken(link: Link, caps: Caps): Finding | undefined {
  const giver = link.from.element.factory;
  if (canIntersect(caps, captureFirst)) {
    // Colour is asked for first; where none can be had, grey is taken without a word.
    const grey = formatsOf(caps);
    if (!grey.includes('GRAY8') || grey.length < 2 || grey.includes('BGR')) return undefined;
    return {
      span: link.span,
      severity: 'warning',
      message: `${giver} cannot give BGR, but GRAY8, which OpenCV takes just as well: the frames come without colour. Ask for BGRx and put videoconvert and video/x-raw,format=BGR behind it.`,
    };
  }
  if (canIntersect(caps, captureSecond)) {
    const formats = formatsOf(caps);
    if (formats.length === 0) return undefined;
    return {
      span: link.span,
      severity: 'hint',
      message: `OpenCV hands on ${some(formats)} as it is, not as BGR: the program has to convert it with cvtColor. For BGR put videoconvert ! video/x-raw,format=BGR in front of the appsink.`,
    };
  }
  return {
    span: link.span,
    message: `OpenCV takes frames in system memory, as BGR, GRAY8 or another format it knows; ${giver} gives ${words(link, caps)}, so the pipeline does not start. Convert to video/x-raw,format=BGR in front of the appsink.`,
  };
}

/** What an appsrc must give. */
function given(link: Link, caps: Caps): Finding | undefined {
  const taker = link.to.element.factory;
  if (!canIntersect(caps, writerGives)) {
    return {
      span: link.span,
      message: `OpenCV writes BGR or grey frames in system memory; ${link.filter ? 'the filter' : taker} takes ${words(link, caps)}, so the pipeline does not start. Put videoconvert behind the appsrc.`,
    };
  }
  if (canIntersect(caps, writerColour)) return undefined;
  return {
    span: link.span,
    severity: 'warning',
    message: `OpenCV writes BGR unless the VideoWriter is made with isColor=false; ${link.filter ? 'the filter' : taker} takes no BGR. Put videoconvert behind the appsrc.`,
  };
}

function words(link: Link, caps: Caps): string {
  if (link.agreed.memory === 'nvmm') return 'NVMM memory';
  const formats = formatsOf(caps);
  if (formats.length > 0) return some(formats);
  return caps === 'any' ? 'anything' : some([...new Set(caps.map((one) => one.media))]);
}

/** The formats of all alternatives; empty where one leaves it open. */
function formatsOf(caps: Caps): string[] {
  if (caps === 'any') return [];
  const found = new Set<string>();
  for (const { fields } of caps) {
    const value = fields.get('format');
    const values = value?.kind === 'list' ? value.values : value ? [value] : [];
    if (values.length === 0) return [];
    for (const one of values) if (one.kind === 'string' && one.value !== null) found.add(one.value);
  }
  return [...found];
}

const some = (list: readonly string[]): string =>
  list.length > 4
    ? `${list.slice(0, 4).join(', ')} …`
    : list.length > 1
      ? `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`
      : list[0]!;
