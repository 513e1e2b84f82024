/**
 * What the Doctor looks at, and what it says of each: what is installed, whether it works, what to do next. Judging is
 * pure; asking is done by {@link askMachine} and by whoever knows the editor.
 */
import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { localRunner } from '../remote/local.ts';
import { collect, endedWell } from '../remote/runner.ts';

/** One line of the page. */
export interface Check {
  readonly title: string;
  /** `good` works; `note` works less well than it could; `bad` does not work; `open` was not looked at or is not needed. */
  readonly state: 'good' | 'note' | 'bad' | 'open';
  readonly text: string;
  /** What to do next. */
  readonly next?: { readonly title: string; readonly command: string; readonly words?: readonly string[] };
}

export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Check[];
}

/** What was found out. */
export interface Health {
  readonly extension: string;
  readonly editor: string;
  readonly server: { readonly state: 'starting' | 'running' | 'stopped'; readonly problem?: string };
  /** What pipelines are judged for; undefined where the server did not say. */
  readonly target: { readonly title: string; readonly assumed: boolean } | undefined;
  /** How many machines the tables have; undefined where the server gave no answer. */
  readonly machines: number | undefined;
  /** The file that is open, and what was found in it; `runnable` is undefined where the server gave no answer. */
  readonly file: { readonly name: string; readonly runnable: number | undefined } | undefined;
  readonly trusted: boolean;
  /** Undefined where nothing may be run. */
  readonly machine: Machine | undefined;
  readonly devices: readonly {
    readonly name: string;
    readonly state: 'idle' | 'connecting' | 'ready' | 'lost';
    readonly text: string;
  }[];
}

/** What this machine has for runs and connections; undefined for what is not there. */
export interface Machine {
  readonly gstreamer: string | undefined;
  readonly ssh: string | undefined;
  /** Number of hosts that ~/.ssh/config names; undefined where there is none. */
  readonly hosts: number | undefined;
  /** Names of the usual private keys that are there. */
  readonly keys: readonly string[];
  readonly agent: boolean;
}

/** How long a program may take to say its version, in milliseconds. */
const PATIENCE = 10_000;

const KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa', 'id_ed25519_sk', 'id_ecdsa_sk'];

/** Starts `gst-launch-1.0 --version` and `ssh -V` here, and looks at which files ~/.ssh has. */
export async function askMachine(aliases: readonly string[]): Promise<Machine> {
  const folder = join(homedir(), '.ssh');
  const there = async (name: string): Promise<boolean> =>
    access(join(folder, name)).then(
      () => true,
      () => false,
    );
  const [gstreamer, ssh, config, ...keys] = await Promise.all([
    firstLine(['gst-launch-1.0', '--version']),
    firstLine(['ssh', '-V']),
    readFile(join(folder, 'config'), 'utf8').catch(() => undefined),
    ...KEYS.map(there),
  ]);
  return {
    gstreamer: gstreamer && (/version ([\d.]+)/.exec(gstreamer)?.[1] ?? gstreamer),
    ssh: ssh && (/^(OpenSSH_[^\s,]+)/.exec(ssh)?.[1] ?? ssh),
    hosts: config === undefined ? undefined : aliases.length,
    keys: KEYS.filter((_, i) => keys[i]),
    agent: (process.env.SSH_AUTH_SOCK ?? '') !== '',
  };
}

/** Undefined where the program is not there or does not end well. */
async function firstLine(words: readonly string[]): Promise<string | undefined> {
  const runner = localRunner();
  try {
    const { out, err, exit } = await collect(
      runner.exec(words, { input: '', abort: AbortSignal.timeout(PATIENCE) }),
      10_000,
    );
    return endedWell(exit) ? `${out}\n${err}`.trim().split('\n')[0] : undefined;
  } finally {
    await runner.dispose();
  }
}

/** What to say of it, in the order in which a person needs it. */
export function checksOf(health: Health): CheckGroup[] {
  return [
    { title: 'Checking pipelines', checks: [...checking(health)] },
    { title: 'Running pipelines', checks: [...running(health)] },
    { title: 'Devices', checks: [...devices(health)] },
  ];
}

