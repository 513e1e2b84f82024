/**
 * `npm run new KIND ID`: the skeleton of a member of a catalogue, with its first case where it has one, and the index
 * brought up to date. The skeletons type-check; their cases fail until they say something true.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './gen.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [kind, id] = process.argv.slice(2);

const kinds = {
  rule: (name) => ({
    [`server/src/rules/${name}.ts`]: `import type { Rule } from '../model/finding.ts';

/** What it looks for, in a sentence, and what it deliberately does not. */
export const rule: Rule = {
  id: '${name}',
  title: 'What is wrong, as a statement',
  why: 'The reason, and what it costs the person who runs it.',
  severity: 'warning',
  on: 'launch',
  examples: [{ bad: 'videotestsrc ! fakesink', good: 'videotestsrc ! queue ! fakesink' }],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const element of reading.pipeline.elements) {
      if (element.spec) continue;
      yield { span: element.span, message: 'What, why, and what to do.' };
    }
  },
};
`,
    [`test/cases/rules/${name}.md`]: `# ${name}

## What the case shows

\`\`\`sh target=orin-nano-8gb
gst-launch-1.0 videotestsrc ! fakesink
               ^^^^^^^^^^^^ warning[${name}] a part of the message
\`\`\`

## What is fine and must stay silent

\`\`\`sh
gst-launch-1.0 videotestsrc ! queue ! fakesink
\`\`\`
`,
  }),
  host: (name) => ({
    [`server/src/hosts/${name}.ts`]: `import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

/** Where pipelines stand in files of this kind, and what the language does to them before they are parsed. */
export const host: Host = {
  id: '${name}',
  languageIds: ['${name}'],
  accepts: fileMatcher(['${name}'], /\\.${name}$/),
  excerpts: () => [],
};
`,
    [`test/cases/hosts/${name}.md`]: `# ${name}

## A misspelt element is found where it stands

\`\`\`${name}
\`\`\`
`,
  }),
  report: (name) => ({
    [`server/src/reports/${name}.ts`]: `import type { Report } from '../workspace/report.ts';

/** Who reads this format, and where it is described. */
export const report: Report = {
  id: '${name}',
  title: 'in a few words, for --help',
  write: (analyses, { nameOf }) =>
    analyses.flatMap(({ document, findings }) => findings.map(() => \`\${nameOf(document.uri)}\\n\`)).join(''),
};
`,
  }),
  command: (name) => ({
    [`client/src/commands/${name}.ts`]: `import type { Command } from '../command.ts';

/** What a person gets who chooses this from the palette. */
export const command: Command = {
  id: 'jetsonPipelines.${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}',
  title: 'In the Imperative',
  run: async () => {},
};
`,
  }),
};

if (!Object.hasOwn(kinds, kind ?? '') || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id ?? '')) {
  console.error(`usage: npm run new ${Object.keys(kinds).join('|')} some-id`);
  process.exit(2);
}
const files = Object.entries(kinds[kind](id));
const taken = files.filter(([path]) => existsSync(join(root, path)));
if (taken.length > 0) {
  console.error(`${taken.map(([path]) => path).join(', ')} is there already.`);
  process.exit(1);
}
for (const [path, text] of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`written: ${path}`);
}
for (const path of await generate()) console.log(`written: ${path}`);
