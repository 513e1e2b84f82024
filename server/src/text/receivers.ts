import type { CodeToken } from './code-tokens.ts';
import type { Consumer } from './excerpt.ts';
import type { Brackets } from './string-constants.ts';

// Who is given the strings of a program: calls by name, and the names and functions whose strings reach such a call.

/** What a call does with a pipeline that it is given. */
export interface Receiver {
  readonly consumer: Consumer;
  /** Whether every string it is given is a pipeline; else only one that looks like it. */
  readonly sure: boolean;
}

/** The calls that are given pipelines, by the last part of their name. */
export const receivers: ReadonlyMap<string, Receiver> = new Map<string, Receiver>(
  (
    [
      [
        'parse-launch',
        true,
        'gst_parse_launch gst_parse_launch_full gst_parse_bin_from_description gst_parse_bin_from_description_full parse_launch parse_launch_full parse_bin_from_description parse_bin_from_description_full bin_from_description bin_from_description_full bin_from_description_with_name ParseLaunch ParseBinFromDescription NewPipelineFromString NewBinFromString parseLaunch parseBinFromDescription gst_harness_new_parse gst_harness_add_src_parse gst_harness_add_sink_parse gst_harness_add_parse new_parse add_src_parse add_sink_parse',
      ],
      ['parse-launch', false, 'launch launch_full Launch Pipeline create_pipeline'],
      ['rtsp-factory', true, 'set_launch gst_rtsp_media_factory_set_launch setLaunch SetLaunch'],
      ['opencv-capture', false, 'VideoCapture open createVideoCapture'],
      ['opencv-writer', false, 'VideoWriter'],
      ['jetson-utils', false, 'gstCamera videoSource videoOutput gstDecoder gstEncoder'],
    ] as const
  ).flatMap(([consumer, sure, names]) => names.split(' ').map((name) => [name, { consumer, sure }] as const)),
);

/** Calls that give a text to a shell. */
export const runsCommands: ReadonlySet<string> = new Set(
  'system popen run call check_call check_output Popen exec execSync spawn spawnSync shell getoutput getstatusoutput create_subprocess_shell os_system'.split(
    ' ',
  ),
);
/** Calls that start a program with a list of arguments. */
export const startsPrograms: ReadonlySet<string> = new Set(
  'spawn spawnSync execFile execFileSync Command new run Popen call check_call check_output ProcessBuilder execlp execl execvp execv args CommandContext create_subprocess_exec ProcessStartInfo'.split(
    ' ',
  ),
);

/** What becomes of the strings that a program gives a name to. */
export interface Uses {
  /** The call that a variable, or the value of a function, is given to. */
  readonly given: ReadonlyMap<string, string>;
  /** Variables that are put together bit by bit. */
  readonly appended: ReadonlySet<string>;
  /** By the token of its name's use: the function that a `return` belongs to. */
  readonly returns: ReadonlyMap<number, string>;
}

/** Follows names, not control flow: `p = "…"` … `VideoCapture(p)`, and `def f(): return "…"` … `VideoCapture(f())`. */
export function stringUses(tokens: readonly CodeToken[], brackets: Brackets): Uses {
  const given = new Map<string, string>();
  const appended = new Set<string>();
  const returns = new Map<number, string>();
  /** `name = other` and `name = other(`: what the name is given to, the other is given to. */
  const aliases: [string, string][] = [];
  let inside = '';
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === 'sign') {
      const name = tokens[i - 1];
      const value = tokens[i + 1];
      if (token.text === '=' && name?.kind === 'word' && value?.kind === 'word') aliases.push([name.text, value.text]);
      if (token.text === '+=' && name?.kind === 'word') appended.add(name.text);
      const open = token.text === '{' && isSign(tokens[i - 1], ')') ? brackets.open.get(i - 1) : undefined;
      const before = open === undefined ? undefined : tokens[open - 1];
      if (before?.kind === 'word' && !/^(?:if|for|while|switch|catch)$/.test(before.text)) inside = before.text;
      if (token.text === '(') callArguments(tokens, i, brackets, given);
    } else if (token.kind === 'word') {
      const next = tokens[i + 1];
      if (/^(?:def|fn|func|function)$/.test(token.text) && next?.kind === 'word') inside = next.text;
      else if (token.text === 'return' && inside !== '') returns.set(i, inside);
    }
  }
  for (const [name, other] of aliases) {
    const call = given.get(name);
    if (call !== undefined && !given.has(other)) given.set(other, call);
  }
  return { given, appended, returns };
}

/** The name of the call that an opening parenthesis belongs to: `f(`, or `Class variable(`. */
export function calledBefore(tokens: readonly CodeToken[], open: number): string | undefined {
  const name = tokens[open - 1];
  if (name?.kind !== 'word') return undefined;
  if (receivers.has(name.text)) return name.text;
  const type = tokens[open - 2];
  return type?.kind === 'word' && receivers.has(type.text) ? type.text : undefined;
}

function callArguments(
  tokens: readonly CodeToken[],
  open: number,
  brackets: Brackets,
  given: Map<string, string>,
): void {
  const call = calledBefore(tokens, open);
  const close = brackets.close.get(open);
  if (call === undefined || close === undefined) return;
  const limit = Math.min(close, open + 200);
  for (let i = open + 1; i < limit; i++) {
    const token = tokens[i]!;
    if (token.kind !== 'word' || !/^[A-Za-z_]/.test(token.text)) continue;
    const starts =
      isSign(tokens[i - 1], '(') ||
      isSign(tokens[i - 1], ',') ||
      isSign(tokens[i - 1], '.') ||
      isSign(tokens[i - 1], '&');
    let end = i + 1;
    if (isSign(tokens[end], '(')) end = (brackets.close.get(end) ?? end) + 1;
    else if (isSign(tokens[end], '.') || isSign(tokens[end], '->')) {
      // `desc.c_str()`, `desc->str`, `&desc.as_str()`.
      const method = tokens[end + 1];
      if (
        method?.kind !== 'word' ||
        !/^(?:c_str|str|as_str|toString|data|toStdString|strip|to_string|encode)$/.test(method.text)
      )
        continue;
      end += 2;
      if (isSign(tokens[end], '(')) end = (brackets.close.get(end) ?? end) + 1;
    }
    if (starts && (isSign(tokens[end], ',') || isSign(tokens[end], ')')))
      given.set(token.text, given.get(token.text) ?? call);
    if (end > i + 1) i = end - 1;
  }
}

const isSign = (token: CodeToken | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text;
