import type { CodeDialect, CodeToken, Literal } from './code-tokens.ts';
import { asIs, Lift, type Lifted } from './lifted.ts';
import { liftLiteral, openPlaceholders } from './literals.ts';
import type { Span } from './span.ts';
import { concatenates, formatStyle, givesString, passes } from './string-calls.ts';
import { type Brackets, matchBrackets, stringConstants } from './string-constants.ts';

// Strings as programs write them: literals side by side, joined, formatted, and constants of the same file by name.
// What cannot be known from the text becomes a hole.

/** A string in a program. */
export interface StringExpression {
  readonly lifted: Lifted;
  readonly span: Span;
  /** Index of the first token, and of the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Whether something unknown is joined to its start or its end. */
  readonly open: boolean;
}

const maxOperands = 4000;
/** How many characters of constants are put into the strings of one program. */
const mostPutIn = 1_000_000;

/** Reads the strings of one program. */
export class StringReader {
  /** The program's brackets. */
  readonly brackets: Brackets;
  readonly #constants: ReadonlyMap<string, number>;
  readonly #resolving = new Set<string>();
  #depth = 0;
  #spent = 0;
  readonly #values = new Map<string, Lifted | undefined>();

  constructor(
    readonly text: string,
    readonly tokens: readonly CodeToken[],
    readonly dialect: CodeDialect,
  ) {
    this.brackets = matchBrackets(tokens);
    this.#constants = stringConstants(text, tokens, this.brackets);
  }

