/** Finds software codecs where the module has an engine for the codec. */

import { templateCaps } from '../model/caps-text.ts';
import { codecOf } from '../model/codecs.ts';
import type { Finding, Rule } from '../model/finding.ts';
import type { Element } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';

export const rule: Rule = {
  id: 'software-codec',
  title: 'The CPU does what an engine of the module does',
  why: 'A software decoder or encoder takes whole CPU cores for what the codec engine does at next to no cost, and its frames have to be copied into NVMM for everything that works there.',
  severity: 'hint',
  on: 'launch',
  examples: [
    {
      bad: 'filesrc location=a.h265 ! h265parse ! avdec_h265 ! videoconvert ! autovideosink',
      good: 'filesrc location=a.h265 ! h265parse ! nvv4l2decoder ! nv3dsink',
      target: 'orin-nx-16gb',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.target.platform !== 'tegra' || !reading.target.device) return;
    for (const element of reading.pipeline.elements) {
      const finding = judge(reading, element);
      if (finding) yield finding;
    }
  },
};

function judge(reading: LaunchReading, element: Element): Finding | undefined {
  const { spec } = element;
  const device = reading.target.device;
  const klass = spec?.klass ?? [];
  if (
    !spec ||
    !device ||
    spec.engine ||
    !klass.includes('Codec') ||
    !klass.includes('Video') ||
    klass.includes('Hardware')
  )
    return undefined;
  const work = klass.includes('Decoder') ? 'decode' : klass.includes('Encoder') ? 'encode' : undefined;
  if (!work) return undefined;
  const coded = spec.pads.find((pad) => pad.direction === (work === 'decode' ? 'sink' : 'src'));
  const caps = coded ? templateCaps(coded) : 'any';
  const codecs = caps === 'any' ? [] : caps.map((structure) => codecOf(structure.media));
  const codec = codecs[0];
  // The table of the module must name the codec, and the software element know no other.
  if (codec === undefined || codecs.some((one) => one !== codec) || codec === 'MPEG-4') return undefined;
  if (!device[work].some((limit) => limit.codec === codec)) return undefined;
  const other = hardware(reading, work, codec);
  if (other === undefined) return undefined;
  return {
    span: element.span,
    message: `${element.factory} ${work}s ${codec} on the CPU; ${device.title} has an engine for it, which ${other} uses. Its frames are in NVMM.`,
  };
}

/** The element of the target's tables that does the work on an engine. */
function hardware(reading: LaunchReading, work: 'decode' | 'encode', codec: string): string | undefined {
  for (const head of reading.target.catalog.heads()) {
    if (head.layer.startsWith('gstreamer') || !head.klass.includes('Codec')) continue;
    const spec = reading.target.catalog.element(head.name);
    const use = spec?.engine;
    if (!spec || use?.work !== work) continue;
    if (use.codec === codec) return head.name;
    const sink = use.codec === undefined ? spec.pads.find((pad) => pad.direction === 'sink') : undefined;
    const caps = sink && templateCaps(sink);
    if (caps && caps !== 'any' && caps.some((structure) => codecOf(structure.media) === codec)) return head.name;
  }
  return undefined;
}
