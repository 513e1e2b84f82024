/**
 * A list of words as the one string that an SSH `exec` request carries. sshd hands that string to the user's login shell,
 * whichever it is; this is the only place that knows how to get words through sh, bash, dash, zsh, fish, csh and tcsh unchanged.
 *
 * The string is `/bin/sh -c '<script>' sh <mark> <words…>` in printable ASCII. The script holds no quote, backslash, `!` or line
 * end, which are all that those shells read differently between single quotes. A word that holds one of these, or a byte
 * outside printable ASCII, travels as octal escapes that the script's `printf %b` turns back.
 */

/** What is to be run; see `ExecOptions` for the rest. */
export interface Command {
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /**
   * Printed on both streams before the program begins, so that what a login shell's start-up files print can be told
   * apart. Letters and digits.
   */
  readonly mark: string;
}

/** Turns the encoded words back, tells both streams that the program begins, and becomes the program. */
const SCRIPT = [
  'm=$1; d=$2; shift 2; n=$#',
  // The x guards line ends at the end of a word, which $( ) would take away.
  'while [ $n -gt 0 ]; do case $1 in =*) v=$(printf %bx "${1#=}"); v=${v%x};; *) v=${1#-};; esac; shift; set -- "$@" "$v"; n=$((n-1)); done',
  'case $d in =*) d=$(printf %bx "${d#=}"); d=${d%x};; *) d=${d#-};; esac',
  'echo "$m"; echo "$m" >&2',
  'if [ -n "$d" ]; then cd "$d" || exit 126; fi',
  'exec "$@"',
].join('; ');

/**
 * The string for the login shell. Throws a RangeError where no command line can carry the words: a NUL, no word at all, a
 * program name that begins with `-` or holds `=`, or an environment name that is none.
 */
export function commandLine({ words, env = {}, folder = '', mark }: Command): string {
  const [program] = words;
  if (program === undefined || program === '') throw new RangeError('There is no program to run.');
  if (program.startsWith('-')) throw new RangeError(`A program's name cannot begin with "-": ${program}`);
  const settings = Object.entries(env).map(([name, value]) => `${checkedName(name)}=${value}`);
  if (settings.length > 0 && program.includes('='))
    throw new RangeError(`A program's name cannot hold "=": ${program}`);
  // A folder that looks like an option to cd is a folder all the same.
  const start = folder.startsWith('-') ? `./${folder}` : folder;
  const all = settings.length > 0 ? ['env', ...settings, ...words] : words;
  const travelling = [mark, encode(start), ...all.map(encode)].map(singleQuoted);
  return `/bin/sh -c ${singleQuoted(SCRIPT)} sh ${travelling.join(' ')}`;
}

/** Reads what {@link commandLine} wrote; undefined for any other text. For a server of ours. */
export function readCommandLine(line: string): Command | undefined {
  const head = `/bin/sh -c ${singleQuoted(SCRIPT)} sh `;
  if (!line.startsWith(head)) return undefined;
  const pieces = [...line.slice(head.length).matchAll(/((?:'[^']*'|\\\\)+)(?: |$)/g)].map(([, word]) =>
    word!.replace(/'([^']*)'|\\\\/g, (match, inner?: string) => inner ?? (match === '\\\\' ? '\\' : '')),
  );
  const [mark, folder, ...rest] = pieces;
  if (mark === undefined || folder === undefined) return undefined;
  const words = rest.map(decode);
  const env: Record<string, string> = {};
  if (words[0] === 'env') {
    words.shift();
    while (words[0]?.includes('=')) {
      const setting = words.shift()!;
      const at = setting.indexOf('=');
      env[setting.slice(0, at)] = setting.slice(at + 1);
    }
  }
  return { words, env, folder: decode(folder), mark };
}

/** A word for a POSIX shell and for no other, as a person would read it: for command lines that are shown or pasted. */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Words as one line that can be pasted into a POSIX shell. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(' ');

function checkedName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new RangeError(`Not a name of an environment variable: ${name}`);
  return name;
}

/** `-word` as it is, `=word` with escapes. */
function encode(word: string): string {
  if (word.includes('\0')) throw new RangeError('A word of a command cannot hold a NUL.');
  if (/^[ -~]*$/.test(word) && !/['\\!]/.test(word)) return `-${word}`;
  let encoded = '=';
  for (const byte of Buffer.from(word, 'utf8')) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c && byte !== 0x21;
    encoded += plain ? String.fromCharCode(byte) : `\\0${byte.toString(8).padStart(3, '0')}`;
  }
  return encoded;
}

function decode(word: string): string {
  if (!word.startsWith('=')) return word.slice(1);
  const bytes: number[] = [];
  for (const [piece, octal] of word.slice(1).matchAll(/\\0([0-7]{3})|[^\\]/g)) {
    bytes.push(octal === undefined ? piece.charCodeAt(0) : Number.parseInt(octal, 8));
  }
  return Buffer.from(bytes).toString('utf8');
}

/** Between single quotes; backslashes outside them, where every shell takes `\\` for one. */
function singleQuoted(text: string): string {
  return (
    text
      .split('\\')
      .map((piece) => (piece === '' ? '' : `'${piece}'`))
      .join('\\\\') || "''"
  );
}
