import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { diskFiles, loadTable } from '../../../server/src/disk.ts';
import { analyze } from '../../../server/src/workspace/analyze.ts';
import { makeTargets } from '../../../server/src/workspace/targets.ts';
import { readSnippet } from '../../support/snippets.ts';

const folder = join(import.meta.dirname, '../../../snippets');
const targets = makeTargets(loadTable);

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
  readonly scope?: string;
}

const languageIds: Readonly<Record<string, string>> = {
  'launch.json': 'gst-launch',
  'shell.json': 'shellscript',
  'python.json': 'python',
  'config.json': 'deepstream-config',
  'systemd.code-snippets': 'systemd-unit-file',
};

/** Groups that are put into an application. */
const PART_OF_APPLICATION = /^(?:source-|sink-|tracker$|secondary-gie$|analytics-group$)/;

const APPLICATION = '[application]\n\n[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=pgie.txt\n\n';

describe('what a snippet writes is right', () => {
  for (const name of readdirSync(folder)) {
    const snippets: Record<string, Snippet> = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const [title, { body, prefix }] of Object.entries(snippets)) {
      test(`${name}: ${title}`, () => {
        // An Orin Nano has no hardware encoder, and the snippet that is for it says so.
        const target = targets.named([prefix.endsWith('-software') ? 'orin-nano-8gb' : 'agx-orin-64gb']);
        assert.ok(target);
        const { text: own, stops } = readSnippet(`${body.join('\n')}\n`);
        const text = PART_OF_APPLICATION.test(prefix) ? APPLICATION + own : own;
        assert.ok(stops.length > 0, 'nothing of it can be filled in');
        const { findings, readings } = analyze(
          { uri: 'file:///snippet', version: 1, languageId: languageIds[name]!, text },
          // Where the files it names would be is not known here.
          {
            files: { ...diskFiles, exists: () => true },
            target,
            targetNamed: () => undefined,
            severities: {},
            log: assert.fail,
          },
        );
        assert.equal(readings.length, 1, text);
        assert.deepEqual(
          findings.map(({ rule, message }) => `${rule}: ${message}`),
          [],
          text,
        );
      });
    }
  }
});

describe('snippets can be told apart', () => {
  for (const name of readdirSync(folder)) {
    test(name, () => {
      const snippets = Object.values(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, Snippet>);
      const prefixes = snippets.map(({ prefix }) => prefix);
      assert.equal(new Set(prefixes).size, prefixes.length);
      for (const { description } of snippets) assert.match(description, /\.$/);
    });
  }
});

describe('tab stops', () => {
  test('are read with their texts, the first of a choice, and again where the number comes back', () => {
    assert.deepEqual(readSnippet('a=${1:x} b=${2|y,z|} c=$1 \\$HOME $0'), {
      text: 'a=x b=y c=x $HOME ',
      stops: [1, 2],
    });
  });
  for (const [body, wrong] of [
    ['${1:a} ${1:b}', /place 1 is "a" and "b"/],
    ['${1:a} ${3:b}', /place 2 is left out/],
    ['$HOME', /begins no tab stop/],
    ['${1:a', /begins no tab stop/],
    ['$1', /no text/],
  ] as const) {
    test(`are refused: ${body}`, () => assert.throws(() => readSnippet(body), wrong));
  }
});
