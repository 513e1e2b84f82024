/**
 * A container on a device as a runner: what is run, harvested, looked up and copied happens inside. Programs are put in by
 * `docker exec`, so that stopping, losing the connection and quoting are what they are on the device itself.
 */
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { Line } from './lines.ts';
import {
  type Collected,
  collect,
  describeExit,
  type ExecOptions,
  endedWell,
  RemoteError,
  type Runner,
  type Running,
} from './runner.ts';

/** A container that runs. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** `Up 2 hours`. */
  readonly status: string;
}

export interface Image {
  readonly id: string;
  /** `nvcr.io/nvidia/deepstream:7.1-triton-multiarch`; the id where it has no name. */
  readonly name: string;
  /** As docker tells it: `12.4GB`. */
  readonly size: string;
}

/** What can be chosen on a device. */
export interface Containers {
  readonly running: readonly Container[];
  readonly images: readonly Image[];
}

export interface DockerOptions {
  /** `docker`, `podman`, or a path. */
  readonly program?: string;
  readonly abort?: AbortSignal;
}

/** Lists what runs and what could be run. Rejects with a {@link RemoteError} where there is no docker or it may not be used. */
export async function listContainers(
  host: Runner,
  { program = 'docker', abort }: DockerOptions = {},
): Promise<Containers> {
  const options = { input: '', ...(abort && { abort }) };
  const ask = (...words: string[]): Promise<Collected> =>
    collect(host.exec([program, ...words, '--format', '{{json .}}'], options), 4_000_000);
  const [running, images] = await Promise.all([ask('ps'), ask('image', 'ls')]);
  for (const said of [running, images]) if (!endedWell(said.exit)) throw refused(host, program, said);
  return {
    running: records(running.out).map((one) => ({
      id: one.ID ?? '',
      name: (one.Names ?? '').split(',')[0] ?? '',
      image: one.Image ?? '',
      status: one.Status ?? '',
    })),
    images: records(images.out).map((one) => {
      const named = one.Repository !== undefined && one.Repository !== '<none>';
      return {
        id: one.ID ?? '',
        name: named ? `${one.Repository}${one.Tag && one.Tag !== '<none>' ? `:${one.Tag}` : ''}` : (one.ID ?? ''),
        size: one.Size ?? '',
      };
    }),
  };
}

/** Which container; an image is started for as long as its runner lives. */
export type Place = { readonly container: string } | { readonly image: string; readonly options?: readonly string[] };

/**
 * What DeepStream images need on a Jetson: the board's own libraries, its ports and shared memory. Its camera daemon too, where
 * it runs.
 */
export async function jetsonOptions(host: Runner): Promise<readonly string[]> {
  const { exit } = await collect(host.exec(['test', '-e', ARGUS], { input: '' }));
  const camera = endedWell(exit) ? ['-v', `${ARGUS}:${ARGUS}`] : [];
  return ['--runtime', 'nvidia', '--network', 'host', '--ipc', 'host', ...camera];
}

const ARGUS = '/tmp/argus_socket';

/**
 * A runner inside a container. A container of {@link Place} must be running already; an image is started, and is gone when the runner
 * is disposed or the connection lost. Rejects with a {@link RemoteError}.
 */
