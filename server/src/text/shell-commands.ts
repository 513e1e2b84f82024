import { proseCommands } from './comment-commands.ts';
import type { Certainty, Excerpt, HostAround, HostProblem } from './excerpt.ts';
import { HOLE } from './excerpt.ts';
import { type Argument, launchText, launchTool, oldLaunchTool } from './launch-command.ts';
import { launchShape, mayBeLaunchText } from './launch-shape.ts';
import { Lift, type Lifted, launchExcerpt, liftSpan, nest } from './lifted.ts';
import { type CommandEnd, commandProblems, isBlankAfterBackslash } from './shell-problems.ts';
import { arrayWords, assignedName, assignedValue, shellScope } from './shell-scope.ts';
import { liftWord, type Scope, shellArguments, wordText, writeUnquoted } from './shell-words.ts';
import type { Span } from './span.ts';
import { type HereDocument, posixWords, type Word, WordReader, type WordSyntax } from './words.ts';

// The gst-launch commands and the pipelines in variables of a shell script, for the shell host and for every host
// that has scripts within.

/** How a script is looked at. */
export interface ShellView {
  /** Id of the host on whose behalf it is searched. */
  readonly host: string;
  /** What a command found in it is worth. */
  readonly certainty?: Certainty;
  /** Whether a `#` begins a comment and operators are operators; POSIX by default. */
  readonly syntax?: WordSyntax;
  /** Whether variables that hold a pipeline are excerpts as well. */
  readonly variables?: boolean;
}

const neverRuns = new Set(
  'which type hash whereis man info apt apt-get aptitude dnf yum pip pip3 pkill killall pgrep kill grep egrep fgrep rg sed awk cat ls cp mv rm ln find chmod chown test [ [[ alias unalias dpkg rpm brew install file stat dirname basename'.split(
    ' ',
  ),
);
const onlyPrints = new Set(['echo', 'printf', 'log', 'info', 'warn', 'print']);
const maxDepth = 6;

/** Everything in a script that is a pipeline. Never throws; linear in the text for each level of nesting. */
export function shellExcerpts(text: string, around: HostAround, view: ShellView): Excerpt[] {
  if (!text.includes('gst-launch') && !text.includes('!')) return [];
  const scan = new Scan(text, around, view);
  scan.run(0, text.length, view.certainty ?? 'code', 0);
  return scan.finish();
}

class Scan {
  readonly #found: { excerpt: Excerpt; assigned?: Span }[] = [];
  readonly #comments: Span[] = [];
  readonly #scope: Scope;

  constructor(
    readonly text: string,
    readonly around: HostAround,
    readonly view: ShellView,
  ) {
    this.#scope = shellScope(text);
  }

