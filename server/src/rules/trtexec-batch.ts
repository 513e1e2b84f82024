/** Compares the batch of an inference with the `trtexec` command that builds its engine. */
import { groupOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import { sectionNamed } from '../model/config-file.ts';
import { isOpen } from '../model/config-value.ts';
import type { Around, Rule } from '../model/finding.ts';
import { type EngineBuild, engineBuilds } from '../model/trtexec.ts';

export const rule: Rule = {
  id: 'trtexec-batch',
  title: 'The engine is built for smaller batches than the inference asks for',
  why:
    'An engine takes no larger batch than its greatest shape. nvinfer compares that with batch-size, says "Backend has ' +
    'maxBatchSize 1 whereas 4 has been requested", and builds another engine at the start, which takes minutes on a Jetson, or ' +
    'ends where no model is named. Commands in scripts, Dockerfiles and Makefiles beside the configuration are read for it.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nmodel-engine-file=cars.engine\nnum-detected-classes=4\nbatch-size=4\n',
      good: '[property]\nonnx-file=cars.onnx\nmodel-engine-file=cars.engine\nnum-detected-classes=4\nbatch-size=1\n',
      files: {
        'cars.onnx': '',
        'build.sh': 'trtexec --onnx=cars.onnx --saveEngine=cars.engine --maxShapes=input:1x3x640x640\n',
      },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    const engine = property.text('model-engine-file');
    const batch = property.key('batch-size');
    const wanted = property.number('batch-size');
    if (!engine || !batch || !wanted || isOpen(engine)) return;
    const builds = buildsBeside(engine, around);
    const name = baseName(engine);
    const own = builds.filter(({ build }) => baseName(build.engine) === name);
    const [first] = own;
    // Two commands for one engine are for two machines or two trials: which was run is not known.
    if (!first || own.some(({ build }) => build.batch !== first.build.batch) || first.build.batch >= wanted) return;
    yield {
      span: batch.span,
      message: `${first.file} builds ${name} for batches of ${first.build.batch} at most, and batch-size is ${wanted}: nvinfer builds another engine at the start, each time.`,
      related: [
        {
          path: first.file,
          span: { start: first.build.start, end: first.build.start + 'trtexec'.length },
          message: `batches of ${first.build.batch}`,
        },
      ],
      fixes: [changeValue(batch, String(first.build.batch), false)],
    };
  },
};

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function buildsBeside(engine: string, around: Around): { file: string; build: EngineBuild }[] {
  const folders = new Set(['', engine.includes('/') ? engine.slice(0, engine.lastIndexOf('/') + 1) : '']);
  return [...folders].flatMap((folder) =>
    around
      .beside(`${folder}x`)
      .filter((name) => /\.(?:sh|bash|mk)$|^(?:Makefile|(?:.*\.)?Dockerfile(?:\..*)?)$/.test(name))
      .flatMap((name) =>
        engineBuilds(around.text(`${folder}${name}`) ?? '').map((build) => ({ file: `${folder}${name}`, build })),
      ),
  );
}
