/** VS Code's own tokenizer on our grammars, with small stand-ins for the grammars that ours are injected into. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const root = join(import.meta.dirname, '../..');

interface Contributed {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

/** As much of another language as an injection looks at: comments and strings. */
const stand = (scopeName: string, comment: string, strings: Readonly<Record<string, string>>) => ({
  scopeName,
  patterns: [
    { name: `comment.line.${scopeName}`, match: comment },
    ...Object.entries(strings).map(([quote, name]) => ({
      name,
      begin: quote,
      end: quote,
      patterns: [{ match: '\\\\.' }],
    })),
  ],
});

const stands = [
  stand('source.shell', '(?:^|(?<=\\s))#.*$', { '"': 'string.quoted.double.shell', "'": 'string.quoted.single.shell' }),
  stand('source.python', '#.*$', { '"': 'string.quoted.single.python', "'": 'string.quoted.single.python' }),
  stand('source.cpp', '//.*$', { '"': 'string.quoted.double.cpp' }),
  {
    scopeName: 'source.yaml',
    patterns: [
      { name: 'comment.line.yaml', match: '#.*$' },
      { name: 'string.unquoted.block.yaml', begin: '\\|$', end: '^(?=\\S)' },
      { name: 'string.unquoted.plain.out.yaml', match: 'none' },
    ],
  },
  {
    scopeName: 'text.html.markdown',
    patterns: [
      {
        begin: '^```(?:sh|bash)$',
        end: '^```$',
        patterns: [
          { contentName: 'meta.embedded.block.shellscript', begin: '(^|\\G)', while: '(^|\\G)(?!```)', patterns: [] },
        ],
      },
    ],
  },
];

let registry: Promise<InstanceType<typeof textmate.Registry>> | undefined;

async function makeRegistry() {
  const require = createRequire(import.meta.url);
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(new Uint8Array(wasm).buffer as ArrayBuffer);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const ours: readonly Contributed[] = manifest.contributes.grammars;
  return new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources: string[]) => new oniguruma.OnigScanner(sources),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    async loadGrammar(scope) {
      const own = ours.find(({ scopeName }) => scopeName === scope);
      const text = own
        ? readFileSync(join(root, own.path), 'utf8')
        : JSON.stringify(stands.find(({ scopeName }) => scopeName === scope) ?? { scopeName: scope, patterns: [] });
      return textmate.parseRawGrammar(text, `${scope}.json`);
    },
    getInjections: (scope) => ours.flatMap(({ scopeName, injectTo }) => (injectTo?.includes(scope) ? [scopeName] : [])),
  });
}

/**
 * The words of a text that ours coloured, each with the first part of the scope that is innermost:
 * `entity.name.function`. Blanks and what no grammar of ours names are left out.
 */
export async function coloured(scope: string, text: string): Promise<[string, string][]> {
  registry ??= makeRegistry();
  const grammar = await (await registry).loadGrammar(scope);
  if (!grammar) throw new Error(`no grammar for ${scope}`);
  const found: [string, string][] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const words = line.slice(startIndex, endIndex).trim();
      const inner = scopes.at(-1)!;
      if (words !== '' && /\.(?:gst-launch|deepstream-config)$/.test(inner) && !inner.startsWith('meta.')) {
        found.push([words, inner.replace(/\.(?:gst-launch|deepstream-config)$/, '')]);
      }
    }
  }
  return found;
}
