/**
 * The command lines of the programs that run pipelines. gst-launch-1.0 takes words, not text: it escapes the blanks of each word
 * outside double quotes and joins the words with blanks (`_gst_parse_escape`, `gst_parse_launchv_full` in gst/gstparse.c).
 */

/** Words from which gst-launch-1.0 puts the pipeline text together again. */
export function launchWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  const finish = (always: boolean): void => {
    if (word !== '' || always) words.push(word);
    word = '';
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\' && at + 1 < text.length) word += character + text[++at]!;
    else if (quote === '"' || (quote === "'" && character !== ' ')) {
      if (character === quote) quote = '';
      word += character;
      // Each blank between single quotes has to come back as one, so an empty word stands between two of them.
    } else if (quote === "'") finish(true);
    else if (/\s/.test(character)) finish(false);
    else {
      if (character === '"' || character === "'") quote = character;
      word += character;
    }
  }
  finish(false);
  return words;
}

export interface GstLaunchOptions {
  /** `-v`: prints the caps of every pad and changes of properties. */
  readonly verbose?: boolean;
  /** The program, where it is not on the PATH of a shell that is not a login shell. */
  readonly program?: string;
}

/** gst-launch-1.0 for a pipeline text, with `-e`, without which an interrupt leaves mp4 files broken. */
export function gstLaunch(
  text: string,
  { verbose = false, program = 'gst-launch-1.0' }: GstLaunchOptions = {},
): string[] {
  return [program, '-e', ...(verbose ? ['-v'] : []), ...launchWords(text)];
}

/** deepstream-app for a configuration file of the device. It finishes its files on an interrupt by itself. */
export function deepstreamApp(configuration: string, program = 'deepstream-app'): string[] {
  return [program, '-c', configuration];
}

/** The words with gst-launch's `-e`. Other programs, and lines that have it, stay as they are. */
export function withEndOfStream(words: readonly string[]): readonly string[] {
  const [program, ...rest] = words;
  if (program === undefined || !/(?:^|\/)gst-launch-1\.0$/.test(program)) return words;
  const first = rest.findIndex((word) => !word.startsWith('-'));
  const options = first < 0 ? rest : rest.slice(0, first);
  if (options.some((word) => word === '--eos-on-shutdown' || /^-[a-zA-Z]*e[a-zA-Z]*$/.test(word))) return words;
  return [program, '-e', ...rest];
}