  /** The expression that the literal at a token is a part of, from its very start; it does not begin before `floor`. */
  around(index: number, floor: number): StringExpression {
    const start = Math.max(floor, this.#start(index, floor));
    const whole = this.read(start);
    return whole && whole.to > index ? whole : (this.read(index) ?? this.#literal(index));
  }

  /** The expression that begins at a token; undefined where no string is in it. */
  read(index: number): StringExpression | undefined {
    if (this.#depth > 60) return undefined;
    this.#depth++;
    const found = this.#read(index);
    this.#depth--;
    return found;
  }

  #read(index: number): StringExpression | undefined {
    const lift = new Lift();
    let at = index;
    let literals = 0;
    let open = false;
    let lastOpen = false;
    for (let operands = 0; operands < maxOperands; operands++) {
      const operand = this.#operand(at);
      if (!operand) break;
      const stream = operands === 0 && operand.unknown && this.#sign(operand.to) === '<<';
      if (!stream) {
        if (operand.literals === 0 && operands === 0) open = true;
        lastOpen = operand.literals === 0 && operand.unknown;
        lift.add(operand.lifted);
        literals += operand.literals;
      }
      at = operand.to;
      let after = at;
      while (this.tokens[after]?.kind === 'comment') after++;
      const next = this.tokens[after];
      if (!next) break;
      if (next.kind === 'sign' && this.dialect.joins.includes(next.text)) {
        at = after + 1;
        continue;
      }
      const adjacent =
        this.dialect.adjacent &&
        operand.adjacent &&
        (next.kind === 'string' || (next.kind === 'word' && this.#macro(at)));
      if (!adjacent) break;
    }
    if (literals === 0) return undefined;
    // A join without a right-hand side, as at the end of a snippet, belongs to the expression no more.
    const last = this.tokens[at - 1]!;
    const span = { start: this.tokens[index]!.span.start, end: last.span.end };
    return { lifted: lift.done(), span, from: index, to: Math.max(at, index + 1), open: open || lastOpen };
  }

  #literal(index: number): StringExpression {
    const token = this.tokens[index] as Literal;
    return { lifted: liftLiteral(this.text, token), span: token.span, from: index, to: index + 1, open: false };
  }

  /** One operand of a join. `literals` counts the literals in it; `unknown` tells that it is not known at all. */
  #operand(
    index: number,
  ): { lifted: Lifted; to: number; literals: number; unknown: boolean; adjacent: boolean } | undefined {
    const token = this.tokens[index];
    if (!token) return undefined;
    if (token.kind === 'comment') return this.#operand(index + 1);
    if (token.kind === 'string') {
      const lift = new Lift().add(liftLiteral(this.text, token));
      let to = index + 1;
      while (this.dialect.adjacent) {
        const next = this.tokens[to];
        if (next?.kind === 'comment') {
          if (this.#comesLiteral(to)) to++;
          else break;
        } else if (next?.kind === 'string') {
          lift.add(liftLiteral(this.text, next));
          to++;
        } else if (next?.kind === 'word' && this.#macro(to)) {
          const end = this.#sign(to + 1) === '(' ? this.#chainEnd(to) : to + 1;
          if (end > to + 1) lift.hole(this.#source(to, end), this.#spanOf(to, end), asIs);
          else this.#addName(lift, next.text, next.span);
          to = end;
        } else break;
      }
      return { ...this.#suffixes(lift.done(), to), literals: 1, unknown: false, adjacent: true };
    }
    if (token.kind === 'sign') {
      if (token.text === '&' || token.text === '*') return this.#operand(index + 1);
      if (token.text !== '(') return undefined;
      const close = this.closeOf(index);
      const inside = this.read(index + 1);
      const to = close === undefined ? (inside?.to ?? index + 1) : close + 1;
      if (inside && (close === undefined || this.#skipComments(inside.to) === close)) {
        return { ...this.#suffixes(inside.lifted, to), literals: 1, unknown: false, adjacent: true };
      }
      return this.#unknown(index, this.#chainEnd(index));
    }
    return this.#named(index, token.text);
  }

  /** A name: a constant, a call that gives a string, or something unknown. */
  #named(
    index: number,
    name: string,
  ): { lifted: Lifted; to: number; literals: number; unknown: boolean; adjacent: boolean } | undefined {
    if (notOperands.has(name)) return undefined;
    const callee = this.#callee(index);
    if (callee) {
      const style = formatStyle(callee.name, callee.path);
      if (style) {
        const format = this.#firstString(callee.open);
        if (format) {
          const text =
            callee.name === 'g_strdup_printf' || style ? openPlaceholders(format.lifted, style) : format.lifted;
          return { ...this.#suffixes(text, callee.close + 1), literals: 1, unknown: false, adjacent: true };
        }
      }
      if (concatenates.has(callee.name)) {
        const lift = new Lift();
        let at = callee.open + 1;
        let literals = 0;
        while (at < callee.close) {
          const part = this.read(at);
          if (part) {
            lift.add(part.lifted);
            literals++;
            at = part.to;
          } else {
            const end = this.#argumentEnd(at, callee.close);
            const ends = /^(?:NULL|nullptr)$/.test(this.#source(at, Math.max(end, at + 1)));
            if (end > at && !ends) lift.hole(this.#source(at, end), this.#spanOf(at, end), asIs);
            at = end;
          }
          at++;
        }
        if (literals > 0)
          return { lifted: lift.done(), to: callee.close + 1, literals, unknown: false, adjacent: true };
      }
      if (passes.has(callee.name)) {
        const inside = this.read(callee.open + 1);
        if (inside && this.#skipComments(inside.to) === callee.close) {
          return { ...this.#suffixes(inside.lifted, callee.close + 1), literals: 1, unknown: false, adjacent: true };
        }
      }
      return this.#unknown(index, this.#chainEnd(index));
    }
    const end = this.#chainEnd(index);
    const last = this.tokens[end - 1];
    const plain =
      end === index + 1 ||
      (last?.kind === 'word' && this.#sign(end - 2) !== undefined && /^(?:self|this|Self)$/.test(name));
    const value =
      plain && last?.kind === 'word' ? this.#constant(last.text, this.tokens[index]!.span.start) : undefined;
    if (value) return { lifted: value, to: end, literals: 0, unknown: false, adjacent: this.dialect.adjacent };
    return this.#unknown(index, end);
  }

  #unknown(
    index: number,
    end: number,
  ): { lifted: Lifted; to: number; literals: number; unknown: boolean; adjacent: boolean } {
    const to = Math.max(end, index + 1);
    const lift = new Lift().hole(this.#source(index, to), this.#spanOf(index, to), asIs);
    return { lifted: lift.done(), to, literals: 0, unknown: true, adjacent: this.dialect.adjacent };
  }

  #spanOf(from: number, to: number): Span {
    return { start: this.tokens[from]!.span.start, end: this.tokens[Math.max(from, to - 1)]!.span.end };
  }

  #source(from: number, to: number): string {
    const { start, end } = this.#spanOf(from, to);
    return this.text.slice(start, Math.min(end, start + 200));
  }

  /** What follows a string and changes it: `.format(…)`, `% x`, `.arg(x)`, `.to_string()`. */
  #suffixes(lifted: Lifted, index: number): { lifted: Lifted; to: number } {
    let value = lifted;
    let at = index;
    for (let count = 0; count < 100; count++) {
      const dot = this.#sign(at);
      const name = this.tokens[at + 1];
      if ((dot === '.' || dot === '->') && name?.kind === 'word' && this.#sign(at + 2) === '(') {
        const close = this.closeOf(at + 2);
        if (close === undefined) break;
        if (name.text === 'format' || name.text === 'format_map') value = openPlaceholders(value, 'braces');
        else if (name.text === 'formatted') value = openPlaceholders(value, 'printf');
        else if (name.text === 'arg') value = openPlaceholders(value, 'percent-number');
        else if (name.text === 'join') value = this.#joined(value, at + 3, close);
        else if (name.text === 'split' || this.#holdsString(at + 3, close)) break;
        at = close + 1;
      } else if (dot === '%' && this.dialect.joins.includes('%')) {
        const operand = this.#chainEnd(at + 1);
        value = openPlaceholders(value, 'printf');
        // Where nothing is written behind the sign yet, the text ends there.
        at = Math.min(Math.max(operand, at + 2), this.tokens.length);
      } else break;
    }
    return { lifted: value, to: at };
  }

  /** Whether a literal stands among the tokens, so that they have to be looked at by themselves. */
  #holdsString(from: number, to: number): boolean {
    const limit = Math.min(to, from + 40);
    for (let i = from; i < limit; i++) if (this.tokens[i]?.kind === 'string') return true;
    return limit < to;
  }

  /** `"sep".join([…])`: the elements with the text between them; unknown elements are holes. */
  #joined(separator: Lifted, from: number, close: number): Lifted {
    const lift = new Lift();
    const open = this.#sign(from);
    const end = open === '[' || open === '(' ? this.closeOf(from) : undefined;
    if (end === undefined || end + 1 !== close) {
      return close > from ? lift.hole(this.#source(from, close), this.#spanOf(from, close), asIs).done() : lift.done();
    }
    for (let at = from + 1; at < end; ) {
      const stop = this.#argumentEnd(at, end);
      if (stop > at) {
        if (lift.length > 0) lift.add(separator);
        const element = this.read(at);
        if (element && element.to >= stop) lift.add(element.lifted);
        else lift.hole(this.#source(at, stop), this.#spanOf(at, stop), asIs);
      }
      at = stop + 1;
    }
    return lift.done();
  }

  #firstString(open: number): StringExpression | undefined {
    const close = this.closeOf(open) ?? this.tokens.length;
    for (let at = open + 1; at < close; ) {
      const found = this.read(at);
      if (found) return found;
      at = this.#argumentEnd(at, close) + 1;
    }
    return undefined;
  }

  /** The start of the expression that a literal belongs to, going back over joins, groups and calls that give strings. */
  #start(index: number, floor: number): number {
    let at = index;
    for (let steps = 0; steps < maxOperands && at > floor; steps++) {
      const before = this.#back(at);
      if (before < floor) return at;
      const token = this.tokens[before];
      if (!token) return at;
      if (token.kind === 'sign' && token.text === '(') {
        const callee = this.#calleeBefore(before);
        if (callee === undefined) at = before;
        else if (givesString(callee.name, callee.path) && this.closeOf(before) !== undefined) at = callee.from;
        else return at;
      } else if (token.kind === 'sign' && this.dialect.joins.includes(token.text) && token.text !== '%') {
        const start = this.#operandStart(this.#back(before));
        if (start === undefined) return at;
        at = start;
      } else if (token.kind === 'sign' && token.text === ',') {
        const enclosing = this.#enclosingFormat(before);
        if (enclosing === undefined) return at;
        at = enclosing;
      } else if (
        this.dialect.adjacent &&
        (token.kind === 'string' || (token.kind === 'word' && this.#macro(before) && this.#before(before)))
      )
        at = before;
      else return at;
    }
    return at;
  }

  /** Whether a macro's name stands where a string may begin. */
  #before(index: number): boolean {
    const token = this.tokens[this.#back(index)];
    return token !== undefined && (token.kind === 'string' || (token.kind === 'sign' && '(,='.includes(token.text)));
  }

  /** The start of `snprintf (buffer, size, "…")` for a comma before its format. Looks back over few tokens. */
  #enclosingFormat(comma: number): number | undefined {
    let depth = 0;
    for (let i = comma - 1, steps = 0; i >= 0 && steps < 60; i--, steps++) {
      const token = this.tokens[i]!;
      if (token.kind === 'string' || (token.kind === 'sign' && token.text === ';')) return undefined;
      if (token.kind !== 'sign') continue;
      if (')]}'.includes(token.text)) depth++;
      else if ('([{'.includes(token.text) && depth-- === 0) {
        const callee = token.text === '(' ? this.#calleeBefore(i) : undefined;
        return callee && givesString(callee.name, callee.path) && this.closeOf(i) !== undefined
          ? callee.from
          : undefined;
      }
    }
    return undefined;
  }

  #back(index: number): number {
    let at = index - 1;
    while (this.tokens[at]?.kind === 'comment') at--;
    return at;
  }

  #skipComments(index: number): number {
    let at = index;
    while (this.tokens[at]?.kind === 'comment') at++;
    // A comma may stand behind the last argument.
    if (this.#sign(at) === ',' && this.#sign(at + 1) === ')') at++;
    return at;
  }

  #comesLiteral(index: number): boolean {
    let at = index;
    while (this.tokens[at]?.kind === 'comment') at++;
    const token = this.tokens[at];
    return token?.kind === 'string' || (token?.kind === 'word' && this.#macro(at));
  }

  /** Whether a word between literals is a macro that holds one: C only. */
  #macro(index: number): boolean {
    const token = this.tokens[index];
    if (token?.kind !== 'word' || this.dialect.linesEnd || notOperands.has(token.text)) return false;
    return /^[A-Z_][A-Z0-9_]{2,}$/.test(token.text) || /^PRI[a-zA-Z]\w*$/.test(token.text);
  }

  #sign(index: number): string | undefined {
    const token = this.tokens[index];
    return token?.kind === 'sign' ? token.text : undefined;
  }

  /** The call that begins at a name: `a.b::c(`, `name!(`. */
  #callee(index: number): { name: string; path: string; open: number; close: number } | undefined {
    let at = index;
    let name = '';
    const from = this.tokens[index]!.span.start;
    for (let steps = 0; steps < 20; steps++) {
      const token = this.tokens[at];
      if (token?.kind !== 'word') return undefined;
      name = token.text;
      const next = this.#sign(at + 1);
      if (next === '(' || (name.endsWith('!') && (next === '[' || next === '{'))) {
        const close = this.closeOf(at + 1);
        return close === undefined
          ? undefined
          : { name, path: this.text.slice(from, token.span.end), open: at + 1, close };
      }
      if (next !== '.' && next !== '::' && next !== '->') return undefined;
      at += 2;
    }
    return undefined;
  }

  /** The name before an opening parenthesis, if that makes it a call, and the token at which it begins. */
  #calleeBefore(open: number): { name: string; path: string; from: number } | undefined {
    const last = this.tokens[open - 1];
    if (last?.kind !== 'word' || (notCallees.has(last.text) && !memberSign.test(this.#sign(open - 2) ?? '')))
      return last?.kind === 'sign' && (last.text === ')' || last.text === ']' || last.text === '>')
        ? { name: '', path: '', from: open }
        : undefined;
    let from = open - 1;
    while (from >= 2 && memberSign.test(this.#sign(from - 1) ?? '') && this.tokens[from - 2]?.kind === 'word')
      from -= 2;
    return { name: last.text, path: this.text.slice(this.tokens[from]!.span.start, last.span.end), from };
  }

  /** The call that encloses a token as an argument: its name, path, and the tokens of its parentheses. */
  enclosingCall(open: number): { name: string; path: string; from: number } | undefined {
    return this.#calleeBefore(open);
  }

  /** Where the operand that ends at a token begins. */
  #operandStart(index: number): number | undefined {
    let at = index;
    for (let steps = 0; steps < 40; steps++) {
      const token = this.tokens[at];
      if (!token) return undefined;
      if (token.kind === 'sign' && (token.text === ')' || token.text === ']')) {
        const open = this.brackets.open.get(at);
        if (open === undefined) return undefined;
        at = open;
        const before = this.tokens[at - 1];
        if (before?.kind === 'word' && !notCallees.has(before.text)) at--;
        else return at;
      } else if (token.kind !== 'word' && token.kind !== 'string') return undefined;
      if (token.kind === 'word' && notOperands.has(token.text)) return undefined;
      const link = this.#sign(at - 1);
      if (link === '.' || link === '::' || link === '->' || link === '?.') at -= 2;
      else return at;
    }
    return undefined;
  }

  /** Behind a name and all that is done with it: members, calls, indices. */
  #chainEnd(index: number): number {
    let at = index;
    const first = this.tokens[at];
    if (first?.kind === 'sign' && (first.text === '(' || first.text === '[' || first.text === '{'))
      at = (this.closeOf(at) ?? at) + 1;
    else if (first?.kind === 'sign' && '-!~*&'.includes(first.text)) return this.#chainEnd(index + 1);
    else at++;
    for (let steps = 0; steps < 200; steps++) {
      const sign = this.#sign(at);
      if ((sign === '.' || sign === '::' || sign === '->' || sign === '?.') && this.tokens[at + 1]?.kind === 'word')
        at += 2;
      else if (sign === '(' || sign === '[') {
        const close = this.closeOf(at);
        if (close === undefined) return at;
        at = close + 1;
      } else if (sign === '?' && this.dialect.id === 'rust') at++;
      else if (/^[*/-]$/.test(sign ?? '') && this.tokens[at + 1]?.kind === 'word') at += 2;
      else return at;
    }
    return at;
  }

  #argumentEnd(index: number, limit: number): number {
    let at = index;
    while (at < limit) {
      const sign = this.#sign(at);
      if (sign === ',') return at;
      if (sign === '(' || sign === '[' || sign === '{') {
        const close = this.closeOf(at);
        if (close === undefined || close >= limit) return limit;
        at = close;
      }
      at++;
    }
    return limit;
  }

  /** The token that closes a bracket. */
  closeOf(open: number): number | undefined {
    return this.brackets.close.get(open);
  }

  #addName(lift: Lift, name: string, span: Span): void {
    const value = this.#constant(name, span.start);
    if (value) lift.add(value);
    else lift.hole(name, span, asIs);
  }

  /** The value of a name that is given one string in this file, and only once. */
  #constant(name: string, at: number): Lifted | undefined {
    const index = this.#constants.get(name);
    if (index === undefined || this.#resolving.has(name) || this.#resolving.size > 8) return undefined;
    if (this.tokens[index]!.span.start > at && this.dialect.linesEnd) return undefined;
    if (!this.#values.has(name)) {
      this.#resolving.add(name);
      const value = this.read(index);
      this.#resolving.delete(name);
      const known = value && !value.open && value.lifted.holes.length === 0 && !this.#goesOn(value.to);
      this.#values.set(name, known ? value.lifted : undefined);
    }
    // Constants made of constants can grow without end; what is too much stays a hole.
    const value = this.#values.get(name);
    this.#spent += value?.text.length ?? 0;
    return this.#spent > mostPutIn ? undefined : value;
  }

  /** Whether an expression is followed by something that makes it another value: a choice, a comparison, a call. */
  #goesOn(index: number): boolean {
    const token = this.tokens[index];
    if (!token) return false;
    if (token.kind === 'word') return this.dialect.linesEnd && /^(?:if|or|and|in|is|not)$/.test(token.text);
    return token.kind === 'sign' && /^(?:\?|\?\?|\|\||&&|==|!=|\.|\[|%|\*)$/.test(token.text);
  }
}

const memberSign = /^(?:\.|::|->|\?\.)$/;
const notCallees = new Set(
  'return in if else while for and or not print yield case when await assert del is lambda elif match throw new do const let var'.split(
    ' ',
  ),
);
const notOperands = new Set(
  'return if else for while and or not in is lambda yield case import from const let var new class def fn func throw await async struct enum'.split(
    ' ',
  ),
);
