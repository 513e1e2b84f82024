/** Finds elements that work on a hardware engine which the module does not have. */
import type { DeviceProfile } from '../catalog/device.ts';
import type { Finding, Rule } from '../model/finding.ts';
import type { Element } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';
import { inSoftware } from '../model/software.ts';

export const rule: Rule = {
  id: 'missing-engine',
  title: 'The module has no engine for this element',
  why: 'The element may be installed, and the pipeline parses; it fails when it starts, because the hardware block it drives is not on the chip. Jetson Orin Nano, for one, has no NVENC, whatever guides print. The work has to be done in software, or on a module that has the engine.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! nvv4l2h264enc bitrate=4000000 ! h264parse ! mp4mux ! filesink location=out.mp4',
      good: 'nvarguscamerasrc ! nvvidconv ! video/x-raw,format=I420 ! x264enc bitrate=4000 ! h264parse ! mp4mux ! filesink location=out.mp4',
      target: 'orin-nano-8gb',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const element of reading.pipeline.elements) {
      const finding = judge(reading, element);
      if (finding) yield finding;
    }
  },
};

function judge(reading: LaunchReading, element: Element): Finding | undefined {
  const engine = element.spec?.engine?.engine;
  if (!engine) return undefined;
  const { devices, assumed } = reading.target;
  const without = devices.filter((device) => device.engines[engine] === 0);
  if (without.length === 0) return undefined;
  const everywhere = without.length === devices.length && !assumed;
  const fix = inSoftware(reading, element);
  const instead = element.spec?.engine?.software?.element;
  return {
    span: element.span,
    severity: everywhere ? 'error' : 'warning',
    message:
      `${element.factory} works on the ${engine.toUpperCase()} engine, which ${titles(without)} ${without.length === 1 ? 'does' : 'do'} not have: ` +
      `the pipeline fails there when it starts.${instead ? ` ${instead} does the work on the CPU.` : ''}` +
      (everywhere ? '' : ' Choose a target to have this judged for your module.'),
    fixes: fix ? [fix] : [],
  };
}

/** The modules' names, three at most. */
function titles(devices: readonly DeviceProfile[]): string {
  const names = devices.map((device) => device.title.replace(/^Jetson /, ''));
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more modules` : shown;
}
