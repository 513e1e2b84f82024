/**
 * How a device is reached by the user's ssh configuration: what a name stands for is asked of OpenSSH itself (`ssh -G`), so
 * that Include, Match and every default mean what they mean in a terminal.
 */
import { execFile } from 'node:child_process';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshTarget } from '../remote/ssh.ts';
import { untilde } from '../remote/ssh-aliases.ts';
import type { KnownDevice } from './known-devices.ts';

/** How to reach a device. Jump hosts are looked up in the same way. */
export async function sshTarget(device: KnownDevice, depth = 0): Promise<SshTarget> {
  const said = await askSsh(device);
  const one = (key: string): string | undefined => said.get(key)?.[0];
  const jump = one('proxyjump');
  const jumps: SshTarget[] = [];
  if (jump !== undefined && jump !== 'none' && depth < 8) {
    for (const word of jump.split(',')) {
      const [, user, host, port] = /^(?:ssh:\/\/)?(?:([^@]+)@)?(.+?)(?::(\d+))?$/.exec(word) ?? [];
      if (!host) continue;
      const known = {
        name: host,
        kind: 'ssh',
        host,
        ...(user && { user }),
        ...(port && { port: Number(port) }),
      } as const;
      const target = await sshTarget(known, depth + 1);
      jumps.push(...(target.jumps ?? []), { ...target, jumps: [] });
    }
  }
  const command = one('proxycommand');
  const alias = one('hostkeyalias');
  const agent = one('identityagent');
  return {
    name: device.name,
    host: one('hostname') ?? device.host,
    port: device.port ?? Number(one('port') ?? 22),
    user: device.user ?? one('user') ?? userInfo().username,
    identityFiles: (said.get('identityfile') ?? defaultKeys).map(untilde),
    ...(one('identitiesonly') === 'yes' && { identitiesOnly: true }),
    ...agentOf(agent),
    ...(jumps.length > 0 && { jumps }),
    ...(command && command !== 'none' && { proxyCommand: command }),
    ...(alias && { hostKeyAlias: alias }),
  };
}

/** The files of known hosts, the one that is written to first. */
export const knownHostsFiles = [join(homedir(), '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts'];

const defaultKeys = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];

function agentOf(agent: string | undefined): { agent?: string } {
  const path = agent === undefined || agent === 'SSH_AUTH_SOCK' ? process.env.SSH_AUTH_SOCK : untilde(agent);
  return path && path !== 'none' ? { agent: path } : {};
}

/** Key → values, as `ssh -G` prints them; empty where there is no OpenSSH. */
function askSsh({ host, user, port }: KnownDevice): Promise<ReadonlyMap<string, readonly string[]>> {
  const words = ['-G', ...(user ? ['-l', user] : []), ...(port ? ['-p', String(port)] : []), '--', host];
  return new Promise((done) => {
    execFile('ssh', words, { timeout: 10_000 }, (_error, out) => {
      const said = new Map<string, string[]>();
      for (const line of out.split('\n')) {
        const at = line.indexOf(' ');
        if (at < 0) continue;
        const key = line.slice(0, at);
        said.set(key, [...(said.get(key) ?? []), line.slice(at + 1)]);
      }
      done(said);
    });
  });
}
