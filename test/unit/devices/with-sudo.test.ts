import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withSudo } from '../../../client/src/devices/with-sudo.ts';
import { silentAsker } from '../../../client/src/remote/asker.ts';
import type { ExecOptions, Line, Runner } from '../../../client/src/remote/runner.ts';

/** A board on which words are answered by a function: status and what stands on its error stream. */
function board(answer: (words: readonly string[], input: string) => readonly [number, string]) {
  const ran: string[] = [];
  const exec = (words: readonly string[], { input = '' }: ExecOptions = {}) => {
    ran.push(words.join(' '));
    const [code, text] = answer(words, input);
    async function* lines(): AsyncGenerator<Line> {
      if (text !== '') yield { text, from: words[0] === 'id' ? 'out' : 'err', at: 0 };
    }
    const nothing = (): void => {};
    return { lines: lines(), write: nothing, end: nothing, signal: nothing, exit: Promise.resolve({ code }) };
  };
  return { ran, runner: { where: { kind: 'ssh', title: 'b' }, exec } as unknown as Runner };
}

const about = { device: 'b', host: 'h', user: 'me', why: 'to try' };
const asking = (password: string | undefined) => {
  const attempts: number[] = [];
  const sudo = async ({ attempt }: { attempt: number }): Promise<string | undefined> => {
    attempts.push(attempt);
    return password;
  };
  return { attempts, asker: { ...silentAsker, sudo } };
};

describe('words that need root', () => {
  it('run as they are for root', async () => {
    const { runner, ran } = board((words) => (words[0] === 'id' ? [0, '0'] : [0, '']));
    await withSudo(runner, silentAsker, about, ['nvpmodel', '-m', '1']);
    assert.deepEqual(ran, ['id -u', 'nvpmodel -m 1']);
  });

  it('run without a question where sudo asks for none', async () => {
    const { runner, ran } = board((words) => (words[0] === 'id' ? [0, '1000'] : [0, '']));
    const { asker, attempts } = asking('x');
    await withSudo(runner, asker, about, ['nvpmodel']);
    assert.deepEqual(attempts, []);
    assert.equal(ran.at(-1), 'sudo -n -- nvpmodel');
  });

  it('take the password by their input, and ask again where it was wrong', async () => {
    let tries = 0;
    const { runner, ran } = board((words, input) => {
      if (words[0] === 'id') return [0, '1000'];
      if (words.includes('-n')) return [1, 'sudo: a password is required'];
      assert.equal(input, 'secret\n');
      return ++tries === 1 ? [1, 'sudo: 1 incorrect password attempt'] : [0, ''];
    });
    const { asker, attempts } = asking('secret');
    assert.ok(await withSudo(runner, asker, about, ['nvpmodel']));
    assert.deepEqual(attempts, [1, 2]);
    assert.ok(ran.every((line) => !line.includes('secret')));
  });

  it('do not run where the person turns away, or may not', async () => {
    const refusing = (text: string) =>
      board((words) => (words[0] === 'id' ? [0, '1000'] : words.includes('-n') ? [1, 'x'] : [1, text])).runner;
    assert.equal(await withSudo(refusing(''), asking(undefined).asker, about, ['x']), undefined);
    const wrong = withSudo(refusing('Sorry, try again.'), asking('p').asker, about, ['x']);
    await assert.rejects(wrong, /did not accept/);
    const barred = withSudo(refusing('me is not in the sudoers file.'), asking('p').asker, about, ['x']);
    await assert.rejects(barred, /may not use sudo/);
  });

  it('say what the program itself said', async () => {
    const { runner } = board((words) =>
      words[0] === 'id' ? [0, '1000'] : words.includes('-n') ? [1, ''] : [3, 'no such mode'],
    );
    const told = await withSudo(runner, asking('p').asker, about, ['nvpmodel']);
    assert.equal(told?.err, 'no such mode');
  });
});
