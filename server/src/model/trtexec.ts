/** What `trtexec` commands of a project say of the engines that they build. */

/** A command that writes an engine. */
export interface EngineBuild {
  /** As written in the command. */
  readonly engine: string;
  /** The greatest batch that the engine takes. */
  readonly batch: number;
  /** Where the command begins in its text. */
  readonly start: number;
}

/**
 * The engines that commands in the text build with a batch that is known: the first dimension of `--maxShapes`, of
 * `--optShapes` where that is missing, or `--maxBatch`. A value that is still to be filled in is not known.
 */
export function engineBuilds(text: string): EngineBuild[] {
  const joined = text.replace(/\\\r?\n/g, (end) => ' '.repeat(end.length));
  return [...joined.matchAll(/(?:^|[\s/&;|(`"'])trtexec\s([^\n]*)/g)].flatMap((match) => {
    const words = match[1] ?? '';
    const engine = optionValue(words, 'saveEngine');
    const shapes = optionValue(words, 'maxShapes') ?? optionValue(words, 'optShapes') ?? optionValue(words, 'shapes');
    const batches = shapes?.split(',').map((one) => /:(\d+)x\d/.exec(one)?.[1]);
    const batch = Number(batches ? batches[0] : optionValue(words, 'maxBatch'));
    const same = batches?.every((one) => one === batches[0]) ?? true;
    if (!engine || !same || !Number.isInteger(batch) || batch < 1) return [];
    return [{ engine, batch, start: match.index + match[0].indexOf('trtexec') }];
  });
}

function optionValue(words: string, option: string): string | undefined {
  const value = new RegExp(`--${option}=(?:"([^"]*)"|'([^']*)'|([^\\s&;|)]+))`).exec(words)?.slice(1).find(Boolean);
  return value === undefined || /[$`{}%]/.test(value) ? undefined : value;
}