function* checking({ extension, editor, server, target, machines, file }: Health): Iterable<Check> {
  yield { title: 'Extension', state: 'good', text: `Jetson Pipelines ${extension} in ${editor}.` };
  yield serverCheck(server);
  yield machines === undefined
    ? {
        title: 'Tables of elements and machines',
        state: 'bad',
        text: 'The server has not said which machines it knows.',
        next: restart,
      }
    : { title: 'Tables of elements and machines', state: 'good', text: `${machines} machines are known.` };
  const choose = { title: 'Choose Target', command: 'jetsonPipelines.chooseTarget' };
  if (!target) yield { title: 'Target', state: 'open', text: 'Known once the server answers.' };
  else if (target.assumed) {
    yield {
      title: 'Target',
      state: 'note',
      text: `No machine is chosen, so ${target.title} is assumed: what fails on some modules only is a warning.`,
      next: choose,
    };
  } else yield { title: 'Target', state: 'good', text: `Pipelines are judged for ${target.title}.`, next: choose };
  if (!file) {
    yield {
      title: 'This file',
      state: 'open',
      text: 'No file is open.',
      next: { title: 'Open the Examples', command: 'jetsonPipelines.openExamples' },
    };
  } else {
    const count = file.runnable ?? 0;
    const what = { 0: 'No pipeline or configuration', 1: 'One pipeline or configuration' }[count];
    const found = `${what ?? `${count} pipelines or configurations`} in ${file.name} can be run as`;
    yield {
      title: 'This file',
      state: count > 0 ? 'good' : 'open',
      text: `${found} ${count > 1 ? 'they stand' : 'it stands'}.`,
    };
  }
}

const restart = { title: 'Restart Language Server', command: 'jetsonPipelines.restartServer' };

function serverCheck({ state, problem }: Health['server']): Check {
  const title = 'Language server';
  if (state === 'stopped') {
    return { title, state: 'bad', text: 'It has stopped: nothing is checked. Its log says why.', next: restart };
  }
  if (state === 'starting') return { title, state: 'open', text: 'It is just starting.' };
  return problem === undefined
    ? { title, state: 'good', text: 'It runs and answers.' }
    : { title, state: 'note', text: `It runs. ${problem}` };
}

function* running({ trusted, machine }: Health): Iterable<Check> {
  if (!trusted || !machine) {
    yield {
      title: 'Trust',
      state: 'note',
      text: 'This workspace is not trusted, so nothing is run, here or on a device, and nothing was looked at.',
      next: { title: 'Manage Workspace Trust', command: 'workbench.trust.manage' },
    };
    return;
  }
  yield { title: 'Trust', state: 'good', text: 'This workspace is trusted: pipelines may be run.' };
  yield machine.gstreamer === undefined
    ? {
        title: 'GStreamer on this machine',
        state: 'open',
        text: 'gst-launch-1.0 is not here. Checking does not need it, and a device brings its own.',
      }
    : {
        title: 'GStreamer on this machine',
        state: 'good',
        text: `${machine.gstreamer}: pipelines can be run here too.`,
      };
  yield machine.ssh === undefined
    ? {
        title: 'OpenSSH',
        state: 'note',
        text: 'ssh is not here. Devices can be reached by their address, but ~/.ssh/config is not understood without it.',
      }
    : { title: 'OpenSSH', state: 'good', text: machine.ssh };
  yield {
    title: '~/.ssh/config',
    state: machine.hosts === undefined || machine.hosts === 0 ? 'open' : 'good',
    text:
      machine.hosts === undefined
        ? 'There is none, and none is needed: a device can be added by its address.'
        : `${machine.hosts === 1 ? 'It names one host' : `It names ${machine.hosts} hosts`}.`,
  };
  const keys = machine.keys.join(', ');
  yield keys === '' && !machine.agent
    ? { title: 'Keys', state: 'open', text: 'There is no usual key and no agent, so devices will ask for a password.' }
    : {
        title: 'Keys',
        state: 'good',
        text: `${[keys, ...(machine.agent ? ['an agent'] : [])].filter(Boolean).join(' and ')}.`,
      };
}

function* devices({ devices: all, trusted }: Health): Iterable<Check> {
  if (all.length === 0) {
    yield {
      title: 'No device yet',
      state: 'open',
      text: 'Nothing is installed on a device: an address and a login are enough.',
      ...(trusted ? { next: { title: 'Add a Device', command: 'jetsonPipelines.addDevice' } } : {}),
    };
  }
  for (const { name, state, text } of all) {
    const connect = { title: 'Connect', command: 'jetsonPipelines.connectDevice', words: [name] };
    if (state === 'ready') yield { title: name, state: 'good', text };
    else if (state === 'connecting') yield { title: name, state: 'open', text: 'It is just being connected.' };
    else if (state === 'lost') yield { title: name, state: 'bad', text, ...(trusted ? { next: connect } : {}) };
    else yield { title: name, state: 'open', text: 'It is not connected.', ...(trusted ? { next: connect } : {}) };
  }
}

/** The page as plain text, for a mail or an issue. */
export function textOf(groups: readonly CheckGroup[]): string {
  const marks = { good: '[ok]', note: '[note]', bad: '[fails]', open: '[-]' } as const;
  return groups
    .map(({ title, checks }) =>
      [title, ...checks.map((check) => `  ${marks[check.state]} ${check.title}: ${check.text}`)].join('\n'),
    )
    .join('\n\n');
}
