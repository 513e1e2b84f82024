import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addShape,
  movePoints,
  readAnalytics,
  removeShape,
  type TextChange,
} from '../../../client/src/views/analytics-file.ts';

const FILE = `# Yard
[property]
enable=1
config-width=1280
config-height=720

[roi-filtering-stream-0]
enable=1
roi-door = 10;20;110;20;110;220;  # never this way
inverse-roi=0

[line-crossing-stream-1]
enable=0
line-crossing-out=640;300;640;420;400;360;880;360;
class-id=0
`;

const changed = (text: string, change: TextChange | undefined): string => {
  assert.ok(change);
  return text.slice(0, change.start) + change.text + text.slice(change.end);
};

describe('an analytics file', () => {
  it('is read: frame, shapes, streams, what is not enabled', () => {
    const clean = FILE.replace('  # never this way', '');
    const read = readAnalytics(clean);
    assert.equal(read?.width, 1280);
    assert.deepEqual(
      read?.shapes.map(({ kind, label, stream, enabled }) => ({ kind, label, stream, enabled })),
      [
        { kind: 'region', label: 'door', stream: 0, enabled: true },
        { kind: 'line', label: 'out', stream: 1, enabled: false },
      ],
    );
    assert.deepEqual(read?.shapes[0]?.points[2], { x: 110, y: 220 });
  });

  it('that is none is none', () => {
    assert.equal(readAnalytics('[application]\nenable-perf-measurement=1\n'), undefined);
    assert.equal(readAnalytics(''), undefined);
    assert.equal(readAnalytics('[property]\nconfig-width=640\n')?.width, 640);
  });

  it('has values that are no points, which are no shapes', () => {
    const text = FILE.replace('10;20;110;20;110;220;  # never this way', '10;x;110');
    assert.deepEqual(
      readAnalytics(text)?.shapes.map(({ key }) => key),
      ['line-crossing-out'],
    );
  });

  it('changes in the numbers of one key alone, and keeps what ends them', () => {
    const points = [1, 2, 3, 4].map((n) => ({ x: n * 10.4, y: n }));
    const after = changed(FILE, movePoints(FILE, 'line-crossing-stream-1', 'line-crossing-out', points));
    assert.equal(after, FILE.replace('640;300;640;420;400;360;880;360;', '10;1;21;2;31;3;42;4;'));
    assert.equal(movePoints(FILE, 'line-crossing-stream-1', 'line-crossing-in', points), undefined);
  });

  it('keeps the line ends it has', () => {
    const text = FILE.replaceAll('\n', '\r\n');
    const added = changed(text, addShape(text, 'line', 1, [{ x: 1, y: 2 }]));
    assert.ok(added.includes('class-id=0\r\nline-crossing-1=1;2\r\n'));
    assert.ok(!/[^\r]\n/.test(added));
  });

  it('gives a shape and takes it back', () => {
    const points = [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ];
    for (const kind of ['region', 'crowd', 'line', 'direction'] as const) {
      const added = changed(FILE, addShape(FILE, kind, 3, points));
      const shape = readAnalytics(added)?.shapes.find((one) => one.kind === kind && one.stream === 3);
      assert.deepEqual(shape?.points, points, kind);
      const section = shape!.section;
      const removed = changed(added, removeShape(added, section, shape!.key));
      assert.ok(!removed.includes(shape!.key), kind);
      assert.ok(removed.startsWith(FILE));
    }
  });

  it('is YAML as well', () => {
    const yaml =
      'property:\n  config-width: 640\n  config-height: 480\nroi-filtering-stream-0:\n  roi-a: 1;2;3;4;5;6\n';
    const points = [{ x: 9, y: 8 }];
    const moved = changed(yaml, movePoints(yaml, 'roi-filtering-stream-0', 'roi-a', points));
    assert.equal(moved, yaml.replace('1;2;3;4;5;6', '9;8'));
    assert.ok(changed(yaml, addShape(yaml, 'region', 0, points)).endsWith('  roi-1: 9;8\n'));
  });
});
