import { lineEnd } from '../text/code-tokens.ts';
import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host, HostAround } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { launchShape } from '../text/launch-shape.ts';
import { Lift, type Lifted, launchExcerpt, nest, type Writer } from '../text/lifted.ts';
import { shellExcerpts, stripLeaders } from '../text/shell-commands.ts';
import type { Span } from '../text/span.ts';

// Recipes of Makefiles: what the shell is given after make has put in its variables (GNU make manual, chapters 5 and 6).
// `$$` is the shell's `$`; a variable that is set once to a constant is put in, all others are holes.

const assignment = /^[ ]*(?:export[ \t]+|override[ \t]+)*([\w.-]+)[ \t]*(:=|::=|\?=|\+=|=)[ \t]*/;
/** How many characters of variables are put into one file: variables made of variables could grow without end. */
const mostPutIn = 1_000_000;
const mostNested = 500;
const write: Writer = (text) => text.replaceAll('$', '$$$$');

/** Makefiles. */
export const makefile: Host = {
  id: 'makefile',
  languageIds: ['makefile'],
  accepts: fileMatcher(['makefile'], /\/(?:GNU)?[Mm]akefile(?:\.[\w.-]+)?$|\.(?:mk|mak|make)$/),
  excerpts(text, around) {
    if (!/gst|!/.test(text)) return [];
    const lines = logicalLines(text);
    const variables = new Variables(text, constants(text, lines));
    return lines.flatMap((line) => read(text, line, variables, around));
  },
};

function read(text: string, line: Span, variables: Variables, around: HostAround): Excerpt[] {
  const body = text.slice(line.start, line.end);
  if (/^[ \t]*#/.test(body))
    return proseCommands(stripLeaders(text, [line], /^[ \t]*#+[ \t]?/), around, {
      host: 'makefile',
      certainty: 'comment',
    });
  const assigned = body.startsWith('\t') ? null : assignment.exec(body);
  if (assigned) {
    const lifted = expand(text, { start: line.start + assigned[0].length, end: line.end }, variables);
    if (lifted.text.includes('gst-launch'))
      return shellExcerpts(lifted.text, around, { host: 'makefile' }).map((excerpt) => nest(excerpt, lifted));
    const shape = launchShape(lifted.text, (name) => around.known(name));
    if (!shape.pipeline) return [];
    const about = {
      host: 'makefile',
      context: 'assignment',
      certainty: 'guess',
      consumer: 'gst-launch',
      span: line,
      fragment: true,
    } as const;
    return [launchExcerpt(lifted, about)];
  }
  const prefix = /^[ \t]*[@+-]*[ \t]*/.exec(body)?.[0].length ?? 0;
  const script = expand(text, { start: line.start + prefix, end: line.end }, variables);
  return shellExcerpts(script.text, around, { host: 'makefile' }).map((excerpt) => nest(excerpt, script));
}

/** The variables that are set once, with their values expanded when they are first asked for. */
class Variables {
  readonly #values = new Map<string, Lifted | undefined>();
  #spent = 0;

  constructor(
    readonly text: string,
    readonly spans: ReadonlyMap<string, Span>,
  ) {}

  /** A variable's value; undefined where it is not known, or would be too much. */
  value(name: string): Lifted | undefined {
    const span = this.spans.get(name);
    if (!span) return undefined;
    if (!this.#values.has(name)) {
      // While it is expanded it has no value: one that is made of itself never gets one.
      this.#values.set(name, undefined);
      if (this.#values.size < mostNested) this.#values.set(name, expand(this.text, span, this));
    }
    const value = this.#values.get(name);
    this.#spent += value?.text.length ?? 0;
    return this.#spent > mostPutIn ? undefined : value;
  }
}

/** Text with make's variables put in. */
function expand(text: string, span: Span, variables: Variables): Lifted {
  const lift = new Lift();
  let from = span.start;
  for (let at = span.start; at < span.end; ) {
    if (text[at] !== '$' || at + 1 >= span.end) {
      at++;
      continue;
    }
    lift.copy(text, from, at, write);
    const next = text[at + 1]!;
    let end = at + 2;
    if (next === '$') lift.put('$', { start: at, end }, write);
    else {
      if (next === '(' || next === '{') end = closing(text, at + 1, span.end);
      const name = text.slice(at + 2, end - 1);
      const value = next === '(' || next === '{' ? variables.value(name) : undefined;
      if (value) lift.add(value);
      else lift.hole(text.slice(at, end), { start: at, end }, write);
    }
    at = end;
    from = end;
  }
  return lift.copy(text, from, span.end, write).done();
}

function closing(text: string, open: number, limit: number): number {
  const close = text[open] === '(' ? ')' : '}';
  let depth = 0;
  for (let i = open; i < limit && i < open + 2000; i++) {
    if (text[i] === text[open]) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return Math.min(limit, open + 1);
}

function constants(text: string, lines: readonly Span[]): Map<string, Span> {
  const found = new Map<string, Span>();
  const several = new Set<string>();
  for (const line of lines) {
    if (text[line.start] === '\t') continue;
    const hit = assignment.exec(text.slice(line.start, Math.min(line.end, line.start + 200)));
    if (!hit) continue;
    const name = hit[1]!;
    if (found.has(name) || several.has(name) || hit[2] === '?=' || hit[2] === '+=') {
      several.add(name);
      found.delete(name);
      continue;
    }
    const start = line.start + hit[0].length;
    const comment = /[ \t]+#/.exec(text.slice(start, line.end));
    const value = { start, end: comment ? start + comment.index : line.end };
    if (!text.slice(value.start, value.end).includes('$(shell')) found.set(name, value);
  }
  return found;
}

/** Lines with those that continue them. */
function logicalLines(text: string): Span[] {
  const found: Span[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    at = end + (text[end] === '\r' ? 2 : 1);
    if (/\\$/.test(text.slice(Math.max(start, end - 1), end)) && at < text.length) continue;
    if (end > start) found.push({ start, end });
    start = at;
  }
  if (start < text.length && found.at(-1)?.end !== text.length) found.push({ start, end: text.length });
  return found;
}
