/** Services of ours on a device: what is installed, the check of a unit, installation, state, journal, removal. */
import type { Asker } from '../remote/asker.ts';
import { type Collected, collect, endedWell, RemoteError, type Runner } from '../remote/runner.ts';
import { MARK } from './service-unit.ts';
import { type Rooted, withSudo } from './with-sudo.ts';

/** Where an administrator's units lie (systemd.unit(5)). */
export const UNITS = '/etc/systemd/system';

/** A service of ours, as systemd sees it. */
export interface Service {
  readonly name: string;
  /** `active`, `failed`, `inactive`, `activating`; empty where systemd does not say. */
  readonly state: string;
  /** `running`, `auto-restart`, `dead`. */
  readonly detail: string;
  readonly restarts: number;
  readonly enabled: boolean;
}

/** The text of a unit that is installed; empty where there is none. */
export async function installedUnit(runner: Runner, name: string, units: string): Promise<string> {
  const { out, exit } = await collect(runner.exec(['cat', '--', `${units}/${name}.service`], { input: '' }));
  return endedWell(exit) && out !== '' ? `${out}\n` : '';
}

/**
 * Writes its input to a file for `systemd-analyze verify` to read. Ends with 127 where there is none. The name of the file must be the unit's.
 * Argument: name.
 */
const VERIFY = `
command -v systemd-analyze >/dev/null 2>&1 || exit 127
d=$(mktemp -d) || exit 126
trap 'rm -rf "$d"' EXIT
cat >"$d/$1.service"
systemd-analyze verify "$d/$1.service" 2>&1 | sed "s#$d/##g" >"$d/said"
grep -F "$1.service" "$d/said"
exit 0
`;

/** What systemd finds wrong with a unit; undefined where the device cannot check one. Other units' faults are left out. */
export async function verifyUnit(runner: Runner, name: string, text: string): Promise<readonly string[] | undefined> {
  const { out, exit } = await collect(
    runner.exec(['/bin/sh', '-c', VERIFY, 'sh', name], { input: text, env: { LC_ALL: 'C' } }),
  );
  if (!endedWell(exit)) return undefined;
  return out.split('\n').filter((line) => line.trim() !== '');
}

/** Writes its input beside the unit and then over it, tells systemd, switches it on and starts it. Arguments: folder, name. */
const INSTALL = `
set -e; umask 022; LC_ALL=C; export LC_ALL
p="$1/.$2.service.part"; trap 'rm -f "$p"' EXIT
cat >"$p"; mv -f "$p" "$1/$2.service"
systemctl daemon-reload; systemctl enable "$2.service"; systemctl restart "$2.service"
`;

/** Installs and starts it. False where the person turned away. Rejects with what systemd said. */
export async function installService(
  runner: Runner,
  asker: Asker,
  about: Rooted,
  unit: { readonly name: string; readonly text: string; readonly units: string },
): Promise<boolean> {
  const words = ['/bin/sh', '-c', INSTALL, 'sh', unit.units, unit.name];
  return done(await withSudo(runner, asker, about, words, unit.text), `${unit.name} could not be installed`);
}

/** Stops it, switches it off, removes the unit and tells systemd. Arguments: folder, name. */
const REMOVE = `
LC_ALL=C; export LC_ALL
systemctl disable --now "$2.service"; rm -f -- "$1/$2.service" && systemctl daemon-reload
`;

/** Removes it. False where the person turned away. */
export async function removeService(
  runner: Runner,
  asker: Asker,
  about: Rooted,
  name: string,
  units: string,
): Promise<boolean> {
  const words = ['/bin/sh', '-c', REMOVE, 'sh', units, name];
  return done(await withSudo(runner, asker, about, words), `${name} could not be removed`);
}

/** `start`, `stop` or `restart`. False where the person turned away. */
export async function controlService(
  runner: Runner,
  asker: Asker,
  about: Rooted,
  name: string,
  what: 'start' | 'stop' | 'restart',
): Promise<boolean> {
  const told = await withSudo(runner, asker, about, ['systemctl', what, '--', `${name}.service`]);
  return done(told, `${name} could not ${what}`);
}

function done(told: Collected | undefined, what: string): boolean {
  if (!told) return false;
  if (endedWell(told.exit)) return true;
  const why = `${told.err}\n${told.out}`.trim().split('\n').slice(-3).join(' ');
  throw new RemoteError('failed', `${what}: ${why}`, 'The journal of the service tells more.');
}

/** For each unit of ours its name, then what systemctl says. Arguments: folder, mark. */
const LIST = `
for f in "$1"/*.service; do
  [ -f "$f" ] || continue
  read -r l <"$f"; [ "$l" = "$2" ] || continue
  n=\${f##*/}; echo "@service \${n%.service}"
  systemctl show -p ActiveState -p SubState -p NRestarts -p UnitFileState "$n" 2>/dev/null
done
`;

/** The services of ours, by name. */
export async function listServices(runner: Runner, units: string): Promise<readonly Service[]> {
  const { out } = await collect(runner.exec(['/bin/sh', '-c', LIST, 'sh', units, MARK], { input: '' }));
  return out
    .split(/^@service /m)
    .slice(1)
    .map((part): Service => {
      const [name = '', ...lines] = part.split('\n');
      const said = new Map(lines.map((line) => line.split('=', 2) as [string, string]));
      return {
        name: name.trim(),
        state: said.get('ActiveState') ?? '',
        detail: said.get('SubState') ?? '',
        restarts: Number(said.get('NRestarts') ?? 0),
        enabled: said.get('UnitFileState') === 'enabled',
      };
    });
}

/** The latest lines of its journal; what the user may not read needs root. Undefined where the person turned away. */
export async function journalOf(
  runner: Runner,
  asker: Asker,
  about: Rooted,
  name: string,
  lines: number,
): Promise<string | undefined> {
  const words = ['journalctl', '--no-pager', '-o', 'short-iso', '-n', String(lines), '-u', `${name}.service`];
  const mine = await collect(runner.exec(words, { input: '', env: { LC_ALL: 'C' } }));
  if (endedWell(mine.exit) && /\d{4}-\d\d-\d\dT/.test(mine.out)) return mine.out;
  return (await withSudo(runner, asker, about, words))?.out;
}
