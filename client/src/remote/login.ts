/**
 * The ways to prove who one is, in OpenSSH's order: agent, key files, the server's own questions, password. A generator: the
 * next way is only thought of, and a person only asked, when the one before has failed.
 */
import { readFile } from 'node:fs/promises';
import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import type { Asker, LoginQuestion } from './asker.ts';

export interface LoginTarget {
  readonly name: string;
  readonly host: string;
  readonly user: string;
  /** Path of the agent's socket; undefined: no agent. */
  readonly agent?: string;
  /** Private key files in the order to try; those that do not exist are passed over. */
  readonly identityFiles: readonly string[];
  /** Keys that the agent offers beside the files are not tried. */
  readonly identitiesOnly?: boolean;
}

/** What the login found out, for the message when all has failed. */
export interface LoginNotes {
  /** Ways that were tried, in words. */
  readonly tried: string[];
  /** A person was asked and gave no answer. */
  declined: boolean;
}

export type ParseKey = (data: Buffer, passphrase?: string) => ParsedKey | ParsedKey[] | Error;

/** How often a person is asked for the same secret. */
const ATTEMPTS = 3;

/** Ways to log in. `allowed` says which kinds the server still takes; it may change between two steps. */
export async function* waysToLogIn(
  target: LoginTarget,
  asker: Asker,
  parseKey: ParseKey,
  allowed: (kind: string) => boolean,
  notes: LoginNotes,
): AsyncGenerator<AnyAuthMethod> {
  const username = target.user;
  yield { type: 'none', username };
  if (allowed('publickey')) {
    if (target.agent !== undefined && !target.identitiesOnly) {
      notes.tried.push('agent');
      yield { type: 'agent', username, agent: target.agent };
    }
    yield* withKeyFiles(target, asker, parseKey, allowed, notes);
  }
  if (allowed('keyboard-interactive')) {
    for (let attempt = 1; attempt <= ATTEMPTS && allowed('keyboard-interactive'); attempt++) {
      let asked = false;
      yield {
        type: 'keyboard-interactive',
        username,
        prompt: (title, instructions, _language, prompts, finish) => {
          asked = true;
          const question = { ...about(target, attempt), title, instructions };
          const shown = prompts.map(({ prompt, echo }) => ({ text: prompt, echo: echo ?? false }));
          asker.answers({ ...question, prompts: shown }).then(
            (answers) => {
              if (answers === undefined) notes.declined = true;
              finish([...(answers ?? prompts.map(() => ''))]);
            },
            () => finish(prompts.map(() => '')),
          );
        },
      };
      notes.tried.push('questions');
      if (!asked || notes.declined) break;
    }
  }
  for (let attempt = 1; attempt <= ATTEMPTS && allowed('password') && !notes.declined; attempt++) {
    const password = await asker.password(about(target, attempt));
    if (password === undefined) {
      notes.declined = true;
      return;
    }
    notes.tried.push('password');
    yield { type: 'password', username, password };
  }
}

const about = ({ name, user, host }: LoginTarget, attempt: number): LoginQuestion => ({
  device: name,
  user,
  host,
  attempt,
});

/** Keys without a passphrase first: nobody is disturbed while one of them will do. */
async function* withKeyFiles(
  target: LoginTarget,
  asker: Asker,
  parseKey: ParseKey,
  allowed: (kind: string) => boolean,
  notes: LoginNotes,
): AsyncGenerator<AnyAuthMethod> {
  const locked: { file: string; data: Buffer }[] = [];
  for (const file of target.identityFiles) {
    const data = await readFile(file).catch(() => undefined);
    if (!data) continue;
    const key = parseKey(data);
    if (!(key instanceof Error)) {
      notes.tried.push(`key ${file}`);
      yield { type: 'publickey', username: target.user, key: data };
    } else if (/encrypted|passphrase/i.test(key.message)) locked.push({ file, data });
    else notes.tried.push(`key ${file} (cannot be read: ${key.message})`);
  }
  for (const { file, data } of locked) {
    if (!allowed('publickey')) return;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const passphrase = await asker.passphrase({ file, attempt });
      // Not this key; another one, or a password, may still do.
      if (passphrase === undefined) break;
      if (parseKey(data, passphrase) instanceof Error) continue;
      notes.tried.push(`key ${file}`);
      yield { type: 'publickey', username: target.user, key: data, passphrase };
      break;
    }
  }
}
