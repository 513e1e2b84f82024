/** The floors of ARCHITECTURE.md as a table: a room imports rooms of lower floors and nothing else of ours. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** `below`: rooms of ours it may import beside itself; `outside`: packages; `node`: Node's own modules. */
interface Room {
  readonly below: readonly string[];
  readonly outside?: readonly string[];
  readonly node?: boolean;
}

const floor0 = ['server/src/text', 'server/src/protocol.ts'];
const floor1 = [...floor0, 'server/src/caps'];
const floor2 = [...floor1, 'server/src/syntax', 'server/src/catalog', 'server/src/hosts'];
const floor3 = [...floor1, 'server/src/syntax', 'server/src/catalog', 'server/src/model'];
const floor5 = [...floor2, 'server/src/model', 'server/src/rules', 'server/src/features', 'server/src/workspace'];
const floor6 = [...floor5, 'server/src/lsp', 'server/src/reports', 'server/src/cli', 'server/src/disk.ts'];
const editorSide = ['client/src/devices', 'client/src/views', 'client/src/commands', 'client/src/remote'];
/** The connection to the server, which the status item watches. */
const connection = ['client/src/language-client.ts', 'client/src/languages.ts', 'server/src/protocol.ts'];
const panelMessages = 'client/src/views/panel-messages.ts';

/** A file named here is a room of its own. The order is that of the floors. */
const rooms: Readonly<Record<string, Room>> = {
  'server/src/protocol.ts': { below: [] },
  'server/src/text': { below: [] },
  'server/src/caps': { below: floor0 },
  'server/src/syntax': { below: floor1, outside: ['chevrotain', 'yaml'] },
  'server/src/catalog': { below: floor1 },
  'server/src/hosts': { below: floor1, outside: ['yaml'] },
  'server/src/model': { below: [...floor1, 'server/src/syntax', 'server/src/catalog'] },
  'server/src/rules': { below: floor3 },
  'server/src/features': { below: floor3 },
  'server/src/workspace': { below: floor5, outside: ['ignore'] },
  'server/src/lsp': { below: floor5, outside: ['vscode-languageserver', 'vscode-languageserver-textdocument'] },
  'server/src/reports': { below: floor5 },
  'server/src/disk.ts': { below: floor5, node: true },
  'server/src/cli': { below: floor5, node: true },
  'server/src/main.ts': { below: floor6, outside: ['vscode-languageserver'], node: true },
  'server/src/cli.ts': { below: floor6, node: true },
  'client/src/remote': {
    below: ['server/src/text', 'server/src/catalog', 'server/src/protocol.ts'],
    outside: ['ssh2', 'ssh-config'],
    node: true,
  },
  'client/src/devices': { below: [...editorSide, 'server/src/protocol.ts'], outside: ['vscode'], node: true },
  'client/src/views': {
    below: [...editorSide, ...connection],
    outside: ['vscode', '@hpcc-js/wasm-graphviz'],
    node: true,
  },
  'client/src/commands': {
    below: [...editorSide, 'client/src', 'server/src/protocol.ts'],
    outside: ['vscode'],
    node: true,
  },
  'client/src': {
    below: [...editorSide, 'server/src/protocol.ts'],
    outside: ['vscode', 'vscode-languageclient'],
    node: true,
  },
  'client/src/panel': { below: [panelMessages], outside: ['uplot'] },
};

/** Folders that hold members and a generated index.ts, and nothing else. */
const catalogues = [
  'server/src/hosts',
  'server/src/rules',
  'server/src/reports',
  'client/src/commands',
  'client/src/devices/diagnose',
  'client/src/devices/preflight',
  'client/src/remote/streams',
];

const sources = ['server/src', 'client/src'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${top}/${name.replaceAll('\\', '/')}`),
);

describe('floors', () => {
  for (const file of sources) {
    it(`${file} imports from below`, () => {
      const room = roomOf(file);
      assert.ok(room, `${file} lies in no room of the table`);
      for (const target of importsOf(file)) {
        const complaint = judge(room, target);
        assert.ok(complaint === undefined, `${file} imports ${target}: ${complaint}`);
      }
    });
  }

  it('catalogues hold members and an index only', () => {
    for (const folder of catalogues.filter((one) => existsSync(join(root, one)))) {
      for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
        const fine = entry.isFile() && /^[a-z0-9-]+\.ts$/.test(entry.name);
        assert.ok(fine, `${folder}/${entry.name} is neither a member nor the index`);
      }
    }
  });

  it('no file below the programs reads the process', () => {
    for (const file of sources.filter((one) => one.startsWith('server/') && !rooms[roomOf(one) ?? '']?.node)) {
      const code = readFileSync(join(root, file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
      assert.doesNotMatch(code, /\bprocess\.(?!')|\bimport\.meta\b|\brequire\(/, file);
    }
  });

  it('no rule decides a link by the name of an element', () => {
    for (const file of sources.filter((one) => one.startsWith('server/src/rules/'))) {
      const code = readFileSync(join(root, file), 'utf8');
      const checks = code.slice(code.indexOf('*check('));
      assert.doesNotMatch(checks, /(?:from|to)\.element\.factory\s*===|factory\s*===\s*'/, file);
    }
  });

  it('ARCHITECTURE.md names every room and no other', () => {
    const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    const named = [...page.matchAll(/^\| `((?:server|client)\/[^`]+)` \|/gm)].map((match) => match[1]!);
    const standing = Object.keys(rooms).filter((room) => existsSync(join(root, room)));
    assert.deepEqual([...new Set(named)].sort(), standing.filter((room) => !isEmpty(room)).sort());
  });
});

/** The nearest room above a file; files named in the table come before their folders. */
function roomOf(file: string): string | undefined {
  for (let at = file; at.includes('/'); at = dirname(at)) if (at in rooms) return at;
  return undefined;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;]*?\bfrom '([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import '([^']+)'/g,
  );
  return [...found].map((match) => {
    const written = (match[1] ?? match[2] ?? match[3])!;
    return written.startsWith('.') ? normalize(join(dirname(file), written)) : written;
  });
}

/** Why the import is not allowed; undefined where it is. */
function judge(room: string, target: string): string | undefined {
  const { below, outside = [], node = false } = rooms[room]!;
  if (/^(?:server|client)\//.test(target)) {
    const there = roomOf(target);
    const allowed = there === room || below.some((one) => one === there || one === target);
    return allowed ? undefined : `${room} may not know ${there}`;
  }
  if (target.startsWith('node:') || builtinModules.includes(target)) {
    return node ? undefined : `${room} may not use Node's own modules`;
  }
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  return outside.includes(name) ? undefined : `${room} may not use ${name}`;
}

const isEmpty = (room: string): boolean => !room.endsWith('.ts') && !sources.some((file) => roomOf(file) === room);
