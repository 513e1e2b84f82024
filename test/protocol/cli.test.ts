/** The bundled command line as people and scripts run it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
// @ts-expect-error: the build is plain JavaScript.
import { bundle } from '../../esbuild.mjs';

const program = join(import.meta.dirname, '../../dist/gst-lint.cjs');
const folder = mkdtempSync(join(tmpdir(), 'gst-lint-cli-'));

before(() => bundle({ only: ['dist/gst-lint.cjs'] }));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(words: readonly string[], input?: string | Buffer): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    input: input ?? '',
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const BAD = '#!/bin/sh\ngst-launch-1.0 videotestsrc ! videoconvrt ! fakesink\n';
const GOOD = '#!/bin/sh\ngst-launch-1.0 videotestsrc ! videoconvert ! fakesink\n';

describe('exit status', () => {
  it('is 0 where nothing is found', () => {
    put('status/good.sh', GOOD);
    assert.deepEqual(run(['status/good.sh']), { status: 0, stdout: '', stderr: '' });
  });

  it('is 1 where something is found, and the text has the line and carets', () => {
    put('status/bad.sh', BAD);
    const { status, stdout } = run(['status/bad.sh']);
    assert.equal(status, 1);
    assert.match(stdout, /^status\/bad\.sh:2:31: error\[unknown-element\] /);
    assert.match(stdout, /\n2 \| gst-launch-1\.0 videotestsrc ! videoconvrt ! fakesink\n {2}\| {31}\^{11}\n/);
  });

  for (const [what, words] of [
    ['nothing to check', []],
    ['an unknown option', ['--nope', '.']],
    ['an unknown format', ['--format', 'xml', '.']],
    ['an unknown target', ['--target', 'toaster', '.']],
    ['a missing file', ['missing.sh']],
    ['standard input without a language', ['--stdin']],
    ['a dump of nothing', ['dump', 'tree']],
  ] as const) {
    it(`is 2 for ${what}, with a line on standard error`, () => {
      const { status, stdout, stderr } = run(words);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^gst-lint: .+\n$/);
    });
  }

  it('is 2 where one file is missing, and the others are told all the same', () => {
    put('status/bad.sh', BAD);
    const { status, stdout } = run(['status/bad.sh', 'missing.sh']);
    assert.equal(status, 2);
    assert.match(stdout, /unknown-element/);
  });

  it('is 0 where only what is less grave than wanted is found', () => {
    put('status/comment.sh', '# gst-launch-1.0 videotestsrc ! videoconvrt ! fakesink\n');
    assert.equal(run(['status/comment.sh']).status, 1);
    assert.equal(run(['--severity', 'warning', 'status/comment.sh']).status, 0);
  });
});

describe('folders', () => {
  it('are searched without what git ignores, and a named file is read all the same', () => {
    put('search/.git/HEAD', '');
    put('search/.gitignore', 'build/\n');
    put('search/a.sh', BAD);
    put('search/build/b.sh', BAD);
    assert.match(run(['search']).stdout, /^search\/a\.sh/);
    assert.doesNotMatch(run(['search']).stdout, /build/);
    assert.match(run(['search/build/b.sh']).stdout, /^search\/build\/b\.sh/);
  });

  it('may hold anything', () => {
    put('odd/binary.sh', Buffer.from([0x7f, 0x45, 0, 1, 2]));
    put('odd/latin1.sh', Buffer.from('gst-launch-1.0 videotestsrc ! videoconvrt ! fakesink # \xe9\n', 'latin1'));
    put('odd/empty.py', '');
    put('odd/utf16.sh', Buffer.from(`\ufeff${BAD}`, 'utf16le'));
    symlinkSync('..', join(folder, 'odd/loop'));
    const { status, stdout, stderr } = run(['odd']);
    assert.equal(status, 1);
    assert.equal(stderr, '');
    assert.match(stdout, /odd\/latin1\.sh:1:31/);
    assert.match(stdout, /odd\/utf16\.sh:2:31/);
  });

  it('say which files are too large', () => {
    put('large/huge.sh', Buffer.alloc(5 * 1024 * 1024, 'x\n'));
    const { status, stderr } = run(['large']);
    assert.equal(status, 0);
    assert.match(stderr, /large\/huge\.sh has 5 MiB/);
    assert.equal(run(['large/huge.sh']).status, 2);
  });
});

describe('--fix', () => {
  it('mends the file, and keeps mode, byte order mark, line ends and links', () => {
    const path = put('fix/bad.sh', `\ufeff${BAD.replaceAll('\n', '\r\n')}`);
    chmodSync(path, 0o750);
    symlinkSync('bad.sh', join(folder, 'fix/link.sh'));
    const { status, stderr } = run(['--fix', 'fix/link.sh']);
    assert.equal(status, 0);
    assert.match(stderr, /1 fix made/);
    assert.equal(readFileSync(path, 'utf8'), `\ufeff${GOOD.replaceAll('\n', '\r\n')}`);
    assert.equal(statSync(path).mode & 0o777, 0o750);
  });

  it('does not write files that are not in UTF-8', () => {
    const bytes = Buffer.from('gst-launch-1.0 videotestsrc ! videoconvrt ! fakesink # \xe9\n', 'latin1');
    const path = put('fix/latin1.sh', bytes);
    const { status, stderr } = run(['--fix', 'fix/latin1.sh']);
    assert.equal(status, 2);
    assert.match(stderr, /not in UTF-8/);
    assert.deepEqual(readFileSync(path), bytes);
  });

  it('prints the mended text of standard input', () => {
    const { status, stdout } = run(['--fix', '--stdin', '--language', 'shellscript'], BAD);
    assert.equal(status, 0);
    assert.equal(stdout, GOOD);
  });
});

describe('reports', () => {
  const report = (format: string): Outcome => run(['--format', format, '--stdin', '--stdin-path', 'a b/c.sh'], BAD);

  it('json has places as offsets and as lines', () => {
    const { files } = JSON.parse(report('json').stdout);
    assert.equal(files[0].path, 'a b/c.sh');
    const [finding] = files[0].findings;
    assert.deepEqual(finding.start, { line: 2, column: 31 });
    assert.equal(finding.text, 'videoconvrt');
    assert.equal(BAD.slice(finding.span.start, finding.span.end), 'videoconvrt');
    assert.deepEqual(finding.fixes[0].edits[0].text, 'videoconvert');
  });

  it('sarif names the rule, the place and the fix', () => {
    const [{ tool, results }] = JSON.parse(report('sarif').stdout).runs;
    const [result] = results;
    assert.equal(tool.driver.rules[result.ruleIndex].id, 'unknown-element');
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    assert.equal(artifactLocation.uri, 'a%20b/c.sh');
    assert.deepEqual(region, { startLine: 2, startColumn: 31, endLine: 2, endColumn: 42 });
    assert.equal(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text, 'videoconvert');
  });

  it('github is one command a finding', () => {
    assert.match(
      report('github').stdout,
      /^::error file=a b\/c\.sh,line=2,endLine=2,col=31,endColumn=41,title=unknown-element::[^\n]+\n$/,
    );
  });
});

describe('lines', () => {
  const ask = (...requests: readonly unknown[]): { [key: string]: unknown }[] => {
    const input = requests.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
    return run(['lines'], `${input}\n`)
      .stdout.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('answer in order, each with its id', () => {
    const [first, second] = ask(
      { id: 'a', text: 'videotestsrc name=s ! queue ! fakesink', want: ['model'] },
      { id: { deep: 2 }, text: BAD, language: 'shellscript', want: ['excerpts', 'findings'] },
    );
    assert.deepEqual(first, {
      id: 'a',
      model: {
        elements: [
          { factory: 'videotestsrc', name: 's' },
          { factory: 'queue', name: 'queue0' },
          { factory: 'fakesink', name: 'fakesink0' },
        ],
        links: [
          ['s', 'src', 'queue0', 'sink'],
          ['queue0', 'src', 'fakesink0', 'sink'],
        ],
      },
    });
    assert.deepEqual(second!.id, { deep: 2 });
    const [excerpt] = second!.excerpts as { pipeline: string; span: { start: number } }[];
    assert.equal(excerpt!.pipeline, 'videotestsrc ! videoconvrt ! fakesink ');
    assert.equal(excerpt!.span.start, BAD.indexOf('gst-launch'));
    const [finding] = second!.findings as { rule: string; text: string }[];
    assert.deepEqual([finding!.rule, finding!.text], ['unknown-element', 'videoconvrt']);
  });

  it('take gst-launch without a path as one pipeline, and with one as a file', () => {
    const text = '# one\nvideotestsrc ! fakesink\n\nvideotestsrc ! fakesink\n';
    const [bare, file] = ask(
      { text, language: 'gst-launch' },
      { text, language: 'gst-launch', path: 'two.gst', want: ['excerpts', 'findings'] },
    );
    assert.equal((bare!.excerpts as unknown[]).length, 1);
    assert.ok((bare!.findings as { rule: string }[]).some(({ rule }) => rule.startsWith('syntax')));
    assert.equal((file!.excerpts as unknown[]).length, 2);
    assert.deepEqual(file!.findings, []);
  });

  it('answer what cannot be answered with an error, and go on', () => {
    const answers = ask(
      '{',
      '[]',
      { id: 1 },
      { id: 2, text: '', target: 'toaster' },
      { id: 3, text: '', want: ['all'] },
      {
        id: 4,
        text: '',
      },
    );
    assert.deepEqual(
      answers.map(({ id, error }) => [id, typeof error]),
      [
        [null, 'string'],
        [null, 'string'],
        [1, 'string'],
        [2, 'string'],
        [3, 'string'],
        [4, 'undefined'],
      ],
    );
  });
});

describe('what the program knows', () => {
  it('is listed', () => {
    assert.match(run(['targets']).stdout, /^orin-nano-8gb +/m);
    assert.match(run(['rules']).stdout, /^unknown-element +/m);
    assert.match(run(['--help']).stdout, /--target WORDS/);
    assert.match(run(['--version']).stdout, /^gst-lint \d/);
  });

  it('is dumped', () => {
    put('dump/good.sh', GOOD);
    assert.match(run(['dump', 'tree', 'dump/good.sh']).stdout, /element 0-12 videotestsrc/);
    assert.match(
      run(['dump', 'model', 'dump/good.sh']).stdout,
      /link videotestsrc0\.src → videoconvert0\.sink: agreed/,
    );
  });
});

describe('hostile input', () => {
  for (const [what, text] of [
    ['a pipeline of 100,000 elements', `${'queue ! '.repeat(100_000)}fakesink`],
    ['10,000 nested parentheses', `${'( '.repeat(10_000)}fakesink${' )'.repeat(10_000)}`],
    ['100,000 backslashes', `fakesink name=${'\\'.repeat(100_000)}`],
    ['a long run of blanks and dots', `${'. '.repeat(50_000)}!`],
    ['half a million quotes', '"'.repeat(500_000)],
  ] as const) {
    it(`${what} is answered in bounded time`, () => {
      const started = performance.now();
      const { stdout } = run(['lines'], `${JSON.stringify({ id: 1, text, want: ['findings'] })}\n`);
      assert.equal(JSON.parse(stdout).id, 1);
      assert.ok(performance.now() - started < 60_000);
    });
  }
});
