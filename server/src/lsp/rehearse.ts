/** Answers what would become of a pipeline on a machine. */
import { rehearse } from '../features/rehearsal.ts';
import { pipelineOf } from '../model/read.ts';
import type { Rehearsal, RehearseParams } from '../protocol.ts';
import { analyze, type World } from '../workspace/analyze.ts';

/** A text that is no pipeline at all is a syntax error, as gst-launch-1.0 has it. */
export function rehearsal(params: RehearseParams, world: World): Rehearsal {
  const target = world.targetNamed(params.target.split(/\s+/).filter((word) => word !== '')) ?? world.target;
  const name = params.kind === 'launch' ? 'rehearsed.gst' : 'deepstream_app_config.txt';
  const document = { uri: `file:///${name}`, version: 0, languageId: '', text: params.text };
  const [reading] = analyze(document, { ...world, target }).readings;
  const pipeline = reading && pipelineOf(reading);
  if (!reading || !pipeline) return nothing(params.text.trim() === '' ? 'empty pipeline not allowed' : 'syntax error');
  return rehearse(pipeline, target, reading.kind === 'launch' ? reading : undefined);
}

const nothing = (message: string): Rehearsal => ({
  refusal: { stage: 'parse', message },
  elements: [],
  links: [],
  live: false,
  rate: 0,
  streams: 0,
  load: { gpu: 0, nvdec: 0, nvenc: 0, vic: 0, cpu: 0, memory: 0 },
});
