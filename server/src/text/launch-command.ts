import type { Excerpt, HostProblem } from './excerpt.ts';
import { HOLE } from './excerpt.ts';
import { asIs, Lift, type Lifted, type Writer } from './lifted.ts';
import { OffsetMap } from './offset-map.ts';
import type { Span } from './span.ts';

// What gst-launch-1.0 makes of its arguments: options are taken out, and what is left becomes one text.
// Sources: tools/gst-launch.c (options), gst/gstparse.c (`_gst_parse_escape`, `gst_parse_launchv_full`).

/** One argument after the shell, with where it stands. */
export interface Argument {
  readonly lifted: Lifted;
  readonly span: Span;
}

/** The pipeline that a list of arguments becomes. */
export interface LaunchText {
  readonly lifted: Lifted;
  readonly options: Excerpt['options'];
  readonly problems: readonly HostProblem[];
}

/** `gst-launch-1.0` and its kin, with or without a path. */
export const launchTool = /^(?:.*[/\\])?gst-launch(?:-(?:1\.0|0\.10))?(?:\.exe)?$/;

/** The tool of GStreamer 0.10; bare `gst-launch` was it as well. */
export const oldLaunchTool = /^(?:.*[/\\])?gst-launch(?:-0\.10)?(?:\.exe)?$/;

const shortFlags = new Set('hvtcqmTfeiF?');
const shortWithValue = new Set('Xo');
const longFlags = new Set(
  'help help-all help-gst verbose tags toc quiet messages trace no-fault eos-on-shutdown index version no-position force-position no_position use-threads no-sigusr-handler print-index'.split(
    ' ',
  ),
);
const longWithValue = new Set(
  'exclude output gst-debug gst-debug-level gst-debug-color-mode gst-plugin-path gst-plugin-load gst-disable-plugin gst-mask'.split(
    ' ',
  ),
);

/**
 * The text that gst-launch-1.0 is given by its arguments, options set aside.
 * @param separator writes text that goes between two arguments.
 */
export function launchText(args: readonly Argument[], document: string, separator: Writer = asIs): LaunchText {
  const lift = new Lift();
  const options: { text: string; span: Span }[] = [];
  const problems: HostProblem[] = [];
  let onlyArguments = false;
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]!;
    const { text } = argument.lifted;
    if (!onlyArguments && text.startsWith('-') && text.length > 1) {
      if (text === '--') {
        onlyArguments = true;
        continue;
      }
      options.push({ text, span: argument.span });
      const kind = optionKind(text);
      if (kind === 'unknown') problems.push(unknownOption(text, argument.span));
      if (kind === 'value') i++;
      continue;
    }
    addEscaped(lift, argument.lifted);
    const next = args[i + 1];
    const { end } = argument.span;
    if (next && next.span.start === end + 1 && document[end] === ' ') lift.copy(document, end, end + 1, separator);
    else lift.put(' ', { start: end, end: next && next.span.start > end ? next.span.start : end }, separator);
  }
  return { lifted: lift.done(), options, problems };
}

/** A backslash before every blank outside double quotes, as `_gst_parse_escape` puts it. Only 0x20 counts. */
function addEscaped(lift: Lift, word: Lifted): void {
  const { text } = word;
  if (!text.includes(' ')) {
    lift.add(word);
    return;
  }
  const map = new OffsetMap(word.runs);
  let quoted = false;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"' && (!quoted || text[i - 1] !== '\\')) quoted = !quoted;
    if (c !== ' ' || quoted) continue;
    lift.addPart(word, from, i);
    const { start } = map.toDocument({ start: i, end: i + 1 });
    lift.put('\\', { start, end: start }, word.pens.find((pen) => i < pen.end)?.write ?? asIs);
    from = i;
  }
  lift.addPart(word, from, text.length);
}

function optionKind(text: string): 'flag' | 'value' | 'unknown' {
  if (text.includes(HOLE)) return 'flag';
  if (text.startsWith('--')) {
    const [name] = text.slice(2).split('=', 1);
    if (longWithValue.has(name!)) return text.includes('=') ? 'flag' : 'value';
    return longFlags.has(name!) || name!.startsWith('gst-') ? 'flag' : 'unknown';
  }
  for (let i = 1; i < text.length; i++) {
    if (shortWithValue.has(text[i]!)) return i + 1 < text.length ? 'flag' : 'value';
    if (!shortFlags.has(text[i]!)) return 'unknown';
  }
  return 'flag';
}

const unknownOption = (text: string, span: Span): HostProblem => ({
  rule: 'shell-unknown-option',
  severity: 'error',
  span,
  message: `gst-launch-1.0 has no option ${text}: it takes every argument that begins with a dash for an option of its own, and stops at one it does not know. Remove it, or write it as part of a property (name=value).`,
});

/** The words of a launch text as separate arguments, blanks unescaped; even entries are words, odd ones the blanks between. */
export function splitLaunchText(text: string): string[] {
  const parts: string[] = [''];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"' && (!quoted || text[i - 1] !== '\\')) quoted = !quoted;
    const inBlanks = parts.length % 2 === 0;
    if (c === '\\' && text[i + 1] === ' ' && !quoted) {
      if (inBlanks) parts.push(' ');
      else parts[parts.length - 1] += ' ';
      i++;
    } else if (c === ' ' && !quoted) {
      if (inBlanks) parts[parts.length - 1] += c;
      else parts.push(c);
    } else if (inBlanks) parts.push(c);
    else parts[parts.length - 1] += c;
  }
  return parts;
}
