/** Finds keys of a preprocessing group that stand before the keys that they need. */
import { keyNamed } from '../model/config-file.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'preprocess-order',
  title: 'The key stands before the one that it needs',
  why:
    'nvdspreprocess reads a group from top to bottom: regions are passed over as long as process-on-roi=1 has not been ' +
    'read, and they need the streams of src-ids. Then it says that properties are missing, and ends.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[property]\nenable=1\nprocess-on-frame=1\nprocessing-width=640\nprocessing-height=640\nnetwork-input-order=0\nnetwork-input-shape=1;3;640;640\nnetwork-color-format=0\ntensor-data-type=0\ntensor-name=images\nscaling-filter=0\nscaling-pool-memory-type=0\ncustom-lib-path=/opt/libpre.so\ncustom-tensor-preparation-function=Prepare\n\n[group-0]\nsrc-ids=0\nroi-params-src-0=0;0;640;640\nprocess-on-roi=1\n',
      good: '[property]\nenable=1\nprocess-on-frame=1\nprocessing-width=640\nprocessing-height=640\nnetwork-input-order=0\nnetwork-input-shape=1;3;640;640\nnetwork-color-format=0\ntensor-data-type=0\ntensor-name=images\nscaling-filter=0\nscaling-pool-memory-type=0\ncustom-lib-path=/opt/libpre.so\ncustom-tensor-preparation-function=Prepare\n\n[group-0]\nsrc-ids=0\nprocess-on-roi=1\nroi-params-src-0=0;0;640;640\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvdspreprocess') return;
    const { config } = reading;
    if (config.tree.syntax !== 'ini') return;
    const onFrame = keyNamed(config, 'property', 'process-on-frame')?.value.trim() ?? '1';
    for (const section of config.sections) {
      if (section.spec?.name !== 'group-%u') continue;
      const first = section.keys.find((key) => key.spec?.name === 'roi-params-src-%u' && !key.dropped);
      if (!first) continue;
      const behind = section.keys.filter((key) => key.span.start > first.span.start);
      const late =
        behind.find((key) => key.name === 'src-ids') ??
        (/^(?:1|true)$/.test(onFrame)
          ? behind.find((key) => key.name === 'process-on-roi' && /^(?:1|true)$/.test(key.value.trim()))
          : undefined);
      if (!late || section.keys.some((key) => key.name === late.name && key.span.start < first.span.start)) continue;
      const line = config.tree.text.slice(late.span.start, late.span.end);
      yield {
        span: first.span,
        message: `${late.name} stands below ${first.name}, and the group is read from top to bottom: ${late.name === 'src-ids' ? 'the region has no stream yet' : 'the region is passed over'}, and the program ends. Write ${late.name} first.`,
        related: [{ span: late.span, message: `${late.name} stands here` }],
        fixes: [
          {
            title: `Move ${late.name} up`,
            edits: [
              { span: { start: first.span.start, end: first.span.start }, text: `${line}\n` },
              {
                span: { start: config.tree.text.lastIndexOf('\n', late.span.start - 1), end: late.span.end },
                text: '',
              },
            ],
            safe: true,
          },
        ],
      };
    }
  },
};