export async function containerRunner(
  host: Runner,
  place: Place,
  { program = 'docker', abort }: DockerOptions = {},
): Promise<Runner> {
  const keeper = 'image' in place ? await startImage(host, place, program, abort) : undefined;
  const name = keeper?.name ?? ('container' in place ? place.container : '');
  checked(name);
  const title = `${host.where.title} › ${'image' in place ? place.image : place.container}`;
  const exec = (
    words: readonly string[],
    options: ExecOptions,
    terminal: readonly string[] = [],
  ): readonly string[] => [program, 'exec', '-i', ...terminal, name, ...inside(words, options)];
  const run = async (...words: string[]): Promise<Collected> => collect(host.exec([program, ...words], { input: '' }));
  const within = async (script: string, ...words: string[]): Promise<Collected> =>
    run('exec', '-i', name, '/bin/sh', '-c', script, 'sh', ...words);
  const said = await within('printf %s "${HOME:-/}"');
  if (!endedWell(said.exit)) {
    await keeper?.stop();
    throw refused(host, program, said, name);
  }
  const home = said.out === '' ? '/' : said.out;
  const path = (written: string): string => posix.resolve(home, written);
  return {
    where: { kind: 'container', title },
    exec: (words, options = {}) =>
      running(
        host,
        (mark) => exec(marked(mark, words), options),
        options,
        (pid, signal) => within('kill -s "$1" "$2"', signal, pid),
      ),
    pty: (words, size, options = {}) => host.pty(exec(words, options, ['-t']), size, withoutPlace(options)),
    async upload(from, to, options = {}) {
      const middle = transferName();
      const target = path(to);
      const part = `${target}.part-${randomBytes(4).toString('hex')}`;
      try {
        await host.upload(from, middle, options);
        const made = await within('mkdir -p -- "$1"', posix.dirname(target));
        const copied = endedWell(made.exit) ? await run('cp', middle, `${name}:${part}`) : made;
        const moved = endedWell(copied.exit) ? await within('mv -f -- "$1" "$2"', part, target) : copied;
        if (!endedWell(moved.exit)) throw copyError(from, target, moved);
      } catch (error) {
        await within('rm -f -- "$1"', part);
        throw error;
      } finally {
        await collect(host.exec(['rm', '-f', '--', middle], { input: '' }));
      }
    },
    async download(from, to, options) {
      const middle = transferName();
      try {
        await collect(host.exec(['mkdir', '-p', posix.dirname(middle)], { input: '' }));
        const copied = await run('cp', '-L', `${name}:${path(from)}`, middle);
        if (!endedWell(copied.exit)) throw copyError(path(from), to, copied);
        await host.download(middle, to, options);
      } finally {
        await collect(host.exec(['rm', '-rf', '--', middle], { input: '' }));
      }
    },
    // The device's connection is shared and not ours to close.
    dispose: async () => keeper?.stop(),
  };
}

/** Beside the runs, below the home folder of the device. */
const transferName = (): string => `.cache/jetson-pipelines/transfer/${randomBytes(8).toString('hex')}`;

/** Goes to the folder and becomes the program: the runner's contract is that it starts at home, not at the image's WORKDIR. */
const GO =
  'cd -- "${1:-$HOME}" 2>/dev/null || [ -z "$1" ] || { echo "$1: no such folder in the container" >&2; exit 126; }; shift; exec "$@"';

function inside(words: readonly string[], { env = {}, folder = '' }: ExecOptions): readonly string[] {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const wanted = folder === '' || folder.startsWith('/') ? folder : `./${folder}`;
  const start = wanted.startsWith('./') ? 'cd -- "$HOME" 2>/dev/null; ' : '';
  return [
    '/bin/sh',
    '-c',
    `${start}${GO}`,
    'sh',
    wanted,
    ...(settings.length > 0 ? ['env', ...settings] : []),
    ...words,
  ];
}

/** Says its process id on the error stream behind the mark and becomes the program: docker delivers no signals to it. */
const marked = (mark: string, words: readonly string[]): readonly string[] => [
  '/bin/sh',
  '-c',
  'echo "$0 $$" >&2; exec "$@"',
  mark,
  ...words,
];

const withoutPlace = ({ input, abort }: ExecOptions): ExecOptions => ({
  ...(input !== undefined && { input }),
  ...(abort && { abort }),
});

function running(
  host: Runner,
  command: (mark: string) => readonly string[],
  options: ExecOptions,
  kill: (pid: string, signal: string) => Promise<unknown>,
): Running {
  const mark = `jp${randomBytes(9).toString('hex')}`;
  const outer = host.exec(command(mark), withoutPlace(options));
  let tell: (pid: string | undefined) => void = () => {};
  const pid = new Promise<string | undefined>((resolve) => {
    tell = resolve;
  });
  async function* lines(): AsyncGenerator<Line> {
    for await (const line of outer.lines) {
      if (line.from === 'err' && line.text.startsWith(`${mark} `)) tell(line.text.slice(mark.length + 1));
      else yield line;
    }
  }
  void outer.exit.then(() => tell(undefined));
  const signal = (name: string): void =>
    void pid.then((known) => (known === undefined ? undefined : kill(known, name)));
  options.abort?.addEventListener('abort', () => signal('TERM'), { once: true });
  return { lines: lines(), write: outer.write, end: outer.end, signal, exit: outer.exit };
}

/**
 * Lives while its input is open, which is as long as the connection; then waits for what was put in by exec (whose parent is nobody) to
 * finish its files, a minute at most. The container goes with it.
 */
