/** What was asked for on the command line. Pure: words in, a wish or a complaint out. */
import type { Severity } from '../model/finding.ts';

export type Wish =
  | Check
  | { readonly kind: 'dump'; readonly what: DumpKind; readonly path: string; readonly options: Options }
  | { readonly kind: 'lines'; readonly options: Options }
  | { readonly kind: 'targets' }
  | { readonly kind: 'rules' }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string };

export type DumpKind = 'tree' | 'model' | 'pipeline' | 'budget';

export interface Check {
  readonly kind: 'check';
  readonly paths: readonly string[];
  /** The text comes from standard input. */
  readonly stdin: boolean;
  readonly fix: boolean;
  readonly format: string;
  readonly options: Options;
}

export interface Options {
  /** Words of the target; empty: the default. */
  readonly target: readonly string[];
  /** VS Code language id that all texts are taken for. */
  readonly language: string | undefined;
  /** The name that standard input goes by. */
  readonly stdinPath: string | undefined;
  /** What is less grave is not told. */
  readonly severity: Severity;
}

/** Reads the words behind the program's name. `formats` are the ids of the reports. */
export function readArguments(words: readonly string[], formats: readonly string[]): Wish {
  const target: string[] = [];
  const positional: string[] = [];
  const said: Record<string, string> = {};
  const flags = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--') {
      positional.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      positional.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (FLAGS.has(name)) {
      if (equals >= 0) return wrong(`${name} takes no value`);
      flags.add(name);
      continue;
    }
    if (!VALUED.has(name)) return wrong(`there is no option ${name}`);
    const value = equals < 0 ? words[++i] : word.slice(equals + 1);
    if (value === undefined || value === '') return wrong(`${name} wants a value`);
    if (name === '--target') target.push(...value.split(/\s+/).filter((one) => one !== ''));
    else said[name] = value;
  }
  if (flags.has('--help') || flags.has('-h')) return { kind: 'help' };
  if (flags.has('--version') || flags.has('-V')) return { kind: 'version' };
  const format = said['--format'] ?? 'text';
  if (!formats.includes(format)) return wrong(`--format is one of ${formats.join(', ')}, not ${format}`);
  const severity = said['--severity'] ?? 'hint';
  if (!isSeverity(severity)) return wrong(`--severity is one of error, warning, hint, not ${severity}`);
  const options: Options = {
    target,
    language: said['--language'],
    stdinPath: said['--stdin-path'],
    severity,
  };
  const [command, ...rest] = positional;
  if (command === 'targets' || command === 'rules' || command === 'lines') {
    if (rest.length > 0) return wrong(`${command} takes no paths; a file of that name is checked as ./${command}`);
    return command === 'lines' ? { kind: 'lines', options } : { kind: command };
  }
  if (command === 'dump') {
    const [what, path, ...more] = rest;
    if (!isDumpKind(what) || path === undefined || more.length > 0) {
      return wrong('dump is written `gst-lint dump tree|model|pipeline|budget FILE`');
    }
    return { kind: 'dump', what, path, options };
  }
  const stdin = flags.has('--stdin') || (positional.length === 1 && command === '-');
  if (stdin && positional.some((path) => path !== '-')) return wrong('--stdin and paths do not go together');
  if (stdin && !options.language && !options.stdinPath) return wrong('--stdin wants --language or --stdin-path');
  if (!stdin && positional.length === 0) return wrong('name files or folders to check, `.` for this folder');
  return { kind: 'check', paths: stdin ? [] : positional, stdin, fix: flags.has('--fix'), format, options };
}

/** The text of `--help`. */
export function help(formats: readonly { readonly id: string; readonly title: string }[]): string {
  return `gst-lint reads GStreamer pipelines and DeepStream configurations, and says what is wrong with them.

  gst-lint [options] FILE|FOLDER…      check; folders are searched as git sees them
  gst-lint [options] --stdin           check standard input
  gst-lint dump tree|model FILE        how the pipelines of a file were read
  gst-lint dump pipeline FILE          the pipeline that a deepstream-app configuration stands for
  gst-lint dump budget FILE            what the pipelines of a file ask of the device: engines, copies, NVMM
  gst-lint lines                       JSON lines in, JSON lines out, for programs
  gst-lint targets                     the machines that --target knows
  gst-lint rules                       the rules

  --target WORDS      the machine: a module, and releases behind it ("orin-nano-8gb deepstream-7.1")
  --format NAME       ${formats.map(({ id, title }) => `${id}: ${title}`).join('\n                      ')}
  --severity NAME     tell nothing less grave than error, warning or hint (the default)
  --fix               make the safe fixes in the files; with --stdin, print the fixed text
  --language ID       VS Code language id of the text, where its name does not tell (shellscript, python, gst-launch)
  --stdin-path PATH   the name that standard input goes by
  --help, --version

Exit status: 0 nothing found, 1 something found, 2 could not run as asked.
`;
}

const FLAGS = new Set(['--fix', '--stdin', '--help', '-h', '--version', '-V']);
const VALUED = new Set(['--target', '--format', '--language', '--stdin-path', '--severity']);

const isDumpKind = (text: string | undefined): text is DumpKind =>
  text === 'tree' || text === 'model' || text === 'pipeline' || text === 'budget';
const isSeverity = (text: string): text is Severity => text === 'error' || text === 'warning' || text === 'hint';
const wrong = (message: string): Wish => ({ kind: 'wrong', message });
