/** Programs of the demo device about the system and its processes. */

import { type Process, type Program, type SignalName, signalOf, statusNumber } from './machine.ts';
import { formatted } from './printf.ts';
import { test } from './test-expression.ts';
import { options } from './tools-text.ts';

const constant =
  (text: string): Program =>
  async (process) => {
    await process.say(text);
    return 0;
  };

const id: Program = async (process) => {
  const { has } = options(process.arguments);
  if (has('u')) await process.say(has('n') ? 'nvidia\n' : '1000\n');
  else if (has('g')) await process.say(has('n') ? 'nvidia\n' : '1000\n');
  else if (has('G')) await process.say(has('n') ? 'nvidia adm sudo audio video render\n' : '1000 4 27 29 44 104\n');
  else
    await process.say(
      'uid=1000(nvidia) gid=1000(nvidia) groups=1000(nvidia),4(adm),27(sudo),29(audio),44(video),104(render)\n',
    );
  return 0;
};

const uname: Program = async (process) => {
  const { has } = options(process.arguments);
  const parts: [string, string][] = [
    ['s', 'Linux'],
    ['n', 'jetson-demo'],
    ['r', '5.15.148-tegra'],
    ['v', '#1 SMP PREEMPT'],
    ['m', 'aarch64'],
    ['o', 'GNU/Linux'],
  ];
  const shown = parts.filter(([letter]) => has('a') || has(letter)).map(([, text]) => text);
  await process.say(`${(shown.length > 0 ? shown : ['Linux']).join(' ')}\n`);
  return 0;
};

const date: Program = async (process) => {
  const { value, rest } = options(process.arguments, 'rd');
  const file = value('r');
  const entry = file === undefined ? undefined : process.files.at(process.path(file));
  if (file !== undefined && !entry) {
    await process.complain(`date: ${file}: No such file or directory\n`);
    return 1;
  }
  const time = new Date(entry ? entry.mtime * 1000 : Date.now());
  const two = (number: number): string => String(number).padStart(2, '0');
  const parts: Record<string, string> = {
    s: String(Math.floor(time.getTime() / 1000)),
    N: String((time.getTime() % 1000) * 1e6).padStart(9, '0'),
    Y: String(time.getUTCFullYear()),
    m: two(time.getUTCMonth() + 1),
    d: two(time.getUTCDate()),
    H: two(time.getUTCHours()),
    M: two(time.getUTCMinutes()),
    S: two(time.getUTCSeconds()),
    F: time.toISOString().slice(0, 10),
    T: time.toISOString().slice(11, 19),
  };
  const format = rest.find((word) => word.startsWith('+'))?.slice(1);
  await process.say(
    `${format === undefined ? time.toUTCString() : format.replace(/%(.)/g, (match, letter: string) => parts[letter] ?? match)}\n`,
  );
  return 0;
};

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const seconds = (text: string): number => Number.parseFloat(text) * (SECONDS[text.at(-1) ?? ''] ?? 1);

const sleep: Program = async (process) => {
  await process.sleep(process.arguments.reduce((sum, text) => sum + seconds(text) * 1000, 0));
  return 0;
};

/** `env -i -u NAME NAME=VALUE program`; without a program it prints what is set. */
const env: Program = async (process) => {
  const words = [...process.arguments];
  const changed = new Map(process.env);
  while (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    if (option === '-i' || option === '-') changed.clear();
    else if (option === '-u') changed.delete(words.shift() ?? '');
    else if (option === '--') break;
  }
  while (words[0]?.includes('=')) {
    const word = words.shift()!;
    changed.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
  }
  if (words.length > 0) return become(process, words, changed);
  for (const [name, value] of changed) await process.say(`${name}=${value}\n`);
  return 0;
};

/** Goes on as another program in the same process, as `exec` does. */
async function become(
  process: Process,
  words: readonly string[],
  environment: ReadonlyMap<string, string> = process.env,
): Promise<number> {
  const { machine } = process;
  const path = machine.find(words[0]!, environment, process.folder);
  if (path === undefined) {
    await process.complain(`${process.name}: '${words[0]}': No such file or directory\n`);
    return 127;
  }
  const settings = [...environment];
  process.env.clear();
  for (const [name, value] of settings) process.env.set(name, value);
  process.words = words;
  return machine.programs.get(path)!(process);
}

/** Those that only put something around a program: options and `words` operands of their own are left out. */
const around =
  (takes: string, operands = 0): Program =>
  (process) => {
    const words = [...process.arguments];
    while (words[0]?.startsWith('-')) {
      const option = words.shift()!;
      if (option === '--') break;
      if (takes.includes(option[1]!) && option.length === 2) words.shift();
    }
    words.splice(0, operands);
    return words.length > 0 ? become(process, words) : 0;
  };

const timeout: Program = async (process) => {
  const words = [...process.arguments];
  let signal: SignalName = 'TERM';
  let killAfter: number | undefined;
  while (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    const long = /^--(signal|kill-after)=(.*)$/.exec(option);
    const value = long ? long[2]! : /^-[sk]$/.test(option) ? (words.shift() ?? '') : '';
    if (option === '-s' || long?.[1] === 'signal') signal = signalOf(value) ?? 'TERM';
    if (option === '-k' || long?.[1] === 'kill-after') killAfter = seconds(value);
  }
  const limit = seconds(words.shift() ?? '0');
  const { machine } = process;
  const { process: child, exit } = machine.start(words, {
    env: process.env,
    folder: process.folder,
    input: process.input,
    out: process.out,
    err: process.err,
    group: process.group,
    parent: process.pid,
  });
  let late = false;
  const ring = setTimeout(() => {
    late = true;
    child.signal(signal);
    if (killAfter !== undefined) setTimeout(() => child.signal('KILL'), killAfter * 1000).unref();
  }, limit * 1000);
  process.onSignal = (name) => {
    child.signal(name);
    return true;
  };
  try {
    const status = await exit;
    return late ? 124 : statusNumber(status);
  } finally {
    clearTimeout(ring);
  }
};