const KEEP = `
put_in() {
  n=0
  for f in /proc/[0-9]*/stat; do
    read -r l 2>/dev/null <"$f" || continue
    set -- \${l##*) }
    [ "$2" = 0 ] && n=$((n + 1))
  done
  echo $n
}
before=$(put_in)
echo "$1"; cat >/dev/null
tries=0
while [ $tries -lt 120 ] && [ "$(put_in)" -gt "$before" ]; do sleep 0.5; tries=$((tries + 1)); done
`;

async function startImage(
  host: Runner,
  { image, options = [] }: Extract<Place, { image: string }>,
  program: string,
  abort: AbortSignal | undefined,
): Promise<{ readonly name: string; stop(): Promise<void> }> {
  checked(image);
  const name = `jetson-pipelines-${randomBytes(6).toString('hex')}`;
  const words = [
    program,
    'run',
    '--rm',
    '-i',
    '--init',
    '--name',
    name,
    ...options,
    '--entrypoint',
    '/bin/sh',
    image,
    '-c',
    KEEP,
    'sh',
    name,
  ];
  const run = host.exec(words, abort ? { abort } : {});
  const said: string[] = [];
  const started = await new Promise<boolean>((resolve) => {
    void (async () => {
      for await (const { text } of run.lines) {
        said.push(text);
        if (text === name) resolve(true);
      }
      resolve(false);
    })();
  });
  if (!started)
    throw refused(host, program, { out: '', err: said.join('\n'), exit: await run.exit, cut: false }, image);
  return {
    name,
    stop: async () => {
      run.end();
      await run.exit;
    },
  };
}

/** A name that docker would take for an option is none. */
function checked(name: string): void {
  if (!/^[A-Za-z0-9][\w./:@-]*$/.test(name))
    throw new RemoteError('failed', `Not the name of a container or image: ${name}`);
}

function refused(host: Runner, program: string, { err, out, exit }: Collected, what = ''): RemoteError {
  if ('lost' in exit) return exit.lost instanceof RemoteError ? exit.lost : new RemoteError('lost', exit.lost.message);
  const text = (err.trim() || out.trim() || describeExit(exit)).split('\n').slice(-3).join(' ');
  const { title } = host.where;
  if ('code' in exit && exit.code === 127 && !/container|OCI/i.test(text)) {
    return new RemoteError(
      'failed',
      `${title} has no ${program}.`,
      'JetPack installs it; on a plain Jetson Linux: sudo apt install nvidia-container.',
    );
  }
  if (/permission denied/i.test(text) && /socket|daemon/i.test(text)) {
    return new RemoteError(
      'permission',
      `Your user may not use ${program} on ${title}.`,
      'On the device: sudo usermod -aG docker $USER. Then disconnect and connect again.',
    );
  }
  if (/cannot connect to the docker daemon|is the docker daemon running/i.test(text)) {
    return new RemoteError(
      'failed',
      `The docker service does not run on ${title}.`,
      'On the device: sudo systemctl start docker.',
    );
  }
  if (/no such container/i.test(text) || /is not running/i.test(text)) {
    return new RemoteError(
      'failed',
      `The container ${what} does not run on ${title} any more.`,
      'Start it, or choose another one.',
    );
  }
  return new RemoteError('failed', `${program} on ${title} says: ${text}`);
}

function copyError(from: string, to: string, { err, out, exit }: Collected): RemoteError {
  if ('lost' in exit)
    return new RemoteError(
      'lost',
      `The connection was lost while copying ${from} → ${to}`,
      'Copy again once it is back.',
    );
  const text = (err.trim() || out.trim()).split('\n').at(-1) ?? '';
  const kind = /no space/i.test(text)
    ? 'no-space'
    : /no such file|could not find/i.test(text)
      ? 'no-such-file'
      : /permission denied|read-only/i.test(text)
        ? 'permission'
        : 'failed';
  return new RemoteError(kind, `Copying ${from} → ${to} failed: ${text}`);
}

/** One record a line; what is none is passed over. */
function records(
  text: string,
): Partial<Record<'ID' | 'Names' | 'Image' | 'Status' | 'Repository' | 'Tag' | 'Size', string>>[] {
  return text.split('\n').flatMap((line) => {
    try {
      const record = JSON.parse(line) as unknown;
      return typeof record === 'object' && record !== null ? [record] : [];
    } catch {
      return [];
    }
  });
}
