import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hosts } from '../../server/src/hosts/index.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import type { Excerpt } from '../../server/src/text/excerpt.ts';
import { around, lift } from '../support/hosts.ts';

// Maps and ways back, for pipelines generated and then written as each language writes them; and that no host throws,
// whatever it is given.

const word = fc.constantFrom('videotestsrc', 'queue', 'videoconvert', 'fakesink', 'identity', 'tee name=t');
const setting = fc.constantFrom(
  'num-buffers=5',
  'location="/a b/c"',
  "text='x y'",
  'caps="video/x-raw, format=(string)I420"',
  'name=a',
  'k=é✓',
  'p=a\\\\b',
  'u=http://h/?a=b',
  'x=100%',
);
const element = fc
  .tuple(word, fc.array(setting, { maxLength: 2 }))
  .map(([name, settings]) => [name, ...settings].join(' '));
const caps = fc.constantFrom('video/x-raw', 'video/x-raw(memory:NVMM),format=NV12', 'video/x-raw, width=320');
const pipeline = fc
  .tuple(element, fc.array(fc.oneof(element, caps), { maxLength: 4 }), element)
  .map(([first, middle, last]) => [first, ...middle, last].join(' ! '));

const cLiteral = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** A document that gives exactly this text to GStreamer, by language. */
const written: Record<string, (text: string) => string> = {
  'gst-launch': (text) => `# a remark\n${text}\n`,
  c: (text) => `p = gst_parse_launch (${cLiteral(text)}, &error);\n`,
  python: (text) => `p = Gst.parse_launch(${cLiteral(text)})\n`,
  rust: (text) => `let p = gst::parse::launch(${cLiteral(text)})?;\n`,
  go: (text) => `p, err := gst.NewPipelineFromString(${cLiteral(text)})\n`,
  java: (text) => `Element p = Gst.parseLaunch(${cLiteral(text)});\n`,
  csharp: (text) => `var p = Parse.Launch(@"${text.replaceAll('"', '""')}");\n`,
  javascript: (text) => `const p = gst.parseLaunch(${cLiteral(text)});\n`,
  json: (text) => `{ "pipeline": ${cLiteral(text)} }\n`,
  yaml: (text) => `pipeline: '${text.replaceAll("'", "''")}'\n`,
  xml: (text) =>
    `<param name="p" value="${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"/>\n`,
  markdown: (text) => `# A\n\n\`\`\`python\np = Gst.parse_launch(${cLiteral(text)})\n\`\`\`\n`,
};

/** A command whose words are the text's blank-parted pieces, each in quotes. */
const command = (text: string): string =>
  `gst-launch-1.0 -v ${text
    .split(' ! ')
    .map((part) => `'${part.replaceAll("'", `'\\''`)}'`)
    .join(' ! ')}`;
const commands: Record<string, (text: string) => string> = {
  shellscript: (text) => `#!/bin/sh\n${command(text)}\n`,
  markdown: (text) => `\`\`\`sh\n$ ${command(text)}\n\`\`\`\n`,
  dockerfile: (text) => `FROM a\nRUN true && \\\n  ${command(text)}\n`,
  yaml: (text) => `run: |\n  set -e\n  ${command(text)}\n`,
};

/** For each character that stands in the document as it is: there, and back again. */
function goesBack(excerpt: Excerpt, document: string): void {
  for (const run of excerpt.map.runs) {
    if (!run.exact) continue;
    for (let at = run.excerpt.start; at < run.excerpt.end; at++) {
      const there = excerpt.map.toDocument({ start: at, end: at + 1 });
      assert.equal(document.slice(there.start, there.end), excerpt.text[at]);
      assert.equal(excerpt.map.toExcerpt(there.start), at);
    }
  }
  let end = 0;
  for (const run of excerpt.map.runs) {
    assert.equal(run.excerpt.start, end);
    end = run.excerpt.end;
  }
  assert.equal(end, excerpt.text.length);
}

test('a text in a program is lifted as it is, with a map that leads back', () => {
  for (const [language, write] of Object.entries(written)) {
    fc.assert(
      fc.property(pipeline, (text) => {
        const document = write(text);
        const [excerpt, ...more] = lift(language, document);
        assert.equal(more.length, 0, language);
        assert.equal(excerpt?.text.trimEnd(), text, language);
        goesBack(excerpt!, document);
      }),
      { numRuns: 60 },
    );
  }
});

test('a command is lifted with a map that leads back', () => {
  for (const [language, write] of Object.entries(commands)) {
    fc.assert(
      fc.property(pipeline, (text) => {
        const document = write(text);
        const [excerpt, ...more] = lift(language, document);
        assert.equal(more.length, 0, language);
        assert.equal(excerpt?.text.replaceAll('\\ ', ' '), `${text} `, language);
        goesBack(excerpt!, document);
      }),
      { numRuns: 60 },
    );
  }
});

test('what is written back gives the same document', () => {
  for (const [language, write] of [...Object.entries(written), ...Object.entries(commands)]) {
    fc.assert(
      fc.property(pipeline, fc.nat(), fc.nat(), (text, a, b) => {
        const document = write(text);
        const [excerpt] = lift(language, document);
        const length = excerpt!.text.length;
        // Within one word, so that what is taken out can be put back at one place.
        let start = a % length;
        while (start > 0 && /[\w/=]/.test(excerpt!.text[start - 1]!)) start--;
        let end = Math.min(length, start + 1 + (b % 8));
        while (end > start + 1 && !/^[\w/=]*$/.test(excerpt!.text.slice(start, end))) end--;
        // What the escaping of blanks put in stands nowhere in the document.
        fc.pre(/^[\w/=]/.test(excerpt!.text[start]!));
        const span = excerpt!.map.toDocument({ start, end });
        const edited = applyEdits(document, [
          { span, text: excerpt!.write(excerpt!.text.slice(start, end), start, end) },
        ]);
        assert.equal(lift(language, edited)[0]?.text, excerpt!.text, language);
      }),
      { numRuns: 60 },
    );
  }
});

const snippets = fc.constantFrom(
  'gst-launch-1.0 ',
  ' ! ',
  '"',
  "'",
  '`',
  '\\',
  '\n',
  '\r\n',
  '$(',
  '${',
  '$',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<<EOF\n',
  'EOF\n',
  '#',
  '//',
  '/*',
  '*/',
  '"""',
  'f"',
  'r#"',
  '@"',
  'R"x(',
  'videotestsrc',
  'fakesink',
  'video/x-raw',
  'name=',
  '%s',
  '%',
  '{}',
  '.format(',
  'format!(',
  'gst_parse_launch (',
  '```sh\n',
  '```\n',
  '- ',
  ': ',
  '|\n  ',
  '>-\n',
  '<a b="',
  '&amp;',
  '-->',
  '\u0000',
  '\ufffc',
  'A=',
  ' \\\n',
  '+',
  '<<',
  ';',
  '&&',
  'if ',
  'define X ',
  '\t@',
  '$$',
  '^\r\n',
);

test('no host throws, and no map leaves the document', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(snippets, fc.string({ maxLength: 5 })), { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      for (const host of hosts) {
        for (const excerpt of host.excerpts(text, around)) {
          const all = excerpt.map.toDocument({ start: 0, end: excerpt.text.length });
          assert.ok(all.start >= 0 && all.end <= text.length);
          for (const problem of excerpt.problems) assert.ok(problem.span.start >= 0 && problem.span.end <= text.length);
          excerpt.write('a b', 0);
        }
      }
    }),
    { numRuns: 400 },
  );
});
