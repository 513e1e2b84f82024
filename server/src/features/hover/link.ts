/** What flows through a link, and how that came about; and caps as they are written. */
import type { Caps, Structure } from '../../caps/caps.ts';
import { memoryOf } from '../../caps/memory.ts';
import type { CapsPlace } from '../../model/caps-places.ts';
import { capsPlaces } from '../../model/caps-places.ts';
import { frameBytes } from '../../model/codecs.ts';
import { type Flow, flowsOf } from '../../model/flow.ts';
import type { Link, Step } from '../../model/pipeline.ts';
import type { LaunchReading } from '../../model/read.ts';
import { type Span, touches } from '../../text/span.ts';
import { FIELD_WORDS, memoryInWords } from '../completion/caps.ts';
import { bytesWords, capsLines } from './caps-words.ts';
import { paragraphs } from './paragraphs.ts';

/** More alternatives of a step say nothing to a reader. */
const MOST_LINES = 4;

export function linkText(reading: LaunchReading, link: Link): string {
  const { from, to, agreed } = link;
  const ends = `**${nameOf(from)} → ${nameOf(to)}**`;
  const verdict = {
    agreed: 'Both ends agree.',
    open: link.delayed ? 'Made when the pad appears.' : 'What flows here is not wholly known.',
    broken: 'The ends have nothing in common: GStreamer refuses this link.',
  }[agreed.verdict];
  const flow = flowsOf(reading.pipeline).get(link);
  return paragraphs(
    ends,
    verdict,
    agreed.verdict === 'broken' ? '' : bullets(capsLines(agreed.caps)),
    flow ? flowText(flow) : '',
    agreed.because.length > 0 ? ['How that came about:', ...agreed.because.map(stepText)].join('\n') : '',
  );
}

const nameOf = ({ element, pad }: Link['from']): string => `${element.name}${pad === undefined ? '' : `.${pad}`}`;

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

function stepText(step: Step): string {
  const who = step.at === 'filter' ? 'the caps in the link' : nameOf(step.at);
  return `1. ${who}: ${some(step.allows)}${step.leaves === step.allows ? '' : ` — leaves ${some(step.leaves)}`}`;
}

function some(caps: Caps): string {
  const lines = capsLines(caps);
  return lines.length > MOST_LINES ? `${lines.slice(0, MOST_LINES).join('; ')} …` : lines.join('; ');
}

/** Memory, and how much a frame is where that can be told. */
function flowText(flow: Flow): string {
  const memory = MEMORY_WORDS[flow.memory];
  const bytes = flow.media === 'video/x-raw' ? frameBytes(flow.format, flow.width, flow.height) : undefined;
  const rate = bytes !== undefined && flow.rate !== undefined ? `, ${bytesWords(bytes * flow.rate)} a second` : '';
  return [
    memory === undefined ? '' : `Memory: ${memory}.`,
    bytes === undefined ? '' : `A frame is ${bytesWords(bytes)}${rate}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const MEMORY_WORDS: Readonly<Record<Flow['memory'], string | undefined>> = {
  system: 'ordinary (system)',
  nvmm: "NVMM, NVIDIA's buffers that the engines share without copies",
  dmabuf: 'DMABuf',
  cuda: 'CUDA',
  gl: 'OpenGL',
  va: 'VA-API',
  unknown: undefined,
};

/** The caps, field or feature under the offset. */
export function capsHover(reading: LaunchReading, offset: number): { span: Span; markdown: string } | undefined {
  for (const place of capsPlaces(reading)) {
    if (!touches(place.span, offset)) continue;
    return wordOf(place, offset) ?? { span: place.span, markdown: wholeText(place.parsed.caps ?? 'any') };
  }
  return undefined;
}

function wordOf(place: CapsPlace, offset: number): { span: Span; markdown: string } | undefined {
  const { parsed } = place;
  for (const [index, node] of parsed.tree.structures.entries()) {
    const structure = parsed.caps !== undefined && parsed.caps !== 'any' ? parsed.caps[index] : undefined;
    if (!touches(place.place(node.span), offset)) continue;
    const whole = structure ? wholeText([structure]) : '';
    const media = place.place(node.media.span);
    if (touches(media, offset)) return { span: media, markdown: paragraphs(`**${node.media.text}**`, whole) };
    for (const feature of node.features) {
      const span = place.place(feature.span);
      if (!touches(span, offset)) continue;
      return { span, markdown: paragraphs(`**${feature.text}** · ${memoryInWords(feature.text)}`, whole) };
    }
    for (const field of node.fields) {
      const span = place.place(field.span);
      if (!touches(span, offset)) continue;
      const said = FIELD_WORDS[field.name.text];
      return { span, markdown: paragraphs(`**${field.name.text}**${said === undefined ? '' : ` · ${said}`}`, whole) };
    }
  }
  return undefined;
}

function wholeText(caps: Caps): string {
  const first = caps === 'any' ? undefined : caps[0];
  return paragraphs(bullets(capsLines(caps)), first ? frameText(first) : '');
}

function frameText(structure: Structure): string {
  const { fields, media } = structure;
  const number = (name: string): number | undefined => {
    const value = fields.get(name);
    return value?.kind === 'int' ? value.value : undefined;
  };
  const format = fields.get('format');
  const rate = fields.get('framerate');
  return flowText({
    media,
    memory: memoryOf(structure),
    format: format?.kind === 'string' ? (format.value ?? undefined) : undefined,
    width: number('width'),
    height: number('height'),
    rate: rate?.kind === 'fraction' && rate.den > 0 ? rate.num / rate.den : undefined,
    batch: 1,
  });
}
