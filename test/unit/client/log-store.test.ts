import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { everything, type LogFilter, readFilter } from '../../../client/src/remote/log-filter.ts';
import { LogStore } from '../../../client/src/remote/log-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (text: string, at = 1) => ({ text, from: 'err' as const, at });
const debug = (level: string, category: string, object: string, message: string): string =>
  `0:00:01.000000000  1 0x1 ${level} ${category} file.c:1:func:<${object}> ${message}`;
const filter = (source: string): LogFilter => {
  const read = readFilter(source);
  if ('problem' in read) assert.fail(read.problem);
  return read;
};

const sample = [
  debug('WARN', 'nvinfer', 'gie', 'slow batch'),
  debug('INFO', 'GST_CAPS', 'dec:src', 'caps video/x-raw'),
  'ERROR: from element /GstPipeline:p/GstFileSrc:src: Resource not found.',
  'Additional debug info:',
  'file.c(1): start (): /GstPipeline:p/GstFileSrc:src:',
  'No such file "a b.mp4"',
  'Pipeline is live and does not need PREROLL ...',
];

describe('the lines of a run', () => {
  test('come back as they came, with what they are', () => {
    const store = new LogStore(join(folder, 'run'));
    store.append(sample.map((text, i) => line(text, 100 + i)));
    const rows = store.rows(0, 100);
    assert.deepEqual(
      rows.map(({ text, at, number }) => [text, at, number]),
      sample.map((text, i) => [text, 100 + i, i]),
    );
    assert.equal(rows[0]!.debug?.message, 'slow batch');
    assert.equal(rows[0]!.category, 'nvinfer');
    assert.equal(rows[1]!.element, 'dec');
    assert.equal(rows[2]!.from, 'err');
    assert.equal(store.count('error'), 1);
    assert.deepEqual(
      store.categories().map(({ name }) => name),
      ['nvinfer', 'GST_CAPS'],
    );
    store.dispose();
    assert.ok(!existsSync(join(folder, 'run')));
  });

  test('are let go from the oldest on, and how many is told', () => {
    const store = new LogStore(folder, { lines: 150_000 });
    const view = store.view(filter('kind:state'));
    for (let start = 0; start < 400_000; start += 1_000) {
      store.append(
        Array.from({ length: 1_000 }, (_, i) =>
          line((start + i) % 1_000 === 0 ? 'Pipeline is live' : `n ${start + i}`),
        ),
      );
    }
    assert.equal(store.end, 400_000);
    assert.ok(store.first > 250_000 && store.first < 400_000, `${store.first}`);
    assert.equal(store.rows(store.first, 1)[0]!.number, store.first);
    assert.equal(store.rows(399_999, 5)[0]!.text, 'n 399999');
    assert.deepEqual(store.rows(0, 10), [], 'gone');
    assert.ok(view.numberAt(0)! >= store.first);
    assert.equal(view.length, view.rows(0, 1_000).length);
    assert.equal(view.numberAt(view.length - 1), 399_000);
    store.dispose();
  });

  test('are saved whole, opened again, and a failed save leaves nothing', async () => {
    const store = new LogStore(join(folder, 'a'));
    store.append(sample.map((text) => line(text)));
    await store.save(join(folder, 'saved.log'));
    assert.equal(readFileSync(join(folder, 'saved.log'), 'utf8'), `${sample.join('\n')}\n`);
    const view = store.view(filter('level:error'));
    await view.ready;
    await store.save(join(folder, 'errors.log'), view);
    assert.equal(readFileSync(join(folder, 'errors.log'), 'utf8'), `${sample.slice(2, 6).join('\n')}\n`);
    const again = new LogStore(join(folder, 'b'));
    await again.load(join(folder, 'saved.log'));
    assert.deepEqual(
      again.rows(0, 100).map(({ text }) => text),
      sample,
    );
    writeFileSync(join(folder, 'a-file'), '');
    await assert.rejects(store.save(join(folder, 'a-file', 'x.log')));
    await assert.rejects(again.load(join(folder, 'none.log')));
    store.dispose();
    again.dispose();
  });

  test('a disk that refuses is told, and nothing throws', () => {
    const store = new LogStore(join(folder, 'run'));
    rmSync(join(folder, 'run'), { recursive: true });
    store.append([line('one')]);
    assert.match(store.problem ?? '', /Lines are lost/);
    assert.equal(store.end, 1);
    assert.deepEqual(store.rows(0, 10), []);
    store.dispose();
  });

  test('tell listeners that more came', () => {
    const store = new LogStore(folder);
    let times = 0;
    const stop = store.onChange(() => times++);
    store.append([line('a')]);
    stop();
    store.append([line('b')]);
    assert.equal(times, 1);
    store.dispose();
  });
});

describe('a filter', () => {
  const passing = async (source: string): Promise<number[]> => {
    const store = new LogStore(join(folder, String(Math.random())));
    store.append(sample.slice(0, 3).map((text) => line(text)));
    const view = store.view(filter(source));
    await view.ready;
    store.append(sample.slice(3).map((text) => line(text)));
    const numbers = Array.from({ length: view.length }, (_, i) => view.numberAt(i)!);
    const fresh = store.view(filter(source));
    await fresh.ready;
    const later = Array.from({ length: fresh.length }, (_, i) => fresh.numberAt(i)!);
    assert.deepEqual(later, numbers, 'lines that were there and lines that come pass alike');
    store.dispose();
    return numbers;
  };

  test('by level takes what is as grave', async () => {
    assert.deepEqual(await passing('level:error'), [2, 3, 4, 5], 'an error keeps its explanation');
    assert.deepEqual(await passing('level:warning'), [0, 2, 3, 4, 5]);
    assert.deepEqual(await passing('level:info'), [0, 1, 2, 3, 4, 5, 6]);
  });

  test('by element, category, kind, with stars and alternatives', async () => {
    assert.deepEqual(await passing('element:dec'), [1]);
    assert.deepEqual(await passing('element:d*,gie'), [0, 1]);
    assert.deepEqual(await passing('category:gst_*'), [1]);
    assert.deepEqual(await passing('kind:state'), [6]);
    assert.deepEqual(await passing('-kind:debug'), [2, 3, 4, 5, 6]);
  });

  test('by text, quoted text, expression, and their contrary', async () => {
    assert.deepEqual(await passing('CAPS'), [1]);
    assert.deepEqual(await passing('"a b.mp4"'), [5]);
    assert.deepEqual(await passing('/live|slow/'), [0, 6]);
    assert.deepEqual(await passing('/LIVE/i'), [6]);
    assert.deepEqual(await passing('level:warning -slow'), [2, 3, 4, 5]);
  });

  test('that is wrong says so', () => {
    for (const source of ['level:loud', '/(/', '/[a/i']) assert.ok('problem' in readFilter(source), source);
    assert.equal(filter('').fields, everything.fields);
  });
});
