import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyze, type World } from '../../../server/src/workspace/analyze.ts';
import type { Files } from '../../../server/src/workspace/files.ts';
import { Project } from '../../../server/src/workspace/project.ts';
import { Store } from '../../../server/src/workspace/store.ts';
import { memoryFiles } from '../../support/files.ts';
import { documentOf, testWorld } from '../../support/world.ts';

const app = `[streammux]
batch-size=2
width=1280
height=720

[primary-gie]
enable=1
gie-unique-id=1
config-file=infer.txt

[osd]
enable=1
`;
const infer = '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\nbatch-size=1\n';

const worldOf = (texts: Readonly<Record<string, string>>, more: Partial<World> = {}): World => ({
  ...testWorld('', texts),
  project: new Project(),
  ...more,
});
const rulesFound = (analysis: { findings: readonly { rule: string }[] } | undefined): string[] =>
  (analysis?.findings ?? []).map(({ rule }) => rule);

describe('files of a project', () => {
  it('are looked at where a rule asks for them, and told with the findings', () => {
    const analysis = analyze(documentOf(app, '', '/project/app.txt'), worldOf({ '/project/infer.txt': infer }));
    assert.deepEqual(rulesFound(analysis), ['infer-batch-size']);
    assert.ok(analysis.asked.has('/project/infer.txt'));
  });

  it('are read only where they are named', () => {
    const read: string[] = [];
    const inner = memoryFiles({ '/project/infer.txt': infer, '/project/secret.txt': 'a', '/etc/passwd': 'b' });
    const files: Files = {
      ...inner,
      read(path) {
        read.push(path);
        return inner.read(path);
      },
    };
    analyze(documentOf(app, '', '/project/app.txt'), worldOf({}, { files }));
    assert.deepEqual([...new Set(read)], ['/project/infer.txt']);
    assert.equal(read.length, 1, 'once for an analysis');
  });

  it('may name one another in a circle', () => {
    const one = app.replace('infer.txt', 'two.txt');
    const texts = { '/project/one.txt': one, '/project/two.txt': app.replace('infer.txt', 'one.txt') };
    assert.doesNotThrow(() => analyze(documentOf(one, '', '/project/one.txt'), worldOf(texts)));
  });

  it('may be gone, binary or too large', () => {
    for (const text of ['\0\0', '['.repeat(5_000_000), '']) {
      const found = analyze(documentOf(app, '', '/project/app.txt'), worldOf({ '/project/infer.txt': text }));
      assert.deepEqual(rulesFound(found), []);
    }
    assert.doesNotThrow(() => analyze(documentOf(app, '', '/project/app.txt'), worldOf({})));
  });

  it('are not looked for beside a text that is not saved', () => {
    const unsaved = { ...documentOf(app, 'deepstream-config'), uri: 'untitled:one' };
    assert.deepEqual(rulesFound(analyze(unsaved, worldOf({ '/infer.txt': infer, '/project/infer.txt': infer }))), []);
  });

  it('are of the format that the file which names them expects', () => {
    const world = worldOf({});
    const text = '[message-broker]\nshare-connection=1\n';
    const sink = `[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=6\nmsg-broker-proto-lib=a.so\nmsg-broker-config=broker.conf.txt\nmsg-broker-conn-str=a;1\n`;
    analyze(documentOf(sink, '', '/project/app.txt'), world);
    assert.equal(world.project?.expectedFormat('/project/broker.conf.txt'), 'nvmsgbroker-other');
    assert.deepEqual(world.project?.takeChanged(), ['/project/broker.conf.txt']);
    const [reading] = analyze(documentOf(text, '', '/project/broker.conf.txt'), world).readings;
    assert.ok(reading?.kind === 'config' && reading.config.format);
    analyze(documentOf('[osd]\nenable=1\n', '', '/project/app.txt'), world);
    assert.equal(world.project?.expectedFormat('/project/broker.conf.txt'), undefined);
  });

  it('are named by pipelines too', () => {
    const world = worldOf({});
    analyze(documentOf('gst-launch-1.0 nvinfer config-file-path=model/a.txt ! fakesink', '', '/project/run.sh'), world);
    assert.equal(world.project?.expectedFormat('/project/model/a.txt'), 'nvinfer');
  });
});

describe('a change in one open file', () => {
  it('makes the findings of those that name it anew, and no others', () => {
    const texts: Record<string, string> = { '/project/infer.txt': infer };
    const store = new Store(worldOf({}, { files: { ...memoryFiles({}), read: (path) => texts[path] } }));
    const open = documentOf(app, '', '/project/app.txt');
    const other = documentOf('[osd]\nenable=1\n', '', '/project/other.txt');
    store.update(open);
    store.update(other);
    assert.deepEqual(rulesFound(store.analysis(open.uri)), ['infer-batch-size']);
    const before = store.analysis(other.uri);
    const path = '/project/infer.txt';
    texts[path] = infer.replace('batch-size=1', 'batch-size=2');
    assert.deepEqual(store.dependants(path), [open.uri]);
    store.update(documentOf(texts[path], '', path));
    assert.deepEqual(rulesFound(store.analysis(open.uri)), []);
    assert.equal(store.analysis(other.uri), before);
  });
});
