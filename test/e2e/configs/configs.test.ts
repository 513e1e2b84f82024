/**
 * The DeepStream project of examples/ in the real editor: a mistake of each family is shown in the file that has it, and
 * its fix takes it away there.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Editor, newest, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

const project = path.resolve(import.meta.dirname, '../../../examples/counter');

/** A mistake: where it stands (both count from one), what is said of it, the fix, and what the line says then. */
interface Mistake {
  readonly family: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly says: string;
  readonly fix: string;
  readonly after: string;
}

/** In the order in which they are mended; no fix but the last of a file moves lines. */
const mistakes: readonly Mistake[] = [
  {
    family: 'keys and values',
    file: 'counter_app.txt',
    line: 4,
    column: 3,
    says: 'no key enable-perf-measurment',
    fix: 'Change to enable-perf-measurement',
    after: 'enable-perf-measurement=1',
  },
  {
    family: 'batches',
    file: 'counter_app.txt',
    line: 27,
    column: 3,
    says: 'batch-size is 1, but there are 2 enabled sources',
    fix: 'Change batch-size to 2',
    after: 'batch-size=2',
  },
  {
    family: 'inference',
    file: 'counter_app.txt',
    line: 39,
    column: 3,
    says: 'Non unique gie ids found',
    fix: 'Change gie-unique-id to 2',
    after: 'gie-unique-id=2',
  },
  {
    family: 'streams',
    file: 'counter_app.txt',
    line: 26,
    column: 3,
    says: 'live-source is 0',
    fix: 'Change live-source to 1',
    after: 'live-source=1',
  },
  {
    family: 'versions',
    file: 'counter_app.txt',
    line: 47,
    column: 20,
    says: 'This is the folder of DeepStream 6.2',
    fix: 'Use the path without a version',
    after: 'll-lib-file=/opt/nvidia/deepstream/deepstream/lib/libnvds_nvmultiobjecttracker.so',
  },
  {
    family: 'files',
    file: 'counter_app.txt',
    line: 52,
    column: 16,
    says: 'There is no file counter_analytic.txt',
    fix: 'Change to counter_analytics.txt',
    after: 'config-file=counter_analytics.txt',
  },
  {
    family: 'broker',
    file: 'counter_app.txt',
    line: 69,
    column: 26,
    says: 'The kafka adapter takes',
    fix: 'Change msg-broker-conn-str to broker.office;9092',
    after: 'msg-broker-conn-str=broker.office;9092',
  },
  {
    family: 'a comment that is none',
    file: 'counter_app.txt',
    line: 62,
    column: 20,
    says: 'A key file has no comments behind values',
    fix: 'Move the comment to a line of its own',
    after: '# enough for the office',
  },
  {
    family: 'analytics',
    file: 'counter_analytics.txt',
    line: 11,
    column: 5,
    says: 'of the region "yard" cross',
    fix: 'Put the corners in order',
    after: 'roi-yard=',
  },
  {
    family: 'labels',
    file: 'counter_infer_cars.txt',
    line: 10,
    column: 5,
    says: 'cars_labels.txt has 3 labels',
    fix: 'Change num-detected-classes to 3',
    after: 'num-detected-classes=3',
  },
];

for (const kind of newest) {
  describe(`DeepStream configurations in VS Code (${kind})`, { concurrency: false }, () => {
    let editor: Editor;
    let workbench: Workbench;
    let open = '';

    before(async () => {
      editor = await startEditor(kind, import.meta.dirname, {}, project);
      workbench = await editor.open('counter_app.txt');
      open = 'counter_app.txt';
    });
    after(() => editor?.close());

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

    const show = async (file: string) => {
      if (open !== file) await workbench.openFile(file);
      open = file;
    };

    step('a text file that is a configuration becomes one', () =>
      workbench.status('DeepStream Configuration').waitFor(),
    );

    step('mistakes of all files are listed', async () => {
      for (const { says } of mistakes) await workbench.problem(says);
    });

    for (const { family, file, line, column, says, fix, after: mended } of mistakes) {
      step(`${family}, mended`, async () => {
        await show(file);
        await workbench.problem(says);
        const titles = await workbench.quickFixes(line, column);
        assert.ok(
          titles.some((title) => title.includes(fix)),
          titles.join('; '),
        );
        await workbench.takeFix(fix);
        await until(async () => (await workbench.lines()).some((text) => text.startsWith(mended)));
        await workbench.problemGone(says);
      });
    }

    step('a change in one file is seen in another', async () => {
      await show('counter_infer_cars.txt');
      // The muxer gives batches of two by now; the fix makes the inference take one.
      await workbench.quickFixes(6, 25);
      await workbench.takeFix('Change batch-size to 1');
      await workbench.problem('batch-size of the inference is 1');
    });
  });
}
