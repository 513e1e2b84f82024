import { HOLE } from './excerpt.ts';

// Whether a text looks like a pipeline: a cheap look at the words between links, for strings of which nothing
// says that they are one. The real grammar lives in `syntax`.

/** What the look at a text found. */
export interface Shape {
  /** Links written as `!` between words. */
  readonly links: number;
  /** Places for an element that hold the name of one in the tables. */
  readonly known: number;
  /** Places for an element that could hold one. */
  readonly places: number;
  /** Whether it is to be taken for a pipeline. */
  readonly pipeline: boolean;
  /** Whether it is a part of one: begins or ends with a link, ends in bare caps, or names an element that it does not hold. */
  readonly fragment: boolean;
}

const elementName = /^[A-Za-z_][\w-]*$/;
const media = /^[a-z][\w-]*\/[A-Za-z0-9_.+-]+(?:\([\w:, ]*\))?(?:[,;].*)?$/;
/** The families of media types that are in use: what counts as caps where nothing else tells a pipeline. */
const family =
  /^(?:video|audio|image|text|application|other|meta|subpicture|subtitle|closedcaption|multipart|tensor|x-|haptic|metadata)[\w-]*\//;
const assignment = /^[\w:.-]+=/;
const reference = /^[A-Za-z_][\w%:-]*\.(?:[A-Za-z_][\w%-]*)?(?:,\S*)?$|^\.[A-Za-z_][\w%-]*$/;

/** Looks at a text. Linear in its length; only the first 20,000 characters count. */
export function launchShape(text: string, known: (element: string) => boolean): Shape {
  const segments = splitLinks(text.length > 20_000 ? text.slice(0, 20_000) : text);
  const links = segments.length - 1;
  let places = 0;
  let names = 0;
  let recognised = 0;
  let capsFound = 0;
  let assigned = 0;
  let prose = 0;
  let odd = 0;
  let open = 0;
  const defined = new Set<string>();
  const wanted: string[] = [];
  segments.forEach((segment, index) => {
    const words = segment.trim().split(/[ \t\r\n]+/);
    let first = true;
    let inCaps = false;
    let quote = '';
    for (const raw of words) {
      const word = first ? raw.replace(/^[({]+/, '') : raw;
      if (word === '') continue;
      if (quote !== '') {
        if (word.includes(quote)) quote = '';
        continue;
      }
      const begun = openQuote(word);
      if (first) {
        first = false;
        places++;
        if (media.test(word)) {
          if (family.test(word)) capsFound++;
          inCaps = true;
        } else if (reference.test(word)) wanted.push(word);
        else if (word.includes(HOLE)) {
          open++;
          inCaps = word.includes('/');
        } else if (elementName.test(word)) {
          names++;
          if (known(word)) recognised++;
          else if (!/^[a-z_]/.test(word)) odd++;
        } else if (/^["']?[a-z]+\/[\w-]/.test(word) || /^[a-z]+:\/\//.test(word)) inCaps = true;
        else odd++;
      } else if (assignment.test(word)) {
        assigned++;
        const named = /^name=["']?([^"',]+)/.exec(word);
        if (named) defined.add(named[1]!);
      } else if (reference.test(word) && !word.endsWith('..')) wanted.push(word);
      else if (inCaps || /[=,/(){}[\]<>:;"]/.test(word) || word.includes(HOLE) || /^[\d.]+$/.test(word)) {
        // Parts of caps and of values that are set apart by blanks.
      } else if (elementName.test(word) && known(word)) recognised++;
      else prose++;
      if (!inCaps || begun === '"') quote = begun;
    }
    if (first && index > 0 && index < links) odd++;
  });
  const head = segments[0]!.trim();
  const tail = segments[links]!.trim();
  const fragment =
    head === '' ||
    tail === '' ||
    (links > 0 && media.test(tail.split(/[ \t\r\n]/)[0]!) && !/ [\w-]+ \w[\w-]*=/.test(tail)) ||
    wholeHole(head.split(/[ \t\r\n]/)[0]!) ||
    wholeHole(tail.split(/[ \t\r\n]/).at(-1)!) ||
    wanted.some((word) => !word.startsWith('.') && !isNamed(word, defined));
  const solid = recognised + capsFound + assigned;
  const plausible = links > 0 && odd === 0 && places > 0 && prose <= Math.max(1, solid) / 2;
  // Without an element from the tables it takes more: caps, properties or a chain, and nothing that reads like prose.
  const chain = names > 0 && places > 1 && (capsFound > 0 || assigned > 0 || links > 1);
  const capsOnly = names === 0 && capsFound > 0 && (head === '' || tail === '' || wanted.length > 0 || open > 0);
  const pipeline = plausible && (recognised > 0 || (prose === 0 && likeNames(segments) && (chain || capsOnly)));
  return { links, known: recognised, places, pipeline, fragment };
}

/** Whether a command's first argument may be meant as a pipeline: for commands in prose and comments. */
export function mayBeLaunchText(text: string, known: (element: string) => boolean): boolean {
  const trimmed = text.trim();
  const words = trimmed.split(/[ \t\r\n]+/);
  const first = words[0]!.replace(/^[({]+/, '');
  if (/^[`'"*,.)\]]/.test(first) && !first.startsWith('...') && !reference.test(first)) return false;
  if (/(?:^|[ \t\r\n])!(?:[ \t\r\n]|$)/.test(trimmed)) return true;
  if (!elementName.test(first)) return false;
  return known(first)
    ? words.length === 1 || words.slice(1).some((w) => assignment.test(w)) || words.length < 3
    : words.length > 1 && assignment.test(words[1]!);
}

/** The text cut at its links: a `!` with a blank or an end on at least one side, outside double quotes. */
function splitLinks(text: string): string[] {
  const segments: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '"' && (quoted || text.indexOf('"', i + 1) > 0)) quoted = !quoted;
    else if (c === '!' && !quoted && text[i + 1] !== '=') {
      const before = i === 0 || blank(text[i - 1]!);
      const after = i + 1 === text.length || blank(text[i + 1]!);
      if (!before && !after) continue;
      segments.push(text.slice(from, i));
      from = i + 1;
    }
  }
  segments.push(text.slice(from));
  return segments;
}

const blank = (c: string): boolean => c === ' ' || c === '\n' || c === '\t' || c === '\r';

/** The quotation mark that a word opens and does not close; empty if none. */
function openQuote(word: string): string {
  const mark = /^[^"']*(?:=|^)\(?(["'])/.exec(word)?.[1];
  if (!mark) return '';
  return word.indexOf(mark) === word.lastIndexOf(mark) ? mark : '';
}

const wholeHole = (word: string): boolean => word !== '' && [...word].every((c) => c === HOLE);

const isNamed = (word: string, defined: ReadonlySet<string>): boolean => {
  const name = word.slice(0, word.indexOf('.'));
  return defined.has(name) || /\d$/.test(name) || name.includes(HOLE);
};

/** Whether every place begins as the names of elements do, which are words in lower case and longer than two letters. */
const likeNames = (segments: readonly string[]): boolean =>
  segments.every((segment) => /^\s*(?:[.\uFFFC(]|[a-z][\w-]{2,}|$)/.test(segment));
