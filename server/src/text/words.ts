import type { Span } from './span.ts';

// POSIX shell words with offsets: quoting, expansions, operators, here-documents
// (POSIX.1-2017, Shell Command Language, 2.2 Quoting, 2.3 Token Recognition, 2.6 Word Expansions).
// It tells words apart and nothing of what commands mean.

/** How a piece of a word was quoted. */
export type Quote = 'none' | 'escaped' | 'single' | 'double' | 'ansi';

/** A stretch of a word that is alike. */
export interface WordPiece {
  /** What it gives; for an expansion the source, which is what stands in for it. */
  readonly text: string;
  readonly span: Span;
  /** Whether the document has the same text at `span`. */
  readonly exact: boolean;
  readonly quote: Quote;
  /** Set for what is put in when it runs: `name` of the variable where it is a plain one, `body` of a command substitution. */
  readonly expansion?: { readonly name?: string; readonly body?: Span };
}

export interface Word {
  readonly kind: 'word';
  readonly span: Span;
  readonly pieces: readonly WordPiece[];
  /** Offset of a quotation mark that is never closed. */
  readonly unbalanced?: number;
}

export type ShellToken =
  | Word
  | { readonly kind: 'operator'; readonly text: string; readonly span: Span }
  | { readonly kind: 'redirect'; readonly span: Span }
  | { readonly kind: 'newline'; readonly span: Span; readonly documents: readonly HereDocument[] }
  | { readonly kind: 'comment'; readonly span: Span };

/** The body of a here-document; `literal` where its delimiter was quoted, so that nothing in it is expanded. */
export interface HereDocument {
  readonly body: Span;
  readonly literal: boolean;
}

/** Which characters mean something beside blanks and quotes. */
export interface WordSyntax {
  readonly operators: boolean;
  readonly comments: boolean;
  /** Escapes such as `\n` and `\x41` are undone in and out of quotes, as systemd does. */
  readonly cEscapes: boolean;
}

export const posixWords: WordSyntax = { operators: true, comments: true, cEscapes: false };
export const systemdWords: WordSyntax = { operators: false, comments: false, cEscapes: true };

const expansionName = /[A-Za-z_][A-Za-z0-9_]*/y;
const placeholder = /<[A-Za-z][\w .:/|*-]{0,60}>/y;
const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t';

/** Reads the tokens of a stretch of text one by one. Every character is looked at a bounded number of times. */
export class WordReader {
  at: number;
  /** While true, `(` and `)` are letters of a word: for arguments whose author forgot to quote them. */
  parenthesesAreText = false;
  readonly #pending: { delimiter: string; literal: boolean; tabs: boolean }[] = [];
  #deadQuotes = 0;
  #noSubstitutionEndFrom = Number.POSITIVE_INFINITY;

  constructor(
    readonly text: string,
    start: number,
    readonly end: number,
    readonly syntax: WordSyntax = posixWords,
  ) {
    this.at = start;
  }

  /** The next token; undefined at the end. */
  next(): ShellToken | undefined {
    this.#skipBlanks();
    if (this.at >= this.end) return undefined;
    const start = this.at;
    const c = this.text[start]!;
    if (c === '\n' || (c === '\r' && this.text[start + 1] === '\n')) {
      this.at += c === '\n' ? 1 : 2;
      const span = { start, end: this.at };
      return { kind: 'newline', span, documents: this.#documents() };
    }
    if (this.syntax.comments && c === '#') {
      this.at = this.lineEnd(start);
      return { kind: 'comment', span: { start, end: this.at } };
    }
    if (this.syntax.operators) {
      const operator = this.#operator(c);
      if (operator) return operator;
    }
    return this.#word();
  }

  /** The token after this one, not taken. Here-documents are not read ahead: only meant for words and operators. */
  peek(): ShellToken | undefined {
    const { at } = this;
    const pending = [...this.#pending];
    const token = this.next();
    this.at = at;
    this.#pending.splice(0, this.#pending.length, ...pending);
    return token;
  }

  /** Where the line that holds the offset ends, before its line end. */
  lineEnd(offset: number): number {
    const newline = this.text.indexOf('\n', offset);
    const end = newline < 0 || newline > this.end ? this.end : newline;
    return end > offset && this.text[end - 1] === '\r' ? end - 1 : end;
  }

  #skipBlanks(): void {
    for (;;) {
      const c = this.text[this.at];
      if (this.at >= this.end) return;
      if (isBlank(c)) this.at++;
      else if (c === '\\' && this.#newlineAt(this.at + 1)) this.at += 1 + this.#newlineAt(this.at + 1);
      else return;
    }
  }

  /** Length of a line end at the offset; 0 where there is none. */
  #newlineAt(offset: number): number {
    if (offset >= this.end) return 0;
    if (this.text[offset] === '\n') return 1;
    return this.text[offset] === '\r' && this.text[offset + 1] === '\n' && offset + 1 < this.end ? 2 : 0;
  }

  #operator(c: string): ShellToken | undefined {
    const start = this.at;
    const two = this.text.slice(start, Math.min(start + 2, this.end));
    if (c === ';' || c === '|' || c === '&') {
      if (two === '&>') return this.#redirect(start, this.text[start + 2] === '>' ? 3 : 2);
      const text = two === ';;' || two === '||' || two === '&&' || two === '|&' ? two : c;
      this.at += text.length;
      return { kind: 'operator', text, span: { start, end: this.at } };
    }
    if ((c === '(' || c === ')') && !this.parenthesesAreText) {
      this.at++;
      return { kind: 'operator', text: c, span: { start, end: this.at } };
    }
    if (c === '<' || c === '>') {
      placeholder.lastIndex = start;
      const hit = c === '<' ? placeholder.exec(this.text) : null;
      if (hit && !hit[0].endsWith(' >')) return undefined;
      if (two === '<(' || two === '>(') return undefined;
      return this.#redirect(start, 0);
    }
    return undefined;
  }

