import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { Explainer, type Explanation } from '../../../client/src/remote/causes/explain.ts';
import { loadCauses } from '../../../client/src/remote/causes/table.ts';
import { LogReader } from '../../../client/src/remote/streams/index.ts';
import { rules } from '../../../server/src/rules/index.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'schemas/causes');
const table = loadCauses(folder);

interface Written {
  readonly id: string;
  readonly pattern: string;
  readonly meaning: string;
  readonly cause: string;
  readonly fix: string;
  readonly example: string;
  readonly rules?: readonly string[];
}

const files = readdirSync(folder).map((name) => ({
  name,
  content: JSON.parse(readFileSync(join(folder, name), 'utf8')) as { topic: string; causes: readonly Written[] },
}));
const causes = files.flatMap(({ content }) => content.causes);

describe('the tables of causes', () => {
  test('have the form of their schema, and a file for each topic', () => {
    const check = new Ajv({ allErrors: true }).compile(
      JSON.parse(readFileSync(join(root, 'schemas/meta/cause.schema.json'), 'utf8')),
    );
    for (const { name, content } of files) {
      assert.ok(check(content), `${name}: ${JSON.stringify(check.errors)}`);
      assert.equal(`${content.topic}.json`, name);
    }
    const ids = causes.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'each id once');
  });

  test('know their own examples, each by its own cause', () => {
    for (const { id, example } of causes) assert.equal(table.recognise(example)?.cause.id, id, example);
  });

  test('find by their index what trying every pattern finds', () => {
    for (const { id, pattern, example } of causes) {
      assert.match(example, new RegExp(pattern), id);
      for (const one of [example.slice(0, -1), example.slice(1), `x ${example}`, example.toUpperCase()]) {
        const tried = causes.some((other) => new RegExp(other.pattern).test(one));
        assert.equal(table.recognise(one) !== undefined, tried, one);
      }
    }
  });

  test('speak only of words that the message has, and of rules that exist', () => {
    const known = new Set(rules.map((rule) => rule.id));
    for (const { id, pattern, meaning, cause, fix, rules: named = [] } of causes) {
      for (const [, word] of `${meaning} ${cause} ${fix}`.matchAll(/\{(\w+)\}/g)) {
        assert.ok(pattern.includes(`(?<${word}>`), `${id}: {${word}}`);
      }
      for (const rule of named) assert.ok(known.has(rule), `${id}: ${rule}`);
    }
  });

  test('say nothing of what is well', () => {
    for (const line of [
      'Setting pipeline to PAUSED ...',
      'Got EOS from element "pipeline0".',
      '',
      'Pipeline is PREROLLED ...',
    ])
      assert.equal(table.recognise(line), undefined, line);
  });
});

const explained = (...lines: string[]): Explanation[] => {
  const reader = new LogReader();
  const explainer = new Explainer(table);
  return [...lines.flatMap((line, i) => explainer.take(reader.read(line), i)), ...explainer.finish()];
};

