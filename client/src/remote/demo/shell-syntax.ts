/**
 * The grammar of the demo device's shell: POSIX sh as far as scripts that travel over SSH are written in it. Text here is
 * bytes, one character each, as everywhere inside the demo device.
 */

export type Script = readonly Step[];

/** Pipelines joined by `&&` and `||`. */
export interface Step {
  readonly first: Pipeline;
  readonly rest: readonly { readonly when: '&&' | '||'; readonly next: Pipeline }[];
  readonly background: boolean;
}

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

export type Command = { readonly redirects: readonly Redirect[] } & (
  | {
      readonly is: 'simple';
      readonly settings: readonly { readonly name: string; readonly value: Word }[];
      readonly words: readonly Word[];
    }
  | { readonly is: 'group' | 'subshell'; readonly body: Script }
  | {
      readonly is: 'if';
      readonly branches: readonly { readonly when: Script; readonly body: Script }[];
      readonly otherwise: Script;
    }
  | { readonly is: 'while' | 'until'; readonly when: Script; readonly body: Script }
  | { readonly is: 'for'; readonly name: string; readonly over: readonly Word[] | undefined; readonly body: Script }
  | {
      readonly is: 'case';
      readonly word: Word;
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: Script }[];
    }
  | { readonly is: 'function'; readonly name: string; readonly body: Command }
);

export type Word = readonly Part[];

export type Part =
  | { readonly is: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly is: 'value';
      readonly name: string;
      /** `:-`, `%%`, `length`; empty for the plain value. */
      readonly operator: string;
      readonly argument: Word;
      readonly quoted: boolean;
    }
  | { readonly is: 'output'; readonly script: Script; readonly quoted: boolean }
  | { readonly is: 'sum'; readonly expression: Word; readonly quoted: boolean };

export interface Redirect {
  readonly fd: number;
  readonly kind: '<' | '>' | '>>' | '<>' | '<&' | '>&' | '<<';
  /** The file, the other descriptor, or what a here-document holds. */
  readonly target: Word;
}

/** What is written is no script. The message is for a person. */
export class ShellSyntaxError extends Error {}

/** Reads a whole script. Throws a {@link ShellSyntaxError}. */
export function parseScript(text: string): Script {
  const reader = new Reader(text);
  const script = reader.script([]);
  if (!reader.done) throw new ShellSyntaxError(`syntax error near "${text.slice(reader.at, reader.at + 20)}"`);
  return script;
}

const RESERVED = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'for',
  'do',
  'done',
  'case',
  'esac',
  '{',
  '}',
  '!',
]);
const WORD_END = /[\s;&|()<>]/;
const NAME = /[A-Za-z_]\w*/y;
const REDIRECT = /(\d*)(<<-?|<>|<&|>&|>>|>\||<|>)/y;

