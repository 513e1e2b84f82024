import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { diskFiles, loadTable } from '../../../server/src/disk.ts';
import { analyze } from '../../../server/src/workspace/analyze.ts';
import { makeTargets } from '../../../server/src/workspace/targets.ts';

const folder = join(import.meta.dirname, '../../../snippets');
const targets = makeTargets(loadTable);

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const languageIds: Readonly<Record<string, string>> = {
  'launch.json': 'gst-launch',
  'shell.json': 'shellscript',
  'python.json': 'python',
  'config.json': 'deepstream-config',
};

/** The text with the defaults of its places: the first of a choice. */
const expand = (body: readonly string[]): string =>
  `${body
    .join('\n')
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')}\n`;

describe('what a snippet writes is right', () => {
  for (const name of readdirSync(folder)) {
    const snippets: Record<string, Snippet> = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const [title, { body, prefix }] of Object.entries(snippets)) {
      test(`${name}: ${title}`, () => {
        // An Orin Nano has no hardware encoder, and the snippet that is for it says so.
        const target = targets.named([prefix.endsWith('-software') ? 'orin-nano-8gb' : 'agx-orin-64gb']);
        assert.ok(target);
        const text = expand(body);
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