  /** A redirection and its target. `length` of the operator where it is known already. */
  #redirect(start: number, length: number): ShellToken {
    const operator = length
      ? this.text.slice(start, start + length)
      : /^(?:<<<|<<-|<<|<&|<>|>>|>&|>\||<|>)/.exec(this.text.slice(start, start + 3))![0];
    this.at = start + operator.length;
    while (isBlank(this.text[this.at]) && this.at < this.end) this.at++;
    const c = this.text[this.at];
    if ((c === '<' || c === '>') && this.text[this.at + 1] === '(') {
      this.at = this.#substitutionEnd(this.at + 2) ?? this.at + 1;
      return { kind: 'redirect', span: { start, end: this.at } };
    }
    if (this.at < this.end && c !== '\n' && c !== '\r' && !'();|&<>'.includes(c!)) {
      const target = this.#word();
      if (operator === '<<' || operator === '<<-') {
        const delimiter = target.pieces.map((piece) => piece.text).join('');
        const literal = target.pieces.some((piece) => piece.quote !== 'none');
        this.#pending.push({ delimiter, literal, tabs: operator === '<<-' });
      }
    }
    return { kind: 'redirect', span: { start, end: this.at } };
  }

  /** The bodies of the here-documents that were announced on the line that just ended. */
  #documents(): HereDocument[] {
    const found: HereDocument[] = [];
    for (const { delimiter, literal, tabs } of this.#pending.splice(0)) {
      const start = this.at;
      let line = start;
      let close = this.end;
      while (line < this.end) {
        const end = this.lineEnd(line);
        let content = this.text.slice(line, end);
        if (tabs) content = content.replace(/^\t+/, '');
        if (content === delimiter) {
          close = line;
          this.at = end;
          break;
        }
        line = end + (this.#newlineAt(end) || 1);
      }
      if (line >= this.end) this.at = this.end;
      else if (this.#newlineAt(this.at)) this.at += this.#newlineAt(this.at);
      found.push({ body: { start, end: Math.min(close, this.end) }, literal });
    }
    return found;
  }

  #word(): Word {
    const start = this.at;
    const pieces: WordPiece[] = [];
    let unbalanced: number | undefined;
    let plainFrom = this.at;
    const flush = (): void => {
      if (this.at > plainFrom) {
        const span = { start: plainFrom, end: this.at };
        pieces.push({ text: this.text.slice(plainFrom, this.at), span, exact: true, quote: 'none' });
      }
    };
    while (this.at < this.end) {
      const c = this.text[this.at]!;
      if (isBlank(c) || c === '\n' || (c === '\r' && this.#newlineAt(this.at))) break;
      if (this.syntax.operators) {
        if (c === ';' || c === '|' || c === '&') break;
        if ((c === '(' || c === ')') && !this.parenthesesAreText) break;
        if (c === '<' || c === '>') {
          placeholder.lastIndex = this.at;
          const hit = c === '<' ? placeholder.exec(this.text) : null;
          const process = this.text[this.at + 1] === '(' ? this.#substitutionEnd(this.at + 2) : undefined;
          if (!hit && process === undefined) {
            if (this.at > start) {
              if (pieces.length === 0 && /^\d+$/.test(this.text.slice(start, this.at))) {
                this.#redirect(this.at, 0);
                return { kind: 'word', span: { start, end: start }, pieces: [] };
              }
              break;
            }
            this.at++;
            continue;
          }
          flush();
          const from = this.at;
          this.at = process ?? from + hit![0].length;
          const span = { start: from, end: this.at };
          pieces.push({ text: this.text.slice(from, this.at), span, exact: true, quote: 'none', expansion: {} });
          plainFrom = this.at;
          continue;
        }
      }
      if (c === '\\') {
        flush();
        this.#escape(pieces);
        plainFrom = this.at;
      } else if (c === "'" || c === '"') {
        flush();
        unbalanced ??= this.#quoted(pieces, c, c === '"' ? 'double' : 'single');
        plainFrom = this.at;
      } else if (c === '$' || c === '`') {
        flush();
        if (!this.#expansion(pieces, 'none')) {
          plainFrom = this.at;
          this.at++;
        } else plainFrom = this.at;
      } else this.at++;
    }
    flush();
    return { kind: 'word', span: { start, end: this.at }, pieces, ...(unbalanced !== undefined && { unbalanced }) };
  }

  #escape(pieces: WordPiece[]): void {
    const from = this.at;
    const newline = this.#newlineAt(from + 1);
    if (newline) {
      this.at += 1 + newline;
      return;
    }
    if (this.syntax.cEscapes) {
      const undone = cEscape(this.text, from);
      this.at = from + undone.length;
      pieces.push({ text: undone.text, span: { start: from, end: this.at }, exact: false, quote: 'escaped' });
      return;
    }
    if (from + 1 >= this.end) {
      // At the very end it continues into nothing.
      this.at = from + 1;
      return;
    }
    this.at = from + 2;
    pieces.push({ text: this.text[from + 1]!, span: { start: from, end: from + 2 }, exact: false, quote: 'escaped' });
  }

  /** A quoted stretch. Gives the mark's offset if it is never closed; then it is taken to end with its line. */
  #quoted(pieces: WordPiece[], mark: string, quote: 'single' | 'double' | 'ansi'): number | undefined {
    const open = this.at;
    const before = pieces.length;
    if (this.#deadQuotes > 2 || !this.#readQuoted(pieces, mark, quote, this.end)) {
      this.#deadQuotes++;
      pieces.length = before;
      this.at = open;
      const end = this.lineEnd(open);
      this.#readQuoted(pieces, mark, quote, end);
      this.at = end;
      return open;
    }
    return undefined;
  }

  #readQuoted(pieces: WordPiece[], mark: string, quote: 'single' | 'double' | 'ansi', limit: number): boolean {
    const open = this.at;
    this.at++;
    let plainFrom = this.at;
    const flush = (): void => {
      if (this.at > plainFrom) {
        const span = { start: plainFrom, end: this.at };
        pieces.push({ text: this.text.slice(plainFrom, this.at), span, exact: true, quote });
      }
    };
    const cEscapes = this.syntax.cEscapes || quote === 'ansi';
    while (this.at < limit) {
      const c = this.text[this.at]!;
      if (c === mark) {
        flush();
        this.at++;
        // An empty pair of quotes is a word of its own, so it must leave a piece.
        if (this.at === open + 2)
          pieces.push({ text: '', span: { start: open + 1, end: open + 1 }, exact: true, quote });
        return true;
      }
      if (c === '\\' && cEscapes) {
        flush();
        const from = this.at;
        const undone = cEscape(this.text, from);
        this.at = Math.min(from + undone.length, limit);
        pieces.push({ text: undone.text, span: { start: from, end: this.at }, exact: false, quote });
        plainFrom = this.at;
      } else if (c === '\\' && quote === 'double') {
        const newline = this.#newlineAt(this.at + 1);
        const after = this.text[this.at + 1];
        if (newline) {
          flush();
          this.at += 1 + newline;
          plainFrom = this.at;
        } else if (after === '$' || after === '`' || after === '"' || after === '\\') {
          flush();
          const span = { start: this.at, end: this.at + 2 };
          this.at += 2;
          pieces.push({ text: after, span, exact: false, quote });
          plainFrom = this.at;
        } else this.at++;
      } else if ((c === '$' || c === '`') && quote === 'double') {
        flush();
        if (!this.#expansion(pieces, 'double')) {
          plainFrom = this.at;
          this.at++;
        } else plainFrom = this.at;
      } else this.at++;
    }
    flush();
    return false;
  }

  /** `$NAME`, `${…}`, `$(…)`, backquotes, `$'…'`. False where the `$` is only itself. */
  #expansion(pieces: WordPiece[], quote: 'none' | 'double'): boolean {
    const from = this.at;
    const { text } = this;
    const take = (end: number, expansion: NonNullable<WordPiece['expansion']>): true => {
      this.at = end;
      pieces.push({ text: text.slice(from, end), span: { start: from, end }, exact: true, quote, expansion });
      return true;
    };
    if (text[from] === '`') {
      const end = text.indexOf('`', from + 1);
      if (end < 0 || end >= this.end || end - from > 2000) return false;
      return take(end + 1, { body: { start: from + 1, end } });
    }
    const c = text[from + 1];
    if (from + 1 >= this.end || c === undefined) return false;
    if (c === '(') {
      const end = this.#substitutionEnd(from + 2);
      return end !== undefined && take(end, text[from + 2] === '(' ? {} : { body: { start: from + 2, end: end - 1 } });
    }
    if (c === '{') {
      const end = this.#braceEnd(from + 2);
      if (end === undefined) return false;
      const inside = text.slice(from + 2, end - 1);
      return take(end, /^[A-Za-z_]\w*(?:\[[@*]\])?$/.test(inside) ? { name: inside } : {});
    }
    if (c === "'" && quote === 'none' && this.syntax.operators) {
      this.at = from + 1;
      this.#quoted(pieces, "'", 'ansi');
      return true;
    }
    if (c === '"' && quote === 'none' && this.syntax.operators) {
      this.at = from + 1;
      this.#quoted(pieces, '"', 'double');
      return true;
    }
    expansionName.lastIndex = from + 1;
    const name = expansionName.exec(text);
    if (name) {
      const end = Math.min(from + 1 + name[0].length, this.end);
      return take(end, { name: text.slice(from + 1, end) });
    }
    if (/[0-9@*#?$!-]/.test(c)) return take(from + 2, {});
    return false;
  }

  /** The offset behind the `)` that closes a substitution; quotes in it are minded. */
  #substitutionEnd(from: number): number | undefined {
    if (from >= this.#noSubstitutionEndFrom) return undefined;
    let depth = 1;
    for (let i = from; i < this.end; i++) {
      const c = this.text[i];
      if (c === '\\') i++;
      else if (c === '(') depth++;
      else if (c === ')') {
        if (--depth === 0) return i + 1;
      } else if (c === "'" || c === '"') {
        const close = this.#quoteEnd(i);
        if (close === undefined) break;
        i = close;
      }
    }
    this.#noSubstitutionEndFrom = Math.min(this.#noSubstitutionEndFrom, from);
    return undefined;
  }

  #quoteEnd(open: number): number | undefined {
    const mark = this.text[open]!;
    for (let i = open + 1; i < this.end; i++) {
      if (this.text[i] === '\\' && mark === '"') i++;
      else if (this.text[i] === mark) return i;
    }
    return undefined;
  }

  /** The offset behind the `}` of a parameter expansion. They are short and seldom nested. */
  #braceEnd(from: number): number | undefined {
    let depth = 1;
    const limit = Math.min(this.end, from + 300);
    for (let i = from; i < limit; i++) {
      const c = this.text[i];
      if (c === '\\') i++;
      else if (c === '{') depth++;
      else if (c === '}' && --depth === 0) return i + 1;
    }
    return undefined;
  }
}

/** An escape of C at a backslash: what it gives and how long it is. Unknown ones stay as they are. */
export function cEscape(text: string, at: number): { text: string; length: number } {
  const c = text[at + 1];
  const simple: Record<string, string> = {
    a: '\x07',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    e: '\x1b',
    s: ' ',
    '\\': '\\',
    '"': '"',
    "'": "'",
    '?': '?',
  };
  if (c === undefined) return { text: '\\', length: 1 };
  if (Object.hasOwn(simple, c)) return { text: simple[c]!, length: 2 };
  const number = /^(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3}))/.exec(
    text.slice(at + 1, at + 10),
  );
  if (number) {
    const code =
      number[4] !== undefined
        ? Number.parseInt(number[4], 8)
        : Number.parseInt(number[1] ?? number[2] ?? number[3] ?? '', 16);
    return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD', length: 1 + number[0].length };
  }
  return { text: `\\${c}`, length: 2 };
}
