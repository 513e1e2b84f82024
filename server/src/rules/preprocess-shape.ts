/** Compares the sizes of a preprocessing with the shape of its tensor, and looks at the order that its reader needs. */
import { groupOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import { type ConfigFile, type ConfigKey, keyNamed, sectionNamed } from '../model/config-file.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { asList } from '../syntax/config/values.ts';

export const rule: Rule = {
  id: 'preprocess-shape',
  title: 'The preprocessing makes pictures of another size than the network takes',
  why: 'nvdspreprocess compares processing-width and processing-height with network-input-shape when it starts, and ends where they differ.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[property]\nenable=1\nprocessing-width=640\nprocessing-height=640\nnetwork-input-order=0\nnetwork-input-shape=4;3;544;960\nnetwork-color-format=0\ntensor-data-type=0\ntensor-name=images\nscaling-filter=0\nscaling-pool-memory-type=0\ncustom-lib-path=/opt/libpre.so\ncustom-tensor-preparation-function=Prepare\n\n[group-0]\nsrc-ids=0\n',
      good: '[property]\nenable=1\nprocessing-width=960\nprocessing-height=544\nnetwork-input-order=0\nnetwork-input-shape=4;3;544;960\nnetwork-color-format=0\ntensor-data-type=0\ntensor-name=images\nscaling-filter=0\nscaling-pool-memory-type=0\ncustom-lib-path=/opt/libpre.so\ncustom-tensor-preparation-function=Prepare\n\n[group-0]\nsrc-ids=0\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvdspreprocess') return;
    const { config } = reading;
    if (config.tree.syntax !== 'ini') return;
    const section = sectionNamed(config, 'property');
    if (!section) return;
    const property = groupOf(config, section);
    const shapeKey = property.key('network-input-shape');
    const order = property.number('network-input-order');
    const read = shapeKey && asList(shapeKey.value, 'integer');
    if (!shapeKey || !read?.ok || read.value.length !== 4 || (order !== 0 && order !== 1)) return;
    const [height, width] = order === 0 ? [read.value[2], read.value[3]] : [read.value[1], read.value[2]];
    const sizes: readonly (readonly [string, number | undefined])[] = [
      ['processing-width', width],
      ['processing-height', height],
    ];
    const wrong = sizes.flatMap(([name, wanted]) => {
      const key = property.key(name);
      const has = property.number(name);
      return key && has !== undefined && wanted !== undefined && has !== wanted ? [{ key, has, wanted }] : [];
    });
    const finding = wrong.length > 0 ? told(config, wrong, shapeKey) : undefined;
    if (finding) yield finding;
  },
};

function told(
  config: ConfigFile,
  wrong: readonly { readonly key: ConfigKey; readonly has: number; readonly wanted: number }[],
  shape: ConfigKey,
): Finding {
  const [first] = wrong;
  const order = keyNamed(config, 'property', 'network-input-order')?.value.trim() === '0' ? 'NCHW' : 'NHWC';
  const parts = wrong.map(({ key, has, wanted }) => `${key.name} is ${has}, and the shape has ${wanted}`);
  return {
    span: first!.key.span,
    message: `${parts.join('; ')} (network-input-shape in ${order}): the program ends.`,
    related: [{ span: shape.span, message: 'the shape' }],
    fixes: [
      {
        title: 'Take the sizes of the shape',
        edits: wrong.flatMap(({ key, wanted }) => changeValue(key, String(wanted), true).edits),
        safe: false,
      },
    ],
  };
}
