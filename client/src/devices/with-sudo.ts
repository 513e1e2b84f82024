/** Runs words as root on a device: as they are for root, without a question where sudo asks for none, else with the person's password. */
import type { Asker } from '../remote/asker.ts';
import { type Collected, collect, endedWell, RemoteError, type Runner } from '../remote/runner.ts';

/** For whom and for what the password is asked. */
export interface Rooted {
  readonly device: string;
  readonly host: string;
  readonly user: string;
  /** What it is needed for, behind "Password of …,": `to set the power mode`. */
  readonly why: string;
}

const MOST_ATTEMPTS = 3;
const ENGLISH = { LC_ALL: 'C' };

/**
 * What the program said and how it ended. Undefined where the person turned away. Rejects with a {@link RemoteError} where
 * the user may not use sudo. The password goes by the program's input and is in no command line.
 */
export async function withSudo(
  runner: Runner,
  asker: Asker,
  about: Rooted,
  words: readonly string[],
  input = '',
): Promise<Collected | undefined> {
  const { out } = await collect(runner.exec(['id', '-u'], { input: '' }));
  if (out.trim() === '0') return collect(runner.exec(words, { input }));
  const silent = await collect(runner.exec(['sudo', '-n', '--', 'true'], { env: ENGLISH, input: '' }));
  if (endedWell(silent.exit)) return collect(runner.exec(['sudo', '-n', '--', ...words], { input }));
  if ('code' in silent.exit && silent.exit.code === 127) {
    throw new RemoteError('permission', `There is no sudo on ${about.device}.`, 'Connect as root, or install sudo.');
  }
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const password = await asker.sudo({ ...about, attempt });
    if (password === undefined) return undefined;
    const told = await collect(
      runner.exec(['sudo', '-S', '-k', '-p', '', '--', ...words], { env: ENGLISH, input: `${password}\n${input}` }),
    );
    if (endedWell(told.exit)) return told;
    if (/not in the sudoers|not allowed to/i.test(told.err)) {
      throw new RemoteError(
        'permission',
        `${about.user} may not use sudo on ${about.device}.`,
        'Ask whoever looks after it.',
      );
    }
    if (!/incorrect password|try again|no password was provided/i.test(told.err)) return told;
  }
  throw new RemoteError('authentication', `sudo on ${about.device} did not accept the password.`);
}