  run(start: number, end: number, certainty: Certainty, depth: number): void {
    const reader = new WordReader(this.text, start, end, this.view.syntax ?? posixWords);
    let words: Word[] = [];
    let parentheses = 0;
    for (let token = reader.next(); token; token = reader.next()) {
      if (token.kind === 'comment') {
        this.#comments.push(token.span);
      } else if (token.kind === 'newline') {
        this.#documents(token.documents, words, certainty, depth);
        words = [];
      } else if (token.kind === 'operator') {
        if (token.text === '(') parentheses++;
        if (token.text === ')') parentheses = Math.max(0, parentheses - 1);
        words = [];
      } else if (token.kind === 'word' && token.pieces.length > 0) {
        const tool = wordText(token);
        if (launchTool.test(tool) && !runsNothing(words, tool)) {
          this.#launch(reader, token, words, parentheses, certainty);
          words = [];
          continue;
        }
        this.#within(token, words, certainty, depth);
        if (this.#assignment(token, words, reader, certainty)) continue;
        if (words.length < 64) words.push(token);
      }
    }
  }

  /** What was found; a variable's own excerpt is left out where a command has its value. */
  finish(): Excerpt[] {
    const used = new Set<number>();
    for (const { excerpt } of this.#found) {
      if (excerpt.context !== 'command') continue;
      for (const run of excerpt.map.runs) {
        if (run.document.start < excerpt.span.start || run.document.start >= excerpt.span.end)
          used.add(run.document.start);
      }
    }
    const kept = this.#found.filter(({ excerpt, assigned }) => {
      if (!assigned || used.size === 0) return true;
      return !excerpt.map.runs.some((run) => used.has(run.document.start));
    });
    const comments = groupLines(this.text, this.#comments).flatMap((lines) =>
      proseCommands(stripLeaders(this.text, lines, /^#+!?[ \t]?/), this.around, {
        host: this.view.host,
        certainty: 'comment',
      }),
    );
    return [...kept.map(({ excerpt }) => excerpt), ...comments].sort((a, b) => a.span.start - b.span.start);
  }

  #launch(reader: WordReader, tool: Word, before: readonly Word[], parentheses: number, certainty: Certainty): void {
    const { args, end } = this.#arguments(reader, parentheses);
    const given = shellArguments(args, this.text, this.#scope);
    const launch = launchText(given, this.text, writeUnquoted);
    const { text } = launch.lifted;
    if (text.trim() === '' || isWholeHole(text)) return;
    const sure = onlyPrints.has(wordText(before.find((word) => !assignedName(word)) ?? tool)) ? 'comment' : certainty;
    if (sure !== 'code' && !mayBeLaunchText(text, (name) => this.around.known(name))) return;
    const problems: HostProblem[] = [...commandProblems(args, end, this.text, reader.end), ...launch.problems];
    const name = wordText(tool);
    if (oldLaunchTool.test(name)) problems.push(oldTool(tool.span, name));
    const first = before[0] ?? tool;
    this.#add(launch.lifted, {
      context: 'command',
      certainty: sure,
      span: { start: first.span.start, end: (args.at(-1) ?? tool).span.end },
      options: launch.options,
      fragment: openEnds(given),
      problems,
    });
  }

  /** The words of a command up to its end. Parentheses are letters of words, save one that closes a subshell. */
  #arguments(reader: WordReader, parentheses: number): { args: Word[]; end: CommandEnd } {
    const args: Word[] = [];
    let open = 0;
    reader.parenthesesAreText = true;
    let end: CommandEnd = { kind: 'end', span: { start: reader.end, end: reader.end } };
    for (;;) {
      const from = reader.at;
      const token = reader.next();
      if (!token) break;
      if (token.kind === 'redirect') continue;
      if (token.kind === 'word') {
        if (token.pieces.length === 0) continue;
        const cut = parentheses > 0 ? closingParenthesis(token, open) : { at: undefined, open };
        open = cut.open;
        if (cut.at !== undefined) {
          const rest = cutWord(token, cut.at);
          if (rest.pieces.length > 0) args.push(rest);
          reader.at = cut.at;
          end = { kind: 'operator', text: ')', span: { start: cut.at, end: cut.at + 1 } };
          break;
        }
        if (isBlankAfterBackslash(token, this.text, reader.end)) {
          args.push(token);
          const newline = reader.next();
          if (newline?.kind === 'newline') continue;
          break;
        }
        args.push(token);
        continue;
      }
      end =
        token.kind === 'operator'
          ? { kind: 'operator', text: token.text, span: token.span }
          : { kind: token.kind, span: token.span };
      if (token.kind !== 'newline' || token.documents.length === 0)
        reader.at = token.kind === 'comment' ? from : token.span.start;
      break;
    }
    reader.parenthesesAreText = false;
    return { args, end };
  }

  /** Scripts within a word: command substitutions, and quoted commands for another shell. */
  #within(word: Word, before: readonly Word[], certainty: Certainty, depth: number): void {
    if (depth >= maxDepth) return;
    for (const piece of word.pieces) {
      const body = piece.expansion?.body;
      if (body && this.text.slice(body.start, body.end).includes('gst-launch'))
        this.run(body.start, body.end, certainty, depth + 1);
    }
    if (word.pieces.every((piece) => piece.quote === 'none') || !wordText(word).includes('gst-launch')) return;
    const assigned = assignedName(word);
    const lifted = liftWord(assigned ? assignedValue(word, assigned.length) : word, this.text, this.#scope);
    if (!/gst-launch\S*\s/.test(lifted.text)) return;
    const command = before.find((other) => !assignedName(other));
    const prints = command !== undefined && onlyPrints.has(wordText(command));
    const sure: Certainty = prints || certainty === 'comment' ? 'comment' : 'code';
    const inner = prints
      ? proseCommands(lifted, this.around, { host: this.view.host, certainty: 'comment' })
      : shellExcerpts(lifted.text, this.around, { ...this.view, certainty: sure, variables: false }).map((e) =>
          nest(e, lifted),
        );
    for (const excerpt of inner) this.#found.push({ excerpt });
  }

  /** `NAME=value` and `NAME=( … )` that hold a pipeline. True where the reader was taken over an array. */
  #assignment(word: Word, before: readonly Word[], reader: WordReader, certainty: Certainty): boolean {
    const assigned = assignedName(word);
    if (!assigned || before.some((other) => !assignedName(other) && !declares.test(wordText(other)))) return false;
    const value = assignedValue(word, assigned.length);
    if (value.pieces.length === 0 && this.text[reader.at] === '(') {
      const from = reader.at;
      reader.at = from + 1;
      const words = arrayWords(reader);
      this.#array(words, { start: word.span.start, end: reader.at }, certainty);
      return true;
    }
    if (this.view.variables === false || value.pieces.length === 0) return false;
    const lifted = liftWord(value, this.text, this.#scope);
    const shape = launchShape(lifted.text, (name) => this.around.known(name));
    if (!shape.pipeline || /gst-launch/.test(lifted.text)) return false;
    this.#add(
      lifted,
      { context: 'assignment', certainty: certainty === 'code' ? 'guess' : certainty, span: word.span, fragment: true },
      word.span,
    );
    return false;
  }

  #array(words: readonly Word[], span: Span, certainty: Certainty): void {
    if (!words.some((word) => wordText(word) === '!')) return;
    const tool = words.findIndex((word) => launchTool.test(wordText(word)));
    const given = shellArguments(words.slice(tool + 1), this.text, this.#scope);
    const launch = launchText(given, this.text, writeUnquoted);
    if (tool < 0 && !launchShape(launch.lifted.text, (name) => this.around.known(name)).pipeline) return;
    const sure = certainty === 'code' && tool < 0 ? 'guess' : certainty;
    const about = {
      context: 'argv-list',
      certainty: sure,
      span,
      options: launch.options,
      fragment: tool < 0,
      problems: launch.problems,
    };
    this.#add(launch.lifted, about, span);
  }

  #documents(documents: readonly HereDocument[], command: readonly Word[], certainty: Certainty, depth: number): void {
    for (const { body, literal } of documents) {
      const script = this.text.slice(body.start, body.end);
      if (depth >= maxDepth || !/gst|!/.test(script)) continue;
      const program = command.map(wordText).find((word) => /(?:^|\/)python[\d.]*$/.test(word));
      const python = program ? this.around.host('python') : undefined;
      if (python) {
        const lifted = liftSpan(this.text, body.start, body.end);
        for (const excerpt of python.excerpts(script, this.around))
          this.#found.push({ excerpt: nest(excerpt, lifted) });
      } else if (literal || !script.includes('\\$')) this.run(body.start, body.end, certainty, depth + 1);
      else {
        const lifted = unescapeDocument(this.text, body);
        const inner = shellExcerpts(lifted.text, this.around, { ...this.view, certainty });
        for (const excerpt of inner) this.#found.push({ excerpt: nest(excerpt, lifted) });
      }
    }
  }

  #add(lifted: Lifted, about: Omit<Parameters<typeof launchExcerpt>[1], 'host' | 'consumer'>, assigned?: Span): void {
    const excerpt = launchExcerpt(lifted, { ...about, host: this.view.host, consumer: 'gst-launch' });
    this.#found.push({ excerpt, ...(assigned && { assigned }) });
  }
}

