/** Finds pipelines whose buffer pools alone are larger than the module's memory. */
import { budgetOf } from '../model/budget.ts';
import type { Rule } from '../model/finding.ts';
import { pipelineOf } from '../model/read.ts';

export const rule: Rule = {
  id: 'buffers-exceed-memory',
  title: 'The buffers do not fit into the memory of the module',
  why:
    'A Jetson has one memory for programs, frames and networks. Pools take all their buffers at the start; where these ' +
    'alone are more than the module has, the allocation fails, or the kernel ends the program.',
  severity: 'warning',
  on: 'pipeline',
  examples: [
    {
      bad: 'nvarguscamerasrc ! video/x-raw(memory:NVMM),format=NV12,width=3840,height=2160,framerate=30/1 ! m.sink_0 nvstreammux name=m batch-size=64 buffer-pool-size=16 width=3840 height=2160 live-source=true ! fakesink',
      good: 'nvarguscamerasrc ! video/x-raw(memory:NVMM),format=NV12,width=3840,height=2160,framerate=30/1 ! m.sink_0 nvstreammux name=m batch-size=1 buffer-pool-size=16 width=3840 height=2160 live-source=true ! fakesink',
      target: 'orin-nano-8gb deepstream-7.1',
    },
  ],
  *check(reading) {
    const { device } = reading.target;
    const gib = device?.memory?.gib;
    if (!gib) return;
    const pipeline = pipelineOf(reading);
    if (!pipeline?.elements.some((element) => element.spec?.engine?.pool)) return;
    const { total, parts } = budgetOf(pipeline, device).nvmm;
    if (total <= gib * 2 ** 30) return;
    const [most, ...others] = [...parts].sort((a, b) => b.amount - a.amount);
    if (!most) return;
    yield {
      span: most.element.span,
      message: `The buffers of this pipeline take ${inGib(total)} GiB, ${inGib(most.amount)} of them here, and ${device.title} has ${gib} GiB for everything. Lower the batch, the frame size or the number of buffers.`,
      related: others.map(({ element, amount }) => ({ span: element.span, message: `${inGib(amount)} GiB` })),
    };
  },
};

const inGib = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