describe('what a run says', () => {
  test('is explained by the line that tells most', () => {
    const [one, ...more] = explained(
      'Setting pipeline to PAUSED ...',
      'ERROR: from element /GstPipeline:pipeline0/GstBin:box/GstFileSrc:in: Resource not found.',
      'Additional debug info:',
      'gstfilesrc.c(500): gst_file_src_start (): /GstPipeline:pipeline0/GstBin:box/GstFileSrc:in:',
      'No such file "a.mp4"',
      'Setting pipeline to NULL ...',
    );
    assert.deepEqual(more, []);
    assert.equal(one?.cause?.id, 'no-such-file');
    assert.equal(one?.meaning, 'There is no file “a.mp4” on this machine.');
    assert.deepEqual(one?.clues.path, ['pipeline0', 'box', 'in']);
    assert.deepEqual(one?.clues.words, { element: 'in', file: 'a.mp4' });
    assert.equal(one?.line, 1);
  });

  test('is told once, whether the bus or GST_DEBUG tells it', () => {
    const debug =
      '0:00:00.100000000 1 0x1 WARN basesrc gstbasesrc.c:3132:gst_base_src_loop:<in> error: streaming stopped, reason not-negotiated (-4)';
    const all = explained(
      debug,
      debug,
      'ERROR: from element /GstPipeline:pipeline0/GstFileSrc:in: Internal data stream error.',
      'Additional debug info:',
      'gstbasesrc.c(3132): gst_base_src_loop (): /GstPipeline:pipeline0/GstFileSrc:in:',
      'streaming stopped, reason not-negotiated (-4)',
    );
    assert.deepEqual(
      all.map(({ cause, clues }) => [cause?.id, clues.path]),
      [['not-negotiated', ['pipeline0', 'in']]],
    );
    assert.deepEqual(
      explained(debug, debug).map(({ cause }) => cause?.id),
      ['not-negotiated'],
      'also where the program does not print it',
    );
  });

  test('is one where GST_DEBUG tells text and reason in two lines', () => {
    const line = (text: string) =>
      `0:00:00.100000000 1 0x1 WARN default grammar.y:853:gst_parse_no_more_pads:<d> warning: ${text}`;
    const all = explained(
      line('Delayed linking failed.'),
      line('failed delayed linking some pad of GstQTDemux named d to some pad of GstH264Parse named p'),
    );
    assert.deepEqual(
      all.map(({ cause, clues }) => [cause?.id, clues.words.to]),
      [['delayed-link', 'p']],
    );
  });

  test('is one though GST_DEBUG of another thread is written between its lines', () => {
    const other = '0:00:00.100000000 1 0x1 WARN multiqueue gstmultiqueue.c:1:gst_multi_queue_loop:<mq> something else';
    const all = explained(
      'ERROR: from element /GstPipeline:pipeline0/GstFileSrc:in: Resource not found.',
      other,
      'Additional debug info:',
      other,
      'gstfilesrc.c(500): gst_file_src_start (): /GstPipeline:pipeline0/GstFileSrc:in:',
      other,
      'No such file "a.mp4"',
    );
    assert.deepEqual(
      all.map(({ cause }) => cause?.id),
      ['no-such-file'],
    );
  });

  test('keeps the caps that were not taken', () => {
    const [one] = explained(
      '0:00:00.100000000 1 0x1 WARN GST_CAPS gstpad.c:5787:pre_eventfunc_check:<enc:sink> caps video/x-raw, format=(string)RGB not accepted',
      'ERROR: from element /GstPipeline:pipeline0/GstVideoTestSrc:t: Internal data stream error.',
      'Additional debug info:',
      'gstbasesrc.c(3132): gst_base_src_loop (): /GstPipeline:pipeline0/GstVideoTestSrc:t:',
      'streaming stopped, reason not-negotiated (-4)',
    );
    assert.deepEqual(one?.clues.refused, { pad: 'enc:sink', caps: 'video/x-raw, format=(string)RGB' });
  });

  test('that no table has is still an error of its element', () => {
    const [one] = explained('ERROR: from element /GstPipeline:pipeline0/GstThing:thing0: Something new.');
    assert.equal(one?.cause, undefined);
    assert.equal(one?.severity, 'error');
    assert.deepEqual(one?.clues.words, { element: 'thing0' });
  });

  test('a consequence gives way to the reason beside it, and GST_DEBUG below WARN is no failure', () => {
    assert.deepEqual(
      explained(
        'ERROR from cam: Internal data stream error.',
        'Debug info: gstrtspsrc.c(1): loop (): /GstPipeline:p/GstRTSPSrc:cam:',
        'streaming stopped, reason not-linked (-1)',
      ).map(({ cause }) => cause?.id),
      ['not-linked'],
    );
    assert.deepEqual(
      explained(
        '0:00:00.100000000 1 0x1 INFO x x.c:1:f:<a> no element "thing" tried, streaming stopped, reason error (-5)',
      ),
      [],
    );
  });
});
