/** What the demo device's shell does itself: whatever must change it, and the small programs that scripts call all the time. */
import { posix } from 'node:path';
import { type SignalName, signalOf } from './machine.ts';
import { readLine } from './pipes.ts';
import { formatted, unescaped } from './printf.ts';
import { Leave, type Shell } from './shell.ts';
import { parseScript } from './shell-syntax.ts';
import { test } from './test-expression.ts';

/** Gives its status. */
type Builtin = (shell: Shell, words: readonly string[]) => Promise<number> | number;

export const builtins: Readonly<Record<string, Builtin>> = Object.assign(Object.create(null) as object, {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  cd,
  pwd: async (shell) => {
    await shell.say(`${shell.folder}\n`);
    return 0;
  },
  echo,
  printf: async (shell, [format = '', ...words]) => {
    await shell.say(formatted(format, words));
    return 0;
  },
  test: (shell, words) => test(shell, words),
  '[': (shell, words) => (words.at(-1) === ']' ? test(shell, words.slice(0, -1)) : 2),
  export: exportNames,
  readonly: exportNames,
  unset: (shell, words) => {
    for (const name of words.filter((word) => !word.startsWith('-'))) {
      shell.state.variables.delete(name);
      shell.state.exported.delete(name);
      shell.state.functions.delete(name);
    }
    return 0;
  },
  local: (shell, words) => {
    const locals = shell.locals.at(-1);
    for (const word of words) {
      const [name, value] = setting(word);
      if (locals && !locals.has(name)) locals.set(name, shell.state.variables.get(name));
      if (value !== undefined) shell.set(name, value);
    }
    return 0;
  },
  set: (shell, words) => {
    let at = 0;
    for (; at < words.length && /^[-+]./.test(words[at]!) && words[at] !== '--'; at++) {
      if (/^-[a-z]*e/.test(words[at]!)) shell.exitOnError = true;
      if (/^\+[a-z]*e/.test(words[at]!)) shell.exitOnError = false;
      if (/^[-+]o$/.test(words[at]!)) at += 1;
    }
    if (words[at] === '--') shell.parameters = words.slice(at + 1);
    else if (at < words.length) shell.parameters = words.slice(at);
    return 0;
  },
  shift: (shell, [count = '1']) => {
    if (Number(count) > shell.parameters.length) return 1;
    shell.parameters = shell.parameters.slice(Number(count));
    return 0;
  },
  read,
  eval: async (shell, words) => {
    await shell.run(parseScript(words.join(' ')));
    return shell.status;
  },
  '.': async (shell, [file = '']) => {
    await shell.run(parseScript(shell.process.files.read(shell.path(file))));
    return shell.status;
  },
  exit: (shell, [code]) => {
    shell.status = code === undefined ? shell.status : Number(code) & 255;
    throw new Leave('exit', 1);
  },
  return: (shell, [code]) => {
    shell.status = code === undefined ? shell.status : Number(code) & 255;
    throw new Leave('return', 1);
  },
  break: (_shell, [levels = '1']) => {
    throw new Leave('break', Number(levels));
  },
  continue: (_shell, [levels = '1']) => {
    throw new Leave('continue', Number(levels));
  },
  trap: (shell, words) => {
    const [action = '-', ...signals] = words;
    for (const signal of signals) {
      const name = signal === '0' || signal === 'EXIT' ? 'EXIT' : signalOf(signal);
      if (name === undefined) continue;
      if (action === '-') shell.state.traps.delete(name);
      else shell.state.traps.set(name, action);
    }
    return 0;
  },
  wait: async (shell, words) => {
    const wanted = words.length > 0 ? words.map(Number) : [...shell.jobs.keys()];
    let status = 0;
    for (const pid of wanted) {
      const job = shell.jobs.get(pid);
      status = job ? await shell.process.wait(job) : 127;
      shell.jobs.delete(pid);
    }
    return words.length > 0 ? status : 0;
  },
  kill,
  command: (shell, words) => command(shell, words),
  type: (shell, words) => command(shell, ['-v', ...words]),
  umask: () => 0,
  hash: () => 0,
  ulimit: async (shell, words) => {
    if (!words.some((word) => !word.startsWith('-')))
      await shell.say(words.includes('-n') ? '1024\n' : words.includes('-c') ? '0\n' : 'unlimited\n');
    return 0;
  },
} satisfies Record<string, Builtin>);

async function cd(shell: Shell, words: readonly string[]): Promise<number> {
  const [to = shell.get('HOME') ?? '/'] = words[0] === '--' ? words.slice(1) : words;
  const path = shell.path(to);
  const entry = shell.process.files.at(path);
  if (entry?.is !== 'folder') {
    await shell.complain(`cd: can't cd to ${to}`);
    return 2;
  }
  shell.folder = path;
  return 0;
}

