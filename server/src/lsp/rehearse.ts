/** Answers what would become of a pipeline on a machine, and what elements that machine has. */
import { inspectPage } from '../features/inspect-page.ts';
import { rehearse } from '../features/rehearsal.ts';
import { pipelineOf } from '../model/read.ts';
import type { InspectedElement, InspectParams, Rehearsal, RehearseParams } from '../protocol.ts';
import { analyze, type World } from '../workspace/analyze.ts';

/** A text that is no pipeline at all is a syntax error, as gst-launch-1.0 has it. */
export function rehearsal(params: RehearseParams, world: World): Rehearsal {
  const target = targetOf(params.target, world);
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

/** The elements of the target's tables, as its own gst-inspect would print them. */
export function inspected({ target: words, name }: InspectParams, world: World): readonly InspectedElement[] {
  const { catalog, gstreamer } = targetOf(words, world);
  const names = name === undefined ? [...catalog.heads()].map((head) => head.name) : [name];
  return names.flatMap((one) => {
    const spec = catalog.element(one);
    if (!spec) return [];
    const plugin = spec.plugin === '' ? one : spec.plugin;
    const file = `/usr/lib/aarch64-linux-gnu/gstreamer-1.0/libgst${plugin}.so`;
    const page = inspectPage({ ...spec, plugin }, file, gstreamer);
    return [{ name: one, plugin, title: spec.blurb === '' ? one : spec.blurb, page }];
  });
}

const targetOf = (words: string, world: World): World['target'] =>
  world.targetNamed(words.split(/\s+/).filter((word) => word !== '')) ?? world.target;