class Reader {
  readonly text: string;
  at = 0;
  #hereDocuments: { readonly end: string; readonly tabs: boolean; readonly quoted: boolean; readonly body: Part[] }[] =
    [];

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    this.#blank();
    return this.at >= this.text.length;
  }

  /** Steps until one of the reserved words, a `)` or a `;;`, which are left where they are. */
  script(ends: readonly string[]): Script {
    const steps: Step[] = [];
    for (;;) {
      this.#blankLines();
      if (this.at >= this.text.length || this.#sees(')') || this.#sees(';;')) return steps;
      const word = this.#peek();
      if (ends.includes(word)) return steps;
      steps.push(this.#step());
    }
  }

  #step(): Step {
    const first = this.#pipeline();
    const rest: { when: '&&' | '||'; next: Pipeline }[] = [];
    for (;;) {
      this.#blank();
      const when = this.#sees('&&') ? '&&' : this.#sees('||') ? '||' : undefined;
      if (!when) break;
      this.at += 2;
      this.#blankLines();
      rest.push({ when, next: this.#pipeline() });
    }
    this.#blank();
    const background = this.#sees('&') && !this.#sees('&&');
    if (background || (this.#sees(';') && !this.#sees(';;'))) this.at += 1;
    else if (this.at < this.text.length && !this.#sees('\n') && !this.#sees(')') && !this.#sees(';;')) {
      if (!RESERVED.has(this.#peek())) throw this.#wrong();
    }
    return { first, rest, background };
  }

  #pipeline(): Pipeline {
    this.#blank();
    let negated = false;
    while (this.#peek() === '!') {
      this.at += 1;
      negated = !negated;
      this.#blank();
    }
    const commands = [this.#command()];
    for (this.#blank(); this.#sees('|') && !this.#sees('||'); this.#blank()) {
      this.at += 1;
      this.#blankLines();
      commands.push(this.#command());
    }
    return { negated, commands };
  }

  #command(): Command {
    this.#blank();
    const bare = this.#compound();
    if (!bare) return this.#simple();
    const redirects: Redirect[] = [];
    for (let one = this.#redirect(); one; one = this.#redirect()) redirects.push(one);
    return { ...bare, redirects };
  }

  #compound(): Command | undefined {
    const redirects: readonly Redirect[] = [];
    if (this.#sees('(')) {
      this.at += 1;
      const body = this.script([]);
      this.#expect(')');
      return { is: 'subshell', body, redirects };
    }
    const word = this.#peek();
    switch (word) {
      case '{': {
        this.at += 1;
        const body = this.script(['}']);
        this.#expect('}');
        return { is: 'group', body, redirects };
      }
      case 'if': {
        this.at += 2;
        const branches: { when: Script; body: Script }[] = [];
        for (;;) {
          const when = this.script(['then']);
          this.#expect('then');
          branches.push({ when, body: this.script(['elif', 'else', 'fi']) });
          if (this.#peek() !== 'elif') break;
          this.at += 4;
        }
        let otherwise: Script = [];
        if (this.#peek() === 'else') {
          this.at += 4;
          otherwise = this.script(['fi']);
        }
        this.#expect('fi');
        return { is: 'if', branches, otherwise, redirects };
      }
      case 'while':
      case 'until': {
        this.at += 5;
        const when = this.script(['do']);
        return { is: word, when, body: this.#body(), redirects };
      }
      case 'for': {
        this.at += 3;
        this.#blank();
        const name = this.#match(NAME)?.[0];
        if (name === undefined) throw this.#wrong();
        this.#blankLines();
        let over: Word[] | undefined;
        if (this.#peek() === 'in') {
          this.at += 2;
          over = [];
          for (this.#blank(); this.at < this.text.length && !/[;\n]/.test(this.text[this.at]!); this.#blank()) {
            over.push(this.#word());
          }
        }
        this.#blank();
        if (this.#sees(';')) this.at += 1;
        this.#blankLines();
        return { is: 'for', name, over, body: this.#body(), redirects };
      }
      case 'case':
        return this.#case();
    }
    NAME.lastIndex = this.at;
    const name = NAME.exec(this.text)?.[0];
    const after = name === undefined ? undefined : /[ \t]*\([ \t]*\)\s*/y;
    if (name === undefined || !after) return undefined;
    after.lastIndex = this.at + name.length;
    if (!after.test(this.text)) return undefined;
    this.at = after.lastIndex;
    return { is: 'function', name, body: this.#command(), redirects };
  }

  #body(): Script {
    this.#expect('do');
    const body = this.script(['done']);
    this.#expect('done');
    return body;
  }

  #case(): Command {
    this.at += 4;
    this.#blank();
    const word = this.#word();
    this.#blankLines();
    this.#expect('in');
    const branches: { patterns: Word[]; body: Script }[] = [];
    for (this.#blankLines(); this.#peek() !== 'esac'; this.#blankLines()) {
      if (this.at >= this.text.length) throw this.#wrong();
      if (this.#sees('(')) this.at += 1;
      const patterns: Word[] = [];
      for (;;) {
        this.#blank();
        patterns.push(this.#word());
        this.#blank();
        if (!this.#sees('|')) break;
        this.at += 1;
      }
      this.#expect(')');
      branches.push({ patterns, body: this.script(['esac']) });
      if (this.#sees(';;')) this.at += 2;
    }
    this.#expect('esac');
    return { is: 'case', word, branches, redirects: [] };
  }

  #simple(): Command {
    const settings: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.#blank();
      const redirect = this.#redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      if (this.at >= this.text.length || /[\n;&|()]/.test(this.text[this.at]!)) break;
      const setting = words.length === 0 ? this.#match(/([A-Za-z_]\w*)=/y) : undefined;
      if (setting) {
        const empty = this.at >= this.text.length || WORD_END.test(this.text[this.at]!);
        settings.push({ name: setting[1]!, value: empty ? [] : this.#word() });
      } else words.push(this.#word());
    }
    if (settings.length + words.length + redirects.length === 0) throw this.#wrong();
    return { is: 'simple', settings, words, redirects };
  }

  #redirect(): Redirect | undefined {
    this.#blank();
    const match = this.#match(REDIRECT);
    if (!match) return undefined;
    const written = match[2]!;
    const fd = match[1] === '' ? (written.startsWith('<') ? 0 : 1) : Number(match[1]);
    this.#blank();
    if (written.startsWith('<<')) {
      const start = this.at;
      const end = plainText(this.#word());
      const body: Part[] = [];
      const quoted = /['"\\]/.test(this.text.slice(start, this.at));
      this.#hereDocuments.push({ end, tabs: written === '<<-', quoted, body });
      return { fd, kind: '<<', target: body };
    }
    const kind = written === '>|' ? '>' : (written as Redirect['kind']);
    return { fd, kind, target: this.#word() };
  }

  #word(): Word {
    const start = this.at;
    const parts: Part[] = [];
    let plain = '';
    const flush = (): void => {
      if (plain !== '') parts.push({ is: 'text', text: plain, quoted: false });
      plain = '';
    };
    while (this.at < this.text.length && !WORD_END.test(this.text[this.at]!)) {
      const character = this.text[this.at]!;
      if (character === '\\') {
        flush();
        const next = this.text[this.at + 1] ?? '\\';
        this.at += 2;
        if (next !== '\n') parts.push({ is: 'text', text: next, quoted: true });
      } else if (character === "'") {
        flush();
        const end = this.text.indexOf("'", this.at + 1);
        if (end < 0) throw new ShellSyntaxError('unterminated quoted string');
        parts.push({ is: 'text', text: this.text.slice(this.at + 1, end), quoted: true });
        this.at = end + 1;
      } else if (character === '"') {
        flush();
        this.at += 1;
        parts.push(...this.#doubleQuoted('"'));
      } else if (character === '$' || character === '`') {
        const part = this.#expansion(false);
        if (part) {
          flush();
          parts.push(part);
        } else {
          plain += character;
          this.at += 1;
        }
      } else {
        plain += character;
        this.at += 1;
      }
    }
    flush();
    if (this.at === start) throw this.#wrong();
    return parts;
  }

  /** Up to the ending quote, which is taken; `''` reads to the end of the text. */
  #doubleQuoted(end: '"' | ''): Part[] {
    const parts: Part[] = [];
    let plain = '';
    const flush = (): void => {
      if (plain !== '') parts.push({ is: 'text', text: plain, quoted: true });
      plain = '';
    };
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        if (end !== '') throw new ShellSyntaxError('unterminated quoted string');
        break;
      }
      if (character === end) {
        this.at += 1;
        break;
      }
      if (character === '\\' && /[$`"\\\n]/.test(this.text[this.at + 1] ?? '')) {
        if (this.text[this.at + 1] !== '\n') plain += this.text[this.at + 1]!;
        this.at += 2;
        continue;
      }
      const part = character === '$' || character === '`' ? this.#expansion(true) : undefined;
      if (part) {
        flush();
        parts.push(part);
      } else {
        plain += character;
        this.at += 1;
      }
    }
    flush();
    return parts.length === 0 && end !== '' ? [{ is: 'text', text: '', quoted: true }] : parts;
  }

  /** What `$` or a backquote begins; undefined where the sign stands for itself. */
  #expansion(quoted: boolean): Part | undefined {
    if (this.#sees('`')) {
      let inner = '';
      for (this.at += 1; ; this.at += 1) {
        const character = this.text[this.at];
        if (character === undefined) throw new ShellSyntaxError('unterminated `');
        if (character === '`') break;
        if (character === '\\' && /[`\\$]/.test(this.text[this.at + 1] ?? '')) this.at += 1;
        inner += this.text[this.at]!;
      }
      this.at += 1;
      return { is: 'output', script: parseScript(inner), quoted };
    }
    if (this.#sees('$((')) return this.#sum(quoted);
    if (this.#sees('$(')) {
      this.at += 2;
      const script = this.script([]);
      this.#expect(')');
      return { is: 'output', script, quoted };
    }
    if (this.#sees('${')) return this.#braced(quoted);
    const simple = this.#match(/\$([A-Za-z_]\w*|[0-9@*#?$!-])/y);
    return simple ? { is: 'value', name: simple[1]!, operator: '', argument: [], quoted } : undefined;
  }

  #braced(quoted: boolean): Part {
    const length = this.#match(/\$\{#([A-Za-z_]\w*|[0-9]+|[@*?$!])\}/y);
    if (length) return { is: 'value', name: length[1]!, operator: 'length', argument: [], quoted };
    const head = this.#match(/\$\{([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(:?[-=+?]|%%?|##?)?/y);
    if (!head) throw new ShellSyntaxError('bad substitution');
    const argument = head[2] === undefined ? [] : this.#braceArgument(quoted && !/[%#]/.test(head[2]));
    this.#expect('}');
    return { is: 'value', name: head[1]!, operator: head[2] ?? '', argument, quoted };
  }

  /** The text up to the closing brace, which is left. Blanks are part of it. */
  #braceArgument(quoted: boolean): Part[] {
    const parts: Part[] = [];
    while (this.at < this.text.length && !this.#sees('}')) {
      const character = this.text[this.at]!;
      if (character === '"') {
        this.at += 1;
        parts.push(...this.#doubleQuoted('"'));
      } else if (character === "'" && !quoted) {
        const end = this.text.indexOf("'", this.at + 1);
        if (end < 0) throw new ShellSyntaxError('unterminated quoted string');
        parts.push({ is: 'text', text: this.text.slice(this.at + 1, end), quoted: true });
        this.at = end + 1;
      } else if (character === '\\' && this.at + 1 < this.text.length) {
        parts.push({ is: 'text', text: this.text[this.at + 1]!, quoted: true });
        this.at += 2;
      } else {
        const part = character === '$' || character === '`' ? this.#expansion(quoted) : undefined;
        if (part) parts.push(part);
        else {
          parts.push({ is: 'text', text: character, quoted });
          this.at += 1;
        }
      }
    }
    return parts;
  }

  #sum(quoted: boolean): Part {
    let depth = 0;
    let end = this.at + 3;
    for (; end < this.text.length; end++) {
      if (this.text[end] === '(') depth += 1;
      else if (this.text[end] === ')' && depth-- === 0) break;
    }
    if (this.text[end + 1] !== ')') throw new ShellSyntaxError('unterminated $((');
    const expression = new Reader(this.text.slice(this.at + 3, end)).#doubleQuoted('');
    this.at = end + 2;
    return { is: 'sum', expression, quoted };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match ?? undefined;
  }

  #sees(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** The word here, if it has no quotes: what could be a reserved one. */
  #peek(): string {
    const word = /[^\s;&|()<>'"\\$`]*/y;
    word.lastIndex = this.at;
    return word.exec(this.text)![0];
  }

  #expect(text: string): void {
    this.#blankLines();
    if (!this.#sees(text)) throw this.#wrong();
    this.at += text.length;
  }

  #wrong(): ShellSyntaxError {
    const here = this.text.slice(this.at, this.at + 20).split('\n')[0]!;
    return new ShellSyntaxError(here === '' ? 'syntax error: unexpected end' : `syntax error near "${here}"`);
  }

  #blank(): void {
    this.#match(/(?:[ \t]|\\\n)*(?:#[^\n]*)?/y);
  }

  #blankLines(): void {
    for (;;) {
      this.#blank();
      if (this.text[this.at] !== '\n') return;
      this.at += 1;
      for (const document of this.#hereDocuments.splice(0)) this.#readHereDocument(document);
    }
  }

  #readHereDocument(document: { end: string; tabs: boolean; quoted: boolean; body: Part[] }): void {
    let text = '';
    while (this.at < this.text.length) {
      const end = this.text.indexOf('\n', this.at);
      const whole = this.text.slice(this.at, end < 0 ? undefined : end);
      this.at = end < 0 ? this.text.length : end + 1;
      const line = document.tabs ? whole.replace(/^\t+/, '') : whole;
      if (line === document.end) break;
      text += `${line}\n`;
    }
    if (document.quoted) document.body.push({ is: 'text', text, quoted: true });
    else document.body.push(...new Reader(text).#doubleQuoted(''));
  }
}

const plainText = (word: Word): string => word.map((part) => (part.is === 'text' ? part.text : '')).join('');
