/** A program that starts a run and prints its lines until it is killed: what an editor that is closed leaves of itself. */
import { silentAsker } from '../../client/src/remote/asker.ts';
import { knownHosts } from '../../client/src/remote/host-keys.ts';
import { launch } from '../../client/src/remote/launch.ts';
import { connectSsh, type SshTarget } from '../../client/src/remote/ssh.ts';

let asked = '';
for await (const piece of process.stdin) asked += piece;
const { target, words } = JSON.parse(asked) as { readonly target: SshTarget; readonly words: readonly string[] };
const hostKeys = { ...knownHosts({ files: [] }), judge: async () => ({ is: 'known' as const }) };
const runner = await connectSsh(target, { asker: silentAsker, hostKeys });
for await (const { text } of launch(runner, words).lines) process.stdout.write(`${text}\n`);
