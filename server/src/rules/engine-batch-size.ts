/** Compares batch-size with the batch that the name of an engine file tells. */
import { type AppGroup, appConfigOf, groupOf, inferenceOf, pathOfKey } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import { type ConfigKey, sectionNamed } from '../model/config-file.ts';
import { engineName, renamedEngine } from '../model/engine-name.ts';
import type { Finding, Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'engine-batch-size',
  title: 'The engine was built for another batch',
  why:
    'nvinfer writes the greatest batch into the name of an engine: model.onnx_b1_gpu0_fp16.engine takes one frame. Where ' +
    'batch-size asks for more, the engine is thrown away and built anew at each start, which takes minutes, and written ' +
    'under another name, so that the next start does the same.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nmodel-engine-file=cars.onnx_b1_gpu0_fp16.engine\nbatch-size=4\nnetwork-mode=2\nnum-detected-classes=4\n',
      good: '[property]\nonnx-file=cars.onnx\nmodel-engine-file=cars.onnx_b4_gpu0_fp16.engine\nbatch-size=4\nnetwork-mode=2\nnum-detected-classes=4\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const { config } = reading;
    if (config.format?.id === 'nvinfer') {
      const section = sectionNamed(config, 'property');
      if (!section) return;
      const property = groupOf(config, section);
      const engine = property.key('model-engine-file');
      if (engine) yield* judge(engine, property.key('batch-size'), property.number('batch-size') ?? 1);
      return;
    }
    const app = appConfigOf(config);
    if (!app) return;
    for (const group of [app.primary, ...app.secondaries]) if (group) yield* judgeGroup(group, around);
  },
};

/** What a group of the application says, where one of both keys is its own: two keys of one file are told there. */
function* judgeGroup(group: AppGroup, around: Parameters<Rule['check']>[1]): Generator<Finding> {
  if (group.number('plugin-type')) return;
  const inference = inferenceOf(group, around);
  const engine = inference.key('model-engine-file');
  const batch = inference.key('batch-size');
  const wanted = inference.number('batch-size');
  if (!engine || !batch || !wanted || (!engine.own && !batch.own)) return;
  if (engine.own) {
    yield* judge(engine.key, batch.own ? batch.key : undefined, wanted);
    return;
  }
  const path = pathOfKey(inference, 'model-engine-file')!;
  const name = engineName(path);
  if (!name || name.batch >= wanted) return;
  yield {
    span: batch.key.span,
    message: message(name.batch, wanted, `the engine that ${inference.file!.path} names`),
    related: [{ path: inference.file!.path, span: engine.key.span, message: 'the engine is named here' }],
    fixes: [changeValue(batch.key, String(name.batch), false)],
  };
}

function* judge(engine: ConfigKey, batch: ConfigKey | undefined, wanted: number): Generator<Finding> {
  const name = engineName(engine.value.trim());
  if (!name || name.batch === wanted) return;
  const related = batch ? [{ span: batch.span, message: `batch-size is ${wanted}` }] : [];
  const renamed = renamedEngine(engine.value.trim(), { batch: wanted });
  if (name.batch < wanted) {
    yield {
      span: engine.span,
      message: message(name.batch, wanted, 'the engine'),
      related,
      fixes: [
        ...(renamed === undefined ? [] : [changeValue(engine, renamed, false)]),
        ...(batch ? [changeValue(batch, String(name.batch), false)] : []),
      ],
    };
  } else {
    yield {
      span: engine.span,
      severity: 'hint',
      message: `By its name the engine takes batches of ${name.batch}, and batch-size is ${wanted}: it is used, but holds memory for frames that never come.`,
      related,
      fixes: batch ? [changeValue(batch, String(name.batch), false)] : [],
    };
  }
}

const message = (has: number, wanted: number, which: string): string =>
  `By its name ${which} takes batches of ${has} at most, and batch-size is ${wanted}: nvinfer builds another one at the start, which takes minutes, and does so each time as long as this name stands here.`;
