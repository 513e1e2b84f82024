/**
 * Hostile names, values and pipelines through the real sshd and each login shell that is installed: `npm run acceptance:injection --
 * [--count 2000] [--seed 1]`. Each must arrive unchanged, and the canary, a file that any of them makes where it is run as a
 * command, must not be there at the end. Needs root, for users with login shells of their own.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gstLaunch } from '../../client/src/remote/launch-words.ts';
import { collect } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { heardWords, hostileWords, saysWords } from '../support/hostile.ts';
import { isRoot, type Sshd, startSshd } from '../support/sshd.ts';

/** What became of one kind of text in one shell. */
export interface Injected {
  readonly shell: string;
  readonly kind: 'words' | 'environment' | 'folder' | 'file name' | 'pipeline';
  readonly tried: number;
  /** Those that did not arrive as they were sent. */
  readonly changed: readonly string[];
}

export const SHELLS = ['/bin/sh', '/bin/bash', '/bin/dash', '/bin/zsh', '/usr/bin/fish', '/bin/csh', '/bin/tcsh'];

/** Sends `count` texts, a fifth of each kind, shared among the shells. `sang`: the canary is there. */
export async function inject(
  sshd: Sshd,
  shells: readonly string[],
  count: number,
  seed: number,
): Promise<{ readonly results: readonly Injected[]; readonly sang: boolean }> {
  const canary = join(sshd.folder, 'canary');
  mkdirSync(canary, { recursive: true, mode: 0o777 });
  const results: Injected[] = [];
  const each = Math.ceil(count / shells.length / KINDS.length);
  for (const [at, shell] of shells.entries()) {
    const user = isRoot ? sshd.addUser(shell) : sshd.user;
    const runner = await sshd.connect({ user });
    try {
      const lists = [...hostileWords(each * KINDS.length, canary, seed + at)];
      for (const [place, { kind, send }] of KINDS.entries()) {
        const changed: string[] = [];
        const mine = lists.slice(place * each, (place + 1) * each);
        for (let next = 0; next < mine.length; next += 8) {
          await Promise.all(
            mine.slice(next, next + 8).map(async (words, offset) => {
              if (!(await send(runner, words, `${place}-${next + offset}`))) changed.push(JSON.stringify(words));
            }),
          );
        }
        results.push({ shell, kind, tried: mine.length, changed });
      }
    } finally {
      await runner.dispose();
    }
  }
  return { results, sang: existsSync(join(canary, 'sang')) };
}

interface Kind {
  readonly kind: Injected['kind'];
  /** Whether the words came through. `id` is a name nobody else uses. */
  send(runner: SshRunner, words: readonly string[], id: string): Promise<boolean>;
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** As one name of a file: no slash, not too long, not one of the two that are taken. */
const nameOf = (words: readonly string[]): string => {
  const name = [...words.join(' ').replaceAll('/', '_')].slice(0, 60).join('').trimEnd();
  return /^\.{0,2}$/.test(name) ? `x${name}` : name;
};

const KINDS: readonly Kind[] = [
  {
    kind: 'words',
    send: async (runner, words) =>
      same(heardWords((await collect(runner.exec(saysWords(words), { input: '' }))).out), words),
  },
  {
    kind: 'environment',
    send: async (runner, words) => {
      const env = Object.fromEntries(words.map((word, at) => [`V${at}`, word]));
      const script = 'for n do eval "v=\\$$n"; printf "%s\\0" "$v"; done | od -An -v -tx1';
      const { out } = await collect(runner.exec(['sh', '-c', script, 'sh', ...Object.keys(env)], { env, input: '' }));
      return same(heardWords(out), words);
    },
  },
  {
    kind: 'folder',
    send: async (runner, words, id) => {
      const folder = `folders-${id}/${nameOf(words)}`;
      await collect(runner.exec(['mkdir', '-p', '--', folder], { input: '' }));
      const { out } = await collect(
        runner.exec(['sh', '-c', 'printf %s "${PWD##*/}" | od -An -v -tx1'], { folder, input: '' }),
      );
      return heardWords(`${out} 00`)[0] === nameOf(words);
    },
  },
  {
    kind: 'file name',
    send: async (runner, words, id) => {
      const path = `files-${id}/${nameOf(words)}`;
      await runner.upload(import.meta.filename, path);
      const { out } = await collect(runner.exec(['cat', '--', path], { input: '' }));
      return out === readFileSync(import.meta.filename, 'utf8').replace(/\n$/, '');
    },
  },
  {
    kind: 'pipeline',
    // The real gst-launch puts the text together and tells the name that it was given.
    send: async (runner, words, id) => {
      const name = nameOf(words).replace(/[\0-\x1f\x7f]/g, '_');
      const value = `"${name.replace(/[\\"]/g, '\\$&')}"`;
      await collect(runner.exec(['mkdir', '-p', '--', `pipes-${id}`], { input: '' }));
      await collect(
        runner.exec(gstLaunch(`fakesrc num-buffers=1 sizetype=fixed sizemax=3 ! filesink location=${value}`), {
          folder: `pipes-${id}`,
          input: '',
        }),
      );
      const { out } = await collect(
        runner.exec(['sh', '-c', 'find . -type f -printf "%f\\0" | od -An -v -tx1'], {
          folder: `pipes-${id}`,
          input: '',
        }),
      );
      return same(heardWords(out), [name]);
    },
  },
];

/** A table, and the worst of it. */
export function report({ results, sang }: Awaited<ReturnType<typeof inject>>): {
  readonly text: string;
  readonly good: boolean;
} {
  const lines = ['| shell | kind | sent | changed on the way |', '|---|---|---|---|'];
  for (const { shell, kind, tried, changed } of results)
    lines.push(`| ${shell} | ${kind} | ${tried} | ${changed.length} |`);
  const all = results.reduce((sum, { tried }) => sum + tried, 0);
  const changed = results.flatMap((one) => one.changed);
  lines.push('', `${all} hostile texts, ${changed.length} changed on the way, canary ${sang ? 'MADE' : 'never made'}.`);
  for (const one of changed.slice(0, 10)) lines.push(`changed: ${one.slice(0, 300)}`);
  return { text: lines.join('\n'), good: changed.length === 0 && !sang };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
  });
  const sshd = await startSshd();
  try {
    const shells = isRoot ? SHELLS.filter((shell) => existsSync(shell)) : SHELLS.slice(0, 1);
    const { text, good } = report(await inject(sshd, shells, Number(values.count), Number(values.seed)));
    console.log(text);
    process.exitCode = good ? 0 : 1;
  } finally {
    await sshd.stop();
    rmSync(sshd.folder, { recursive: true, force: true });
  }
}
