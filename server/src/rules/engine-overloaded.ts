/** Finds pipelines that ask more of a codec engine than the module's data sheet says it can do. */
import { budgetOf } from '../model/budget.ts';
import type { Rule } from '../model/finding.ts';
import { pipelineOf } from '../model/read.ts';

export const rule: Rule = {
  id: 'engine-overloaded',
  title: 'The codec engine is asked for more than it can do',
  why: "Each codec has a limit in pixels a second on the engine, by the module's data sheet; streams add up. Beyond it frames come late: a live pipeline falls behind and drops, a file takes longer than it plays.",
  severity: 'warning',
  on: 'pipeline',
  examples: [
    {
      bad: 'nvarguscamerasrc ! video/x-raw(memory:NVMM),width=3840,height=2160,framerate=120/1 ! nvv4l2h264enc ! fakesink',
      good: 'nvarguscamerasrc ! video/x-raw(memory:NVMM),width=3840,height=2160,framerate=30/1 ! nvv4l2h264enc ! fakesink',
      target: 'orin-nx-16gb',
    },
    {
      language: 'deepstream-config',
      bad: '[source0]\nenable=1\ntype=5\ncamera-width=3840\ncamera-height=2160\ncamera-fps-n=120\ncamera-fps-d=1\n\n[streammux]\nlive-source=1\nbatch-size=1\nwidth=3840\nheight=2160\n\n[sink0]\nenable=1\ntype=3\ncodec=1\nbitrate=4000000\noutput-file=gate.mp4\n',
      good: '[source0]\nenable=1\ntype=5\ncamera-width=3840\ncamera-height=2160\ncamera-fps-n=30\ncamera-fps-d=1\n\n[streammux]\nlive-source=1\nbatch-size=1\nwidth=3840\nheight=2160\n\n[sink0]\nenable=1\ntype=3\ncodec=1\nbitrate=4000000\noutput-file=gate.mp4\n',
      target: 'orin-nx-16gb',
    },
  ],
  *check(reading) {
    const { device } = reading.target;
    if (!device) return;
    const pipeline = pipelineOf(reading);
    // Only an element that works on an engine can ask too much of it; most pipelines have none.
    if (!pipeline?.elements.some((element) => element.spec?.engine && element.spec.engine.work !== 'convert')) return;
    for (const { engine, work, load, parts } of budgetOf(pipeline, device).engines) {
      if (load === undefined || load <= 1) continue;
      const most = parts.reduce((a, b) => (b.share > a.share ? b : a));
      const asked = parts.map(
        (part) =>
          `${part.element.name} ${Math.round(part.asks)} of ${Math.round(part.limit)} million pixels/s (${part.codec})`,
      );
      yield {
        span: most.element.span,
        message: `${engine.toUpperCase()} of ${device.title} is asked to ${work} ${Math.round(load * 100)} % of what it can: ${asked.join(', ')}. Frames will come late. Lower the size, the rate or the number of streams.`,
        related:
          parts.length > 1
            ? parts
                .filter((part) => part !== most)
                .map((part) => ({
                  span: part.element.span,
                  message: `${Math.round(part.share * 100)} % of the engine`,
                }))
            : undefined,
      };
    }
  },
};
