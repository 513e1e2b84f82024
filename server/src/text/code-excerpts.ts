import { type CodeDialect, type CodeToken, codeTokens } from './code-tokens.ts';
import { proseCommands } from './comment-commands.ts';
import type { Certainty, Consumer, Excerpt, HostAround } from './excerpt.ts';
import { type Argument, launchText, launchTool } from './launch-command.ts';
import { launchShape } from './launch-shape.ts';
import { asIs, Lift, type Lifted, launchExcerpt, nest } from './lifted.ts';
import { openPlaceholders } from './literals.ts';
import {
  calledBefore,
  type Receiver,
  receivers,
  runsCommands,
  startsPrograms,
  stringUses,
  type Uses,
} from './receivers.ts';
import { groupLines, shellExcerpts, stripLeaders } from './shell-commands.ts';
import type { Span } from './span.ts';
import { type StringExpression, StringReader } from './string-expressions.ts';

// Pipelines in the source of a program: strings given to GStreamer, strings that look like a pipeline, commands in
// strings, lists of arguments and comments. What differs between languages is in their dialects.

/** Everything in a program that is a pipeline. Never throws. */
export function codeExcerpts(text: string, around: HostAround, dialect: CodeDialect): Excerpt[] {
  if (!/!|gst|[lL]aunch/.test(text)) return [];
  const tokens = codeTokens(text, dialect);
  const scan = new Scan(text, tokens, around, dialect);
  return scan.run();
}

class Scan {
  readonly #found: Excerpt[] = [];
  readonly #reader: StringReader;
  readonly #uses: Uses;
  readonly #known: (element: string) => boolean;

  constructor(
    readonly text: string,
    readonly tokens: readonly CodeToken[],
    readonly around: HostAround,
    readonly dialect: CodeDialect,
  ) {
    this.#reader = new StringReader(text, tokens, dialect);
    this.#uses = stringUses(tokens, this.#reader.brackets);
    this.#known = (element) => around.known(element);
  }

  run(): Excerpt[] {
    const lines: Span[] = [];
    const brackets: number[] = [];
    let consumed = 0;
    this.tokens.forEach((token, index) => {
      if (token.kind === 'comment') {
        if (token.line) lines.push(token.span);
        else this.#block(token.span);
      } else if (token.kind === 'sign') {
        if ('([{'.includes(token.text)) brackets.push(index);
        else if (')]}'.includes(token.text)) brackets.pop();
      } else if (token.kind === 'string' && index >= consumed) {
        const list = this.#list(index, brackets, consumed);
        if (list !== undefined) {
          consumed = list;
          return;
        }
        const expression = this.#reader.around(index, consumed);
        consumed = Math.max(expression.to, index + 1);
        this.#string(expression, brackets);
      }
    });
    const leader = this.dialect.lineComments[0] === '#' ? /^#+!?[ \t]?/ : /^\/\/+[!<]?[ \t]?/;
    for (const group of groupLines(this.text, lines))
      this.#prose(stripLeaders(this.text, group, leader), 'comment', 'comment');
    this.#loose();
    return this.#found.sort((a, b) => a.span.start - b.span.start);
  }

  #string(expression: StringExpression, brackets: readonly number[]): void {
    const raw = expression.lifted;
    if (!/!|gst-launch/.test(raw.text) && !this.#mayBeGiven(raw.text)) return;
    const call = this.#call(expression, brackets);
    if (raw.text.includes('gst-launch')) {
      if (commandText.test(raw.text.slice(0, 400))) this.#command(expression, raw, call);
      else this.#prose(raw, 'comment', 'string');
      return;
    }
    const direct = call === undefined ? undefined : receivers.get(call);
    const named = direct ? undefined : this.#named(expression);
    const receiver = direct ?? (named?.call === undefined ? undefined : receivers.get(named.call));
    const sure = receiver?.sure === true && direct !== undefined && this.#isWhole(expression);
    const lifted = sure ? raw : this.#openTemplates(raw);
    const shape = launchShape(lifted.text, this.#known);
    if (sure ? lifted.text.trim() === '' || isHoles(lifted.text) : !shape.pipeline) return;
    const context = call === undefined ? 'string' : `call:${call}`;
    this.#found.push(
      launchExcerpt(lifted, {
        host: this.dialect.id,
        context: this.dialect.keys ? this.#key(expression.from) : context,
        certainty: receiver ? 'code' : 'guess',
        consumer: consumerOf(receiver, direct ? call : named?.call, lifted.text),
        span: expression.span,
        fragment:
          named?.appended === true || (sure ? expression.open && shape.fragment : expression.open || shape.fragment),
      }),
    );
  }

