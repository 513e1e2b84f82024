/** Finds sinks that encode in hardware on a module that has no encoder. */
import { appConfigOf } from '../model/app-config.ts';
import { addKey, changeValue } from '../model/config-edits.ts';
import type { Rule, Severity } from '../model/finding.ts';
import { atLeast } from '../model/target.ts';

export const rule: Rule = {
  id: 'sink-encoder',
  title: 'The module has no hardware encoder for this sink',
  why:
    'File and RTSP sinks encode with NVENC unless enc-type says otherwise. Jetson Orin Nano has none: up to DeepStream 6.3 ' +
    'the sink cannot be built and the program ends; from 7.1 on it takes a software encoder with one line on the console, ' +
    'which costs the CPU.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      target: 'orin-nano-8gb deepstream-6.3',
      bad: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=3\ncodec=1\nenc-type=0\noutput-file=out.mp4\n',
      good: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=3\ncodec=1\nenc-type=1\noutput-file=out.mp4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    const { devices, assumed, deepstream } = reading.target;
    const without = devices.filter((device) => device.engines.nvenc === 0);
    if (!app || without.length === 0) return;
    const everywhere = without.length === devices.length && !assumed;
    const fallsBack = deepstream !== undefined && atLeast(deepstream, '7.1');
    const fails = deepstream !== undefined && atLeast('6.3', deepstream);
    // What 6.4 and 7.0 do is not known; and that some module of a family would take the CPU is no news.
    if ((!fallsBack && !fails) || (fallsBack && !everywhere)) return;
    for (const sink of app.sinks) {
      const type = sink.number('type');
      const key = sink.key('enc-type');
      const software = key && sink.number('enc-type') !== 0;
      if ((type !== 3 && type !== 4) || software || (sink.number('codec') ?? 1) === 3) continue;
      const names = without
        .map((device) => device.title.replace(/^Jetson /, ''))
        .slice(0, 3)
        .join(', ');
      const severity: Severity = fails && everywhere ? 'error' : 'warning';
      yield {
        span: key?.span ?? sink.section.header,
        severity,
        message:
          `${key ? 'enc-type=0' : 'Without enc-type this sink'} encodes with NVENC, which ${names} ${without.length === 1 ? 'does' : 'do'} not have: ` +
          `${fails ? 'the program ends when it builds the sink' : 'the program takes a software encoder, which costs the CPU'}. Write enc-type=1 where that is meant.`,
        fixes: [
          key ? changeValue(key, '1', false) : addKey(reading.config.tree.text, sink.section, 'enc-type', '1', false),
        ],
      };
    }
  },
};
