/**
 * A reporter for node:test that is quiet about what passes: one line a file, the whole story of what failed.
 * Leaves the counts, of all and of each file, in the file named by TEST_COUNTS, for scripts/test.mjs to add up.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';

export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const files = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      yield data.message;
      continue;
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A suite is told through its tests, unless something outside of them failed.
    const own = data.details?.error?.failureType !== 'subtestsFailed';
    if (data.details?.type === 'suite' && (type === 'test:pass' || !own)) continue;
    if (type === 'test:fail' && !own) continue;
    const verdict = data.skip !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    counts[verdict]++;
    const file = data.file ? relative(process.cwd(), data.file) : data.name;
    const row = files.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
    row[verdict]++;
    files.set(file, row);
    if (verdict === 'failed') yield `\n✗ ${file}: ${data.name}\n${indent(story(data.details?.error))}\n`;
    if (verdict === 'skipped') yield `- skipped ${file}: ${data.name}\n`;
  }
  for (const [file, row] of files) {
    yield `  ${row.failed > 0 ? '✗' : '✓'} ${file} (${row.passed}${row.failed > 0 ? `, ${row.failed} failed` : ''})\n`;
  }
  if (process.env.TEST_COUNTS) {
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify({ ...counts, files: Object.fromEntries(files) }));
  }
}

function story(error) {
  const cause = error?.cause ?? error;
  return cause instanceof Error
    ? (cause.stack ?? cause.message).replace(/\n +at [^\n]*\bnode:[^\n]*/g, '')
    : typeof cause === 'string'
      ? cause
      : inspect(cause);
}

const indent = (text) => text.replace(/^/gm, '    ');
