/** Finds batches that do not fit what goes into them or what works on them. */
import { batchSize, inputsOf, muxerOf } from '../model/batches.ts';
import type { Finding, Fix, Rule } from '../model/finding.ts';
import { numberOf, settingOf } from '../model/flow.ts';
import { type Graph, graphOf } from '../model/graph.ts';
import type { Element, Setting } from '../model/pipeline.ts';
import { isInReach, isWhole } from '../model/program.ts';
import type { LaunchReading } from '../model/read.ts';

export const rule: Rule = {
  id: 'batch-size-mismatch',
  title: 'Batch sizes do not fit each other',
  why:
    'A stream muxer whose batch-size is larger than the number of its sources waits for frames that do not come, until batched-push-timeout ' +
    'is over (or takes several of one source, later); a smaller one spreads the sources over several batches. Inference on whole ' +
    'frames with a smaller batch than the muxer’s runs several times a buffer; an engine file that was built for fewer frames is built anew, ' +
    'which takes minutes.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc sensor-id=0 ! m.sink_0 nvarguscamerasrc sensor-id=1 ! m.sink_1 nvstreammux name=m batch-size=1 width=1280 height=720 live-source=true ! fakesink',
      good: 'nvarguscamerasrc sensor-id=0 ! m.sink_0 nvarguscamerasrc sensor-id=1 ! m.sink_1 nvstreammux name=m batch-size=2 width=1280 height=720 live-source=true ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || !isWhole(reading)) return;
    const graph = graphOf(reading.pipeline);
    for (const element of reading.pipeline.elements) {
      const finding = element.spec?.roles?.batch ? muxer(reading, graph, element) : inference(graph, element);
      if (finding) yield finding;
    }
  },
};

function muxer(reading: LaunchReading, graph: Graph, element: Element): Finding | undefined {
  const size = batchSize(element);
  const inputs = inputsOf(graph, element);
  const setting = settingFor(element, element.spec!.roles!.batch!.size);
  // A program that knows the muxer by name may give it more sources; a bin may give many over one pad.
  if (size === undefined || !setting || inputs === 0 || (isInReach(reading.excerpt, element) && size > inputs))
    return undefined;
  if (size === inputs) return undefined;
  return {
    span: setting.span,
    severity: size > inputs ? 'hint' : 'warning',
    message:
      size > inputs
        ? `${sources(inputs)} feed${inputs === 1 ? 's' : ''} ${element.factory}, whose batches are ${size} frames long: it waits for frames that do not come, as long as batched-push-timeout allows. Set ${setting.name}=${inputs}.`
        : `${sources(inputs)} feed ${element.factory}, whose batches are only ${size} frame${size === 1 ? '' : 's'} long: the sources are spread over several batches, and all behind it works more often. Set ${setting.name}=${inputs}.`,
    fixes: [set(setting, inputs)],
  };
}

/** The first inference behind a muxer works on whole frames; a later one may work on objects, which are counted otherwise. */
function inference(graph: Graph, element: Element): Finding | undefined {
  const infers = element.spec?.roles?.infers;
  const found = infers && muxerOf(graph, element);
  if (
    !infers ||
    !found ||
    found.between.some(
      (one) => one.spec === undefined || one.spec.roles?.infers || /preprocess/i.test(one.spec.klass.join('/')),
    )
  )
    return undefined;
  const batch = batchSize(found.muxer);
  const setting = settingFor(element, infers.batch);
  const own = setting && numberOf(setting.value);
  const engine = infers.engine === undefined ? undefined : settingFor(element, infers.engine);
  const built = engine?.value && numberOf(/_b([0-9]+)_/.exec(engine.value)?.[1]);
  if (engine && built && own && built < own) {
    return {
      span: engine.span,
      message: `The engine file was built for batches of ${built} (its name says _b${built}_), and ${setting.name} is ${own}: the engine does not fit and is built anew at the start, which takes minutes.`,
    };
  }
  if (!setting || !own || !batch || own >= batch) return undefined;
  return {
    span: setting.span,
    message: `${found.muxer.factory} makes batches of ${batch} frames, and ${element.factory} takes ${own} at once: it runs ${Math.ceil(batch / own)} times for each buffer. Set ${setting.name}=${batch}.`,
    related: [
      { span: found.muxer.span, message: `Batches of ${settingOf(found.muxer, found.muxer.spec!.roles!.batch!.size)}` },
    ],
    fixes: [set(setting, batch)],
  };
}

const settingFor = (element: Element, name: string): Setting | undefined =>
  element.settings.findLast((one) => one.name === name && one.path.length === 0);

const sources = (count: number): string => (count === 1 ? 'One source' : `${count} sources`);

const set = (setting: Setting, value: number): Fix => ({
  title: `Set ${setting.name}=${value}`,
  edits: [{ span: setting.valueSpan, text: String(value) }],
  safe: false,
});