  /** Whether an expression is an argument from end to end, and no side of a comparison or a choice. */
  #isWhole(expression: StringExpression): boolean {
    const before = this.tokens[expression.from - 1];
    const after = this.tokens[expression.to];
    const begins =
      before === undefined || isSign(before, '(') || isSign(before, ',') || isSign(before, '=') || isSign(before, '&');
    return begins && (after === undefined || isSign(after, ',') || isSign(after, ')') || after.kind === 'comment');
  }

  /** What becomes of a string by the name that it is given, or by the function that gives it back. */
  #named(expression: StringExpression): { call: string | undefined; appended: boolean } | undefined {
    let at = expression.from - 1;
    while (isSign(this.tokens[at], '(')) at--;
    const before = this.tokens[at];
    if (before?.kind === 'word') {
      const returned = this.#uses.returns.get(at);
      return returned === undefined ? undefined : { call: this.#uses.given.get(returned), appended: false };
    }
    if (!isSign(before, '=') && !isSign(before, ':=') && !isSign(before, '+=')) return undefined;
    at--;
    if (isSign(this.tokens[at], ']') && isSign(this.tokens[at - 1], '[')) at -= 2;
    const name = this.tokens[at];
    if (name?.kind !== 'word') return undefined;
    return { call: this.#uses.given.get(name.text), appended: this.#uses.appended.has(name.text) };
  }

  /** `value:KEY` for the value of a key. */
  #key(index: number): string {
    const key = this.tokens[index - 2];
    if (!isSign(this.tokens[index - 1], ':') || key?.kind !== 'string') return 'string';
    return `value:${this.text.slice(key.inner.start, Math.min(key.inner.end, key.inner.start + 80))}`;
  }

  /** Without a link a string is a pipeline only where one is asked for. */
  #mayBeGiven(text: string): boolean {
    return text.length > 0 && text.length < 400;
  }

  /**
   * A string that is formatted elsewhere: `%s` and `{name}` are holes there as well. What GStreamer itself reads
   * (`%05d` in a location, `{ I420, NV12 }` in caps) is left.
   */
  #openTemplates(raw: Lifted): Lifted {
    const { text } = raw;
    if (raw.holes.length > 0 || !/%[sdiuf(]|\{/.test(text)) return raw;
    let lifted = raw;
    if (
      this.dialect.id !== 'javascript' &&
      /=%[sdiuf](?![A-Za-z0-9])|=\((?:int|string|fraction)\)%[sdu]|%\(\w+\)[sdif]|(?:^|! )%s(?: |$)/.test(text)
    )
      lifted = openPlaceholders(lifted, 'printf');
    if (/\{[A-Za-z_]\w*\}|=\{\}/.test(text) && !/\{\s*[A-Z0-9_]+\s*,/.test(text))
      lifted = openPlaceholders(lifted, 'braces');
    return lifted;
  }

  #command(expression: StringExpression, raw: Lifted, callee: string | undefined): void {
    const certainty: Certainty = callee !== undefined && runsCommands.has(callee) ? 'code' : 'guess';
    for (const excerpt of shellExcerpts(raw.text, this.around, {
      host: this.dialect.id,
      certainty,
      variables: false,
    })) {
      this.#found.push(nest(excerpt, raw, { context: 'string-command', span: expression.span, host: this.dialect.id }));
    }
  }

  #prose(lifted: Lifted, certainty: Certainty, context: string): void {
    if (!lifted.text.includes('gst-launch')) return;
    for (const excerpt of proseCommands(lifted, this.around, { host: this.dialect.id, certainty, context }))
      this.#found.push(excerpt);
  }

  #block(span: Span): void {
    const inner = { start: span.start + 2, end: Math.max(span.start + 2, span.end - 2) };
    if (!this.text.slice(inner.start, inner.end).includes('gst-launch')) return;
    const lines: Span[] = [];
    for (let at = inner.start; at <= inner.end; ) {
      const newline = this.text.indexOf('\n', at);
      const end = newline < 0 || newline > inner.end ? inner.end : newline;
      lines.push({ start: at, end: end > at && this.text[end - 1] === '\r' ? end - 1 : end });
      at = end + 1;
    }
    this.#prose(stripLeaders(this.text, lines, /^[ \t]*(?:\*+(?!\/)[!<]?[ \t]?)?/), 'comment', 'comment');
  }

  /** Commands between the code, as in a snippet of a comment: no language has such a thing. */
  #loose(): void {
    const { text } = this;
    if (!text.includes('gst-launch') || !looseCommand.test(text)) return;
    const lift = new Lift();
    let at = 0;
    let lineStart = 0;
    let nextLine = 0;
    const blank = (end: number): void => {
      // What is a literal or a comment was looked at already; only its line ends are kept.
      const gone = text.slice(at, end).replace(/[^\n]/g, ' ');
      lift.put(gone, { start: at, end }, asIs);
      at = end;
    };
    for (const token of this.tokens) {
      if (token.kind === 'word' || token.kind === 'sign' || token.span.start < at) continue;
      while (nextLine <= token.span.start) {
        lineStart = nextLine;
        const newline = text.indexOf('\n', nextLine);
        nextLine = newline < 0 ? text.length + 1 : newline + 1;
      }
      if (looseCommand.test(text.slice(lineStart, lineStart + 400)) || this.#continues(lineStart)) continue;
      lift.copy(text, at, token.span.start, asIs);
      at = token.span.start;
      blank(token.span.end);
    }
    lift.copy(text, at, text.length, asIs);
    for (const excerpt of proseCommands(lift.done(), this.around, {
      host: this.dialect.id,
      certainty: 'comment',
      context: 'comment',
    })) {
      const touched = this.#found.some(
        (other) =>
          other.span.start < excerpt.span.end && excerpt.span.start < other.span.end && other.certainty !== 'guess',
      );
      if (!touched) this.#found.push(excerpt);
    }
  }

  /** Whether a line goes on with the one before it. */
  #continues(lineStart: number): boolean {
    return /\\[ \t]*\r?\n$/.test(this.text.slice(Math.max(0, lineStart - 80), lineStart));
  }

  /** The call that an expression is an argument of. */
  #call(expression: StringExpression, brackets: readonly number[]): string | undefined {
    for (let level = brackets.length - 1, steps = 0; level >= 0 && steps < 3; level--) {
      const open = brackets[level]!;
      if (open >= expression.from) continue;
      steps++;
      if (!isSign(this.tokens[open], '(')) return undefined;
      const call = this.#reader.enclosingCall(open);
      if (call) return calledBefore(this.tokens, open) ?? (call.name === '' ? undefined : call.name);
    }
    return undefined;
  }

  /**
   * A list of arguments: `["gst-launch-1.0", "videotestsrc", "!", …]`. Told by an element that is a single `!`.
   * Gives the token behind the list.
   */
  #list(index: number, brackets: readonly number[], floor: number): number | undefined {
    const here = this.#elementText(index);
    if (here === undefined) return undefined;
    const open = brackets.at(-1);
    const from = Math.max(floor, open === undefined ? 0 : open + 1);
    const to = open === undefined ? this.tokens.length : this.#reader.closeOf(open);
    if (to === undefined) return undefined;
    if (!this.#hasLink(open ?? -1, to)) return undefined;
    const args: Argument[] = [];
    let tool = -1;
    let behind = index + 1;
    for (let at = this.#listStart(from, index); at < to; ) {
      const end = this.#elementEnd(at, to);
      while (this.tokens[at]?.kind === 'comment' && at < end) at++;
      if (end > at) {
        const expression = this.#reader.read(at);
        const whole = expression !== undefined && expression.to >= end;
        const span = { start: this.tokens[at]!.span.start, end: this.tokens[end - 1]!.span.end };
        const source = this.text.slice(span.start, span.end);
        const lifted = whole ? expression.lifted : new Lift().hole(source.slice(0, 200), span, asIs).done();
        if (launchTool.test(lifted.text) || (!whole && /^\w*gst_?launch\w*$/i.test(source))) tool = args.length;
        args.push({ lifted, span });
      }
      at = end + 1;
      behind = Math.min(at, to);
      if (isSign(this.tokens[end], ';')) break;
    }
    const separator = (): string => '", "';
    const launch = launchText(args.slice(tool + 1), this.text, separator);
    const call = open === undefined ? undefined : this.#reader.enclosingCall(open);
    const started = tool >= 0 || (call !== undefined && startsPrograms.has(call.name));
    const shape = launchShape(launch.lifted.text, this.#known);
    if (tool < 0 && !shape.pipeline) return undefined;
    const span = { start: args[0]!.span.start, end: args.at(-1)!.span.end };
    this.#found.push(
      launchExcerpt(launch.lifted, {
        host: this.dialect.id,
        context: 'argv-list',
        certainty: started ? 'code' : 'guess',
        consumer: 'gst-launch',
        span,
        options: launch.options,
        fragment: tool < 0 && shape.fragment,
        problems: launch.problems,
      }),
    );
    return behind;
  }

  #elementText(index: number): string | undefined {
    const token = this.tokens[index];
    if (token?.kind !== 'string' || token.inner.end - token.inner.start > 2000) return undefined;
    const text = this.text.slice(token.inner.start, token.inner.end);
    return /[ \t]![ \t]/.test(text) ? undefined : text;
  }

  readonly #links = new Map<number, boolean>();

  /** Whether an element of the list behind a bracket (-1: of the whole text) is a single `!`. Lists within do not count. */
  #hasLink(open: number, to: number): boolean {
    const known = this.#links.get(open);
    if (known !== undefined) return known;
    let seen = false;
    for (let i = open + 1; i < to && !seen; i++) {
      const token = this.tokens[i]!;
      if (token.kind === 'sign' && '([{'.includes(token.text)) i = Math.min(to, this.#reader.closeOf(i) ?? i);
      if (token.kind !== 'string' || this.text.slice(token.inner.start, token.inner.end) !== '!') continue;
      seen = parts(this.tokens[i - 1]) && parts(this.tokens[i + 1]) && this.tokens[i + 1] !== undefined;
    }
    this.#links.set(open, seen);
    return seen;
  }

  #listStart(from: number, index: number): number {
    let at = from;
    for (let i = from; i < index; i++) if (isSign(this.tokens[i], ';') || isSign(this.tokens[i], '=')) at = i + 1;
    return at;
  }

  #elementEnd(index: number, limit: number): number {
    let at = index;
    while (at < limit) {
      const token = this.tokens[at]!;
      if (token.kind === 'sign') {
        if (token.text === ',' || token.text === ';' || ')]}'.includes(token.text)) return at;
        if ('([{'.includes(token.text)) {
          const close = this.#reader.closeOf(at);
          if (close === undefined || close >= limit) return limit;
          at = close;
        }
      }
      at++;
    }
    return limit;
  }
}

