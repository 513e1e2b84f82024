/** Finds files that a configuration names and that are not there. */
import { refusesMissing } from '../model/config-groups.ts';
import type { Around, Finding, Fix, Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { type Reference, referencesOf, seenFrom } from '../model/references.ts';

export const rule: Rule = {
  id: 'missing-file',
  title: 'The file is not there',
  why:
    'A path in a configuration starts at the folder of the configuration, not at the one that the program was started in. ' +
    'A configuration or a label file that cannot be opened ends the program. Paths of the device (/opt/nvidia/…) and what ' +
    'is built or downloaded there are not asked for here.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=infer_car.txt\n\n[osd]\nenable=1\n',
      good: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=infer_cars.txt\n\n[osd]\nenable=1\n',
      files: { 'infer_cars.txt': '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\n' },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const local = referencesOf(reading).filter(isOurs);
    const missing = local.filter(({ path }) => around.exists(path) === false);
    if (missing.length === 0) return;
    // Where not one of the files is here, the configuration was copied out of its project: the device will have them.
    const atHome = missing.length < local.length;
    for (const reference of missing) {
      const finding = judge(reference, around, atHome);
      if (finding) yield finding;
    }
  },
};

/** What people write and keep beside a configuration. Models and libraries are made or fetched where they run. */
const KEPT: ReadonlySet<string> = new Set(['config', 'labels', 'csv', 'sdp']);

const isOurs = ({ path, relativeTo, holds, used }: Reference): boolean =>
  used && relativeTo === 'file' && KEPT.has(holds) && !path.startsWith('/') && !/^[a-z]+:/i.test(path);

function judge(reference: Reference, around: Around, atHome: boolean): Finding | undefined {
  const { path, span, key, section } = reference;
  const near = nearest(path.slice(path.lastIndexOf('/') + 1), around.beside(path));
  const meant = near && seenFrom(path, near.name);
  if (!atHome && meant === undefined) return undefined;
  // A way up that ends nowhere leads out of the project, into the SDK of a device.
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (folder.startsWith('../') && around.exists(folder) !== true) return undefined;
  const fixes: Fix[] =
    meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: [{ span, text: meant }], safe: false }];
  const ends = key !== undefined && section !== undefined && refusesMissing(reference);
  return {
    span,
    severity: ends ? 'error' : 'warning',
    message:
      `There is no file ${path} as seen from the folder of this configuration` +
      `${ends ? ', and the program ends when it cannot open it' : ''}.${meant === undefined ? '' : ` ${meant} is there.`}`,
    fixes,
  };
}