async function echo(shell: Shell, words: readonly string[]): Promise<number> {
  let rest = words;
  let end = '\n';
  let escapes = !shell.bash;
  while (/^-[neE]+$/.test(rest[0] ?? '') && (shell.bash || rest[0] === '-n')) {
    if (rest[0]!.includes('n')) end = '';
    if (rest[0]!.includes('e')) escapes = true;
    rest = rest.slice(1);
  }
  const text = rest.join(' ');
  await shell.say((escapes ? unescaped(text) : text) + end);
  return 0;
}

const setting = (word: string): [string, string | undefined] => {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
};

function exportNames(shell: Shell, words: readonly string[]): number {
  for (const word of words.filter((one) => !one.startsWith('-'))) {
    const [name, value] = setting(word);
    if (value !== undefined) shell.set(name, value);
    shell.state.exported.add(name);
  }
  return 0;
}

async function read(shell: Shell, words: readonly string[]): Promise<number> {
  const raw = words.some((word) => /^-\w*r/.test(word));
  const names = words.filter((word) => !word.startsWith('-'));
  const line = await shell.process.wait(readLine(shell.input));
  const separators = shell.get('IFS') ?? ' \t\n';
  let rest = line?.text ?? '';
  if (!raw) rest = rest.replace(/\\(.)/g, '$1');
  const blanks = [...separators].filter((one) => /\s/.test(one));
  const isBlank = (one: string | undefined): boolean => one !== undefined && blanks.includes(one);
  const trim = (): void => {
    while (isBlank(rest[0])) rest = rest.slice(1);
  };
  trim();
  while (isBlank(rest.at(-1))) rest = rest.slice(0, -1);
  for (const [at, name] of (names.length > 0 ? names : ['REPLY']).entries()) {
    if (at >= names.length - 1) shell.set(name, rest);
    else {
      let end = 0;
      while (end < rest.length && !separators.includes(rest[end]!)) end += 1;
      shell.set(name, rest.slice(0, end));
      rest = rest.slice(end);
      trim();
      if (rest !== '' && separators.includes(rest[0]!)) rest = rest.slice(1);
      trim();
    }
  }
  return line?.whole ? 0 : 1;
}

async function kill(shell: Shell, words: readonly string[]): Promise<number> {
  let rest = [...words];
  let signal: SignalName | undefined = 'TERM';
  const name = (text: string): SignalName | undefined => (text === '0' ? undefined : signalOf(text));
  if (rest[0] === '-l') {
    await shell.say('HUP INT QUIT KILL USR1 USR2 PIPE TERM\n');
    return 0;
  }
  if (rest[0] === '-s' || rest[0] === '-n') {
    signal = name(rest[1] ?? '');
    rest = rest.slice(2);
  } else if (/^-[A-Z0-9]/.test(rest[0] ?? '')) {
    signal = name(rest[0]!.slice(1));
    rest = rest.slice(1);
  }
  if (rest[0] === '--') rest = rest.slice(1);
  let status = 0;
  for (const pid of rest) {
    if (shell.process.machine.kill(Number(pid), signal)) continue;
    status = 1;
    await shell.complain(`kill: No such process`);
  }
  return status;
}

async function command(shell: Shell, words: readonly string[]): Promise<number> {
  if (words[0] !== '-v' && words[0] !== '-V') {
    if (words.length === 0) return 0;
    const quoted = words.filter((word) => word !== '-p').map((text) => [{ is: 'text' as const, text, quoted: true }]);
    await shell.run([
      {
        first: { negated: false, commands: [{ is: 'simple', settings: [], words: quoted, redirects: [] }] },
        rest: [],
        background: false,
      },
    ]);
    return shell.status;
  }
  let status = 0;
  for (const name of words.slice(words[1] === '--' ? 2 : 1)) {
    const path = shell.process.machine.find(name, shell.environment, shell.folder);
    if (builtins[name] || shell.state.functions.has(name)) await shell.say(`${name}\n`);
    else if (path !== undefined) await shell.say(`${name.includes('/') ? name : (whereIs(shell, name) ?? path)}\n`);
    else status = 127;
  }
  return status;
}

/** The place on the PATH, links not followed. */
function whereIs(shell: Shell, name: string): string | undefined {
  return (shell.get('PATH') ?? '')
    .split(':')
    .map((folder) => posix.join(folder, name))
    .find((path) => shell.process.files.link(path));
}