/** Nobody is asked for a password: `-n`, `-S` and `-v` all succeed. */
const sudo: Program = async (process) => {
  const words = [...process.arguments];
  while (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    if (option === '--') break;
    if (/^-[pugCh]$/.test(option)) words.shift();
    // Its password comes first on the input; the program gets the rest.
    if (option === '-S') await process.line();
  }
  while (words[0]?.includes('=')) words.shift();
  if (words.length === 0) return 0;
  process.env.set('SUDO_USER', 'nvidia');
  return become(process, words);
};

const commandLine = (process: Process): string => process.words.join(' ');

const ps: Program = async (process) => {
  const words = process.arguments.join(' ');
  const columns = /-?-?o\s*([\w=,%]+)/
    .exec(words)?.[1]
    ?.split(',')
    .map((column) => column.replace('=', '')) ?? ['pid', 'cmd'];
  const pid = /-p\s*(\d+)/.exec(words)?.[1];
  const shown = [...process.machine.processes.values()].filter((one) => pid === undefined || one.pid === Number(pid));
  if (!/=/.test(words)) await process.say(`${columns.map((column) => column.toUpperCase()).join(' ')}\n`);
  for (const one of shown) {
    const cells: Record<string, string> = {
      pid: String(one.pid),
      ppid: String(one.parent),
      pgid: String(one.group),
      user: 'nvidia',
      stat: 'S',
      state: 'S',
      comm: one.name,
      cmd: commandLine(one),
      args: commandLine(one),
      command: commandLine(one),
      etimes: String(Math.floor((Date.now() - one.startedAt) / 1000)),
    };
    await process.say(`${columns.map((column) => cells[column] ?? '-').join(' ')}\n`);
  }
  return shown.length > 0 ? 0 : 1;
};

function matching(process: Process): Process[] {
  const { has, rest } = options(process.arguments, 'us');
  const pattern = new RegExp(rest[0] ?? '');
  return [...process.machine.processes.values()].filter((one) => {
    const text = has('f') ? commandLine(one) : one.name;
    return one !== process && (has('x') ? text === rest[0] : pattern.test(text));
  });
}

const pgrep: Program = async (process) => {
  const { has } = options(process.arguments, 'us');
  const found = matching(process);
  for (const one of found)
    await process.say(`${one.pid}${has('a') ? ` ${commandLine(one)}` : has('l') ? ` ${one.name}` : ''}\n`);
  return found.length > 0 ? 0 : 1;
};

const pkill: Program = (process) => {
  const signal = process.arguments
    .map((word) => (word.startsWith('-') ? signalOf(word.slice(1)) : undefined))
    .find((one) => one);
  const found = matching(process);
  for (const one of found) one.signal(signal ?? 'TERM');
  return found.length > 0 ? 0 : 1;
};

const killProgram: Program = async (process) => {
  const words = [...process.arguments];
  let signal: SignalName | undefined = 'TERM';
  if (words[0] === '-s') signal = signalOf(words.splice(0, 2)[1] ?? '');
  else if (/^-\w/.test(words[0] ?? '')) {
    const name = words.shift()!.slice(1);
    signal = name === '0' ? undefined : signalOf(name);
  }
  let code = 0;
  for (const word of words.filter((one) => one !== '--')) {
    if (process.machine.kill(Number(word), signal)) continue;
    code = 1;
    await process.complain(`kill: (${word}) - No such process\n`);
  }
  return code;
};

const which: Program = async (process) => {
  let code = 0;
  for (const name of options(process.arguments).rest) {
    const path = process.machine.find(name, process.env, process.folder);
    if (path === undefined) code = 1;
    else await process.say(`${path}\n`);
  }
  return code;
};

const echo: Program = async (process) => {
  const words = process.arguments;
  await process.say(words[0] === '-n' ? words.slice(1).join(' ') : `${words.join(' ')}\n`);
  return 0;
};

const printf: Program = async (process) => {
  const [format = '', ...words] = process.arguments;
  await process.say(formatted(format, words));
  return 0;
};

const testProgram: Program = (process) => {
  const words = process.name === '[' ? process.arguments.slice(0, -1) : process.arguments;
  return test({ folder: process.folder, process }, words);
};

const stty: Program = async (process) => {
  if (process.arguments[0] === 'size')
    await process.say(`${process.env.get('LINES') ?? 24} ${process.env.get('COLUMNS') ?? 80}\n`);
  return 0;
};

/** Name → program. */
export const systemTools: Readonly<Record<string, Program>> = {
  id,
  whoami: constant('nvidia\n'),
  hostname: constant('jetson-demo\n'),
  uname,
  date,
  sleep,
  env,
  printenv: env,
  nohup: around(''),
  setsid: around(''),
  stdbuf: around('ioe'),
  nice: around('n'),
  ionice: around('cn'),
  time: around(''),
  timeout,
  sudo,
  ps,
  pgrep,
  pkill,
  kill: killProgram,
  which,
  echo,
  printf,
  test: testProgram,
  '[': testProgram,
  true: () => 0,
  false: () => 1,
  nproc: constant('6\n'),
  arch: constant('aarch64\n'),
  sync: () => 0,
  stty,
  getconf: constant('4096\n'),
  pwd: async (process) => {
    await process.say(`${process.folder}\n`);
    return 0;
  },
};