const declares = /^(?:export|local|declare|readonly|typeset|env|sudo|then|else|do|\{|-\w+)$/;

/** Whether the words before the tool's name make it an argument that is only looked at. */
function runsNothing(before: readonly Word[], tool: string): boolean {
  const words = before.map(wordText).filter((word) => !/^[A-Za-z_]\w*=/.test(word));
  const command = words.find((word) => !/^(?:sudo|env|time|if|then|else|elif|do|while|until|!|\{|-\S*)$/.test(word));
  if (command === undefined) return false;
  if (neverRuns.has(command)) return true;
  if (command === 'command') return words.some((word) => /^-[vV]/.test(word));
  return /^-?name$/.test(words.at(-1) ?? '') || tool.endsWith('/');
}

const oldTool = (span: Span, name: string): HostProblem => ({
  rule: 'old-gst-launch',
  severity: 'hint',
  span,
  message: `${name.replace(/^.*\//, '')} was the tool of GStreamer 0.10, which is no longer maintained and not on a Jetson. Use gst-launch-1.0.`,
  fixes: [
    {
      title: 'Use gst-launch-1.0',
      edits: [
        {
          span: { start: span.end - (name.length - name.lastIndexOf('gst-launch')), end: span.end },
          text: 'gst-launch-1.0',
        },
      ],
      safe: false,
    },
  ],
});

const isWholeHole = (text: string): boolean =>
  text.trim() !== '' && [...text.trim()].every((c) => c === HOLE || c === ' ');

/** Whether the first or the last argument is wholly unknown, so that more may stand there. */
function openEnds(args: readonly Argument[]): boolean {
  const open = (argument: Argument | undefined): boolean => argument !== undefined && isWholeHole(argument.lifted.text);
  return open(args.find((argument) => !argument.lifted.text.startsWith('-'))) || open(args.at(-1));
}

/** The offset of an unquoted `)` that closes more than the command opened. */
function closingParenthesis(word: Word, open: number): { at: number | undefined; open: number } {
  let depth = open;
  for (const piece of word.pieces) {
    if (piece.quote !== 'none' || piece.expansion) continue;
    for (let i = 0; i < piece.text.length; i++) {
      if (piece.text[i] === '(') depth++;
      else if (piece.text[i] === ')' && --depth < 0) return { at: piece.span.start + i, open: 0 };
    }
  }
  return { at: undefined, open: depth };
}

/** The part of a word before an offset. */
function cutWord(word: Word, at: number): Word {
  const pieces = word.pieces
    .filter((piece) => piece.span.start < at)
    .map((piece) =>
      piece.span.end <= at
        ? piece
        : { ...piece, text: piece.text.slice(0, at - piece.span.start), span: { start: piece.span.start, end: at } },
    );
  return { kind: 'word', span: { start: word.span.start, end: at }, pieces };
}

/** A here-document whose delimiter is not quoted: `\$` is `$` in what it gives. */
function unescapeDocument(text: string, body: Span): Lifted {
  const lift = new Lift();
  const same = (t: string): string => t;
  let from = body.start;
  for (let i = body.start; i + 1 < body.end; i++) {
    if (text[i] !== '\\' || !'$`'.includes(text[i + 1]!)) continue;
    lift.copy(text, from, i, same);
    from = i + 1;
    i++;
  }
  return lift.copy(text, from, body.end, same).done();
}

/** Comment lines that follow each other, as one. */
export function groupLines(text: string, lines: readonly Span[]): Span[][] {
  const groups: Span[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (
      group &&
      last &&
      /^[ \t]*\r?\n[ \t]*$/.test(text.slice(last.end, Math.min(line.start, last.end + 400))) &&
      line.start - last.end < 400
    ) {
      group.push(line);
    } else groups.push([line]);
  }
  return groups;
}

/** Comment lines as the text in them: what matches `leader` at the start of a line is taken off. */
export function stripLeaders(text: string, lines: readonly Span[], leader: RegExp): Lifted {
  const lift = new Lift();
  const same = (t: string): string => t;
  lines.forEach((line, index) => {
    const length = leader.exec(text.slice(line.start, Math.min(line.end, line.start + 200)))?.[0].length ?? 0;
    lift.copy(text, line.start + length, line.end, same);
    const next = lines[index + 1];
    if (next) lift.put('\n', { start: line.end, end: next.start }, same);
  });
  return lift.done();
}