/** A line that begins with a command, be it behind a prompt or variables of the environment. */
const looseCommand =
  /^[ \t]*(?:\$[ \t]+)?(?:[A-Z_][A-Z0-9_]*=\S*[ \t]+){0,8}(?:[\w./~-]*\/)?gst-launch(?:-1\.0|-0\.10)?[ \t]/m;

const isSign = (token: CodeToken | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text;
/** Whether a token parts the elements of a list; so does the end of the text. */
const parts = (token: CodeToken | undefined): boolean =>
  token === undefined || token.kind === 'comment' || (token.kind === 'sign' && ',[{()]}'.includes(token.text));
/** A string that is a command of a shell from its first word. */
const commandText =
  /^[\s"'(]*(?:[\w./~-]*\/)?gst-launch(?:-1\.0|-0\.10)?(?:\.exe)?[ \t\n]|^\s*(?:[A-Z_]\w*=\S*|sudo|env|exec|timeout \S+|bash -c|sh -c|docker run\b)[ \t]+(?:[^\s!]+[ \t]+)*?['"]?(?:[\w./~-]*\/)?gst-launch(?:-1\.0|-0\.10)?[ \t]/;

/** OpenCV's `open` belongs to both its classes: what begins with appsrc is written to. */
function consumerOf(receiver: Receiver | undefined, call: string | undefined, text: string): Consumer {
  if (!receiver) return 'parse-launch';
  return call === 'open' && /^\s*appsrc\b/.test(text) ? 'opencv-writer' : receiver.consumer;
}

const isHoles = (text: string): boolean => /^[\uFFFC\s]*$/.test(text);
