/** Compares the batch of the primary inference with the muxer's. */
import { appConfigOf, inferenceOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'infer-batch-size',
  title: 'The inference takes another batch than the muxer gives',
  why:
    'The primary inference gets the batches of the muxer. Where its batch-size is smaller, each of them is inferred in ' +
    'several runs; where it is larger, the engine is built for frames that never come, and takes memory and time for them.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[streammux]\nbatch-size=4\nwidth=1280\nheight=720\n\n[primary-gie]\nenable=1\nbatch-size=1\ngie-unique-id=1\nconfig-file=/opt/cars/infer.txt\n',
      good: '[streammux]\nbatch-size=4\nwidth=1280\nheight=720\n\n[primary-gie]\nenable=1\nbatch-size=4\ngie-unique-id=1\nconfig-file=/opt/cars/infer.txt\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    if (!app?.primary || !app.mux || app.list) return;
    const wanted = app.mux.number('batch-size');
    // Tensors of a preprocessing have a batch of their own.
    if (!wanted || app.preprocess || app.primary.number('input-tensor-meta')) return;
    const inference = inferenceOf(app.primary, around);
    const found = inference.key('batch-size');
    const batch = inference.number('batch-size');
    if (!found || !batch || batch === wanted) return;
    const file = found.own ? undefined : inference.file!.path;
    const where = file === undefined ? '' : ` in ${file}`;
    const cost =
      batch < wanted
        ? `each batch takes ${Math.ceil(wanted / batch)} runs of the network instead of one`
        : 'the engine is larger than what ever comes, which costs memory and time';
    yield {
      span: found.own ? found.key.span : app.primary.section.header,
      severity: batch < wanted ? 'warning' : 'hint',
      message: `batch-size of the inference is ${batch}${where}, but the muxer gives batches of ${wanted}: ${cost}.`,
      related: [
        { span: app.mux.key('batch-size')!.span, message: `the muxer's batch-size is ${wanted}` },
        ...(file === undefined ? [] : [{ path: file, span: found.key.span, message: `batch-size is ${batch} here` }]),
      ],
      fixes: found.own ? [changeValue(found.key, String(wanted), false)] : [],
    };
  },
};
