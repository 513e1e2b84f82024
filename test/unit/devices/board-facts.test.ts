import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  alertsOf,
  askBoard,
  factsOf,
  l4tVersion,
  readBoard,
  targetWords,
} from '../../../client/src/devices/board-facts.ts';
import { readReleases } from '../../../client/src/devices/releases.ts';
import { localRunner } from '../../../client/src/remote/local.ts';

const releases = readReleases(readFileSync('schemas/releases.json', 'utf8'));
const board = (said: Record<string, string>) => ({ said, nodes: [] });
const release = (major: number, revision: string): string =>
  `# R${major} (release), REVISION: ${revision}, GCID: 1, BOARD: generic, EABI: aarch64`;

describe('what a board says', () => {
  it('is read line by line, and what is empty is missing', () => {
    const { said, nodes } = readBoard('model\tNVIDIA Orin NX Developer Kit \njetpack\t\nnoise\n@nodes\n');
    assert.deepEqual(said, { model: 'NVIDIA Orin NX Developer Kit' });
    assert.deepEqual(nodes, []);
  });

  it('is asked of this machine without an error', async () => {
    const runner = localRunner();
    const found = await askBoard(runner);
    await runner.dispose();
    assert.match(found.said.memory ?? '', /^\d+$/);
    assert.match(found.said.disk ?? '', /^\d+$/);
    const facts = factsOf(found);
    assert.ok(facts.some(({ id }) => id === 'memory'));
    assert.ok(facts.at(-1)?.parts?.some(({ id, value }) => id === 'deepstream' && value === undefined));
  });

  it('tells the release of Jetson Linux by the file or by the package', () => {
    assert.equal(l4tVersion({ l4t: release(36, '4.4') }), '36.4.4');
    assert.equal(l4tVersion({ core: '38.4.0-20251230160601' }), '38.4.0');
    assert.equal(l4tVersion({}), undefined);
  });

  it('warns of heat, a full disk, swapping and a missing group', () => {
    assert.deepEqual(alertsOf(board({ temperature: '50', disk: '9000000', swap: '0' })), []);
    assert.equal(alertsOf(board({ temperature: '86' })).length, 1);
    assert.match(alertsOf(board({ temperature: '91.5' }))[0]!, /Very hot/);
    assert.match(alertsOf(board({ disk: '1024' }))[0]!, /1 MiB/);
    assert.match(alertsOf(board({ swap: '500000' }))[0]!, /488 MiB/);
    assert.match(alertsOf(board({ model: 'x', user: 'me', groups: 'me adm' }))[0]!, /group video/);
    assert.deepEqual(alertsOf(board({ model: 'x', user: 'me', groups: 'me video' })), []);
  });
});

describe('the target that a board is', () => {
  const cases: readonly (readonly [string, Record<string, string>, string | undefined])[] = [
    [
      'by the part number, with all versions',
      {
        compatible: 'nvidia,p3768-0000+p3767-0003 nvidia,p3767-0003 nvidia,tegra234',
        memory: '7802000',
        l4t: release(36, '4.4'),
        deepstream: '7.1.0',
      },
      'orin-nano-8gb l4t-36.4.4 deepstream-7.1',
    ],
    [
      'super by its power modes',
      { compatible: 'nvidia,p3768-0000+p3767-0005', modes: '0=15W 1=25W 2=MAXN_SUPER' },
      'orin-nano-8gb-super',
    ],
    ['by name and memory', { model: 'NVIDIA Jetson AGX Orin Developer Kit', memory: '64348268' }, 'agx-orin-64gb'],
    ['the smaller one', { model: 'NVIDIA Jetson AGX Orin Developer Kit', memory: '31348268' }, 'agx-orin-32gb'],
    [
      'by the flashed specification',
      { model: 'NVIDIA Jetson AGX Thor Developer Kit', spec: '3834-0008-400-J.0-1-1' },
      'thor-t5000',
    ],
    [
      'a DeepStream that is not made for it is left out',
      { model: 'NVIDIA Orin NX Developer Kit', memory: '16000000', l4t: release(36, '4.3'), deepstream: '6.3.0' },
      'orin-nx-16gb l4t-36.4.3',
    ],
    [
      'a release that is newer than the table is taken as its minor version',
      { model: 'NVIDIA Orin NX Developer Kit', memory: '16000000', l4t: release(36, '4.99'), deepstream: '7.1.0' },
      'orin-nx-16gb l4t-36.4 deepstream-7.1',
    ],
    ['a PC by its GStreamer', { gstreamer: '1.22.0', memory: '16000000' }, 'pc gstreamer-1.22'],
    ['nothing is known', {}, undefined],
  ];
  for (const [what, said, expected] of cases) {
    it(what, () => assert.equal(targetWords(board(said), releases), expected));
  }
});
