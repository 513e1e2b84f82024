/** `awk` of the demo device: patterns, fields, `print`, `printf`, `if`, sums and texts; what one-liners are made of. */
import type { Program } from './machine.ts';
import { formatted } from './printf.ts';
import { contents, options, status } from './tools-text.ts';

type Value = string | number;

export const awk: Program = async (process) => {
  const words = [...process.arguments];
  const variables = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['RS', '\n'],
    ['NR', 0],
    ['NF', 0],
  ]);
  while (words[0] === '-v') {
    const [name, ...value] = (words[1] ?? '').split('=');
    variables.set(name!, value.join('='));
    words.splice(0, 2);
  }
  const { value, rest } = options(words, 'F');
  const names = [...rest];
  const program = names.shift() ?? '';
  const separator = value('F');
  if (separator !== undefined) variables.set('FS', separator === '\\t' ? '\t' : separator);
  let rules: Rule[];
  try {
    rules = new AwkReader(program).rules();
  } catch (error) {
    await process.complain(`awk: ${(error as Error).message}\n`);
    return 2;
  }
  const machine: AwkMachine = { variables, arrays: new Map(), fields: [''], out: '', done: undefined };
  const finish = async (): Promise<void> => {
    await process.say(machine.out);
    machine.out = '';
  };
  const runAll = (kind: Rule['on']): void => {
    for (const rule of rules) {
      if (rule.on !== kind || machine.done !== undefined) continue;
      if (rule.when && !truth(rule.when(machine))) continue;
      try {
        rule.act(machine);
      } catch (error) {
        if (error !== NEXT) throw error;
        return;
      }
    }
  };
  runAll('begin');
  if (rules.some(({ on }) => on !== 'begin') && machine.done === undefined) {
    let number = 0;
    for await (const { text } of contents(process, names)) {
      for (const line of text
        .replace(/\n$/, '')
        .split('\n')
        .slice(0, text === '' ? 0 : undefined)) {
        variables.set('NR', ++number);
        setLine(machine, line);
        runAll('line');
        if (machine.done !== undefined) break;
      }
    }
  }
  const code = machine.done;
  machine.done = undefined;
  runAll('end');
  await finish();
  return machine.done ?? code ?? status(process);
};

interface AwkMachine {
  readonly variables: Map<string, Value>;
  readonly arrays: Map<string, Map<string, Value>>;
  fields: string[];
  out: string;
  done: number | undefined;
}

type Expression = (machine: AwkMachine) => Value;
type Act = (machine: AwkMachine) => void;
interface Rule {
  readonly on: 'begin' | 'line' | 'end';
  readonly when: Expression | undefined;
  readonly act: Act;
}

const NEXT = new Error('next');

const truth = (value: Value): boolean => (typeof value === 'number' ? value !== 0 : value !== '');
const number = (value: Value): number => (typeof value === 'number' ? value : Number.parseFloat(value) || 0);
const text = (value: Value): string =>
  typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));

function setLine(machine: AwkMachine, line: string): void {
  const separator = text(machine.variables.get('FS')!);
  const fields =
    separator === ' '
      ? line.trim().split(/\s+/)
      : line.split(separator.length === 1 ? separator : new RegExp(separator));
  machine.fields = [line, ...(line.trim() === '' ? [] : fields)];
  machine.variables.set('NF', machine.fields.length - 1);
}

const TOKENS =
  /\s*(?:#[^\n]*)?(\n|"(?:\\.|[^"\\])*"|[A-Za-z_]\w*|\d+(?:\.\d+)?|\+\+|--|&&|\|\||[!=<>]=|[-+*/%]=|!~|[{}()[\];,$!~<>=+\-*/%?:^])/y;

class AwkReader {
  readonly #text: string;
  #at = 0;

  constructor(program: string) {
    this.#text = program;
  }

  rules(): Rule[] {
    const rules: Rule[] = [];
    for (this.#lines(); this.#peek() !== ''; this.#lines()) {
      const first = this.#peek();
      const on = first === 'BEGIN' ? 'begin' : first === 'END' ? 'end' : 'line';
      if (on !== 'line') this.#take();
      const when = on === 'line' && first !== '{' ? this.#expression() : undefined;
      const act: Act =
        this.#peek() === '{' ? this.#block() : (machine) => void (machine.out += `${machine.fields[0]}\n`);
      rules.push({ on, when, act });
    }
    return rules;
  }

  #block(): Act {
    this.#expect('{');
    const acts: Act[] = [];
    for (this.#ends(); this.#peek() !== '}'; this.#ends()) acts.push(this.#statement());
    this.#take();
    return (machine) => {
      for (const act of acts) act(machine);
    };
  }

  #statement(): Act {
    const word = this.#peek();
    if (word === '{') return this.#block();
    if (word === 'if') {
      this.#take();
      this.#expect('(');
      const when = this.#expression();
      this.#expect(')');
      this.#lines();
      const then = this.#statement();
      const kept = this.#at;
      this.#ends();
      if (this.#peek() !== 'else') {
        this.#at = kept;
        return (machine) => {
          if (truth(when(machine))) then(machine);
        };
      }
      this.#take();
      this.#lines();
      const otherwise = this.#statement();
      return (machine) => (truth(when(machine)) ? then(machine) : otherwise(machine));
    }
    if (word === 'for') return this.#for();
    if (word === 'next') {
      this.#take();
      return () => {
        throw NEXT;
      };
    }
    if (word === 'exit') {
      this.#take();
      const code = /^[;}\n]?$/.test(this.#peek()) ? undefined : this.#expression();
      return (machine) => {
        machine.done = code ? number(code(machine)) : 0;
        throw NEXT;
      };
    }
    if (word === 'print' || word === 'printf') {
      this.#take();
      const list: Expression[] = [];
      while (!/^[;}\n]?$/.test(this.#peek())) {
        list.push(this.#expression());
        if (this.#peek() === ',') this.#take();
      }
      if (word === 'printf') {
        return (machine) => {
          const [format, ...values] = list.map((one) => text(one(machine)));
          machine.out += formatted(format ?? '', values);
        };
      }
      return (machine) => {
        const shown =
          list.length === 0
            ? machine.fields[0]!
            : list.map((one) => text(one(machine))).join(text(machine.variables.get('OFS')!));
        machine.out += shown + text(machine.variables.get('ORS')!);
      };
    }
    const expression = this.#expression();
    return (machine) => void expression(machine);
  }

  #for(): Act {
    this.#take();
    this.#expect('(');
    const each = /\s*([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/y;
    each.lastIndex = this.#at;
    const match = each.exec(this.#text);
    if (match) {
      this.#at = each.lastIndex;
      this.#lines();
      const body = this.#statement();
      return (machine) => {
        for (const key of [...(machine.arrays.get(match[2]!)?.keys() ?? [])]) {
          machine.variables.set(match[1]!, key);
          body(machine);
        }
      };
    }
    const first = this.#expression();
    this.#expect(';');
    const when = this.#expression();
    this.#expect(';');
    const next = this.#expression();
    this.#expect(')');
    this.#lines();
    const body = this.#statement();
    return (machine) => {
      for (first(machine); truth(when(machine)); next(machine)) body(machine);
    };
  }

  #expression(): Expression {
    const when = this.#or();
    if (this.#peek() !== '?') return when;
    this.#take();
    const yes = this.#expression();
    this.#expect(':');
    const no = this.#expression();
    return (machine) => (truth(when(machine)) ? yes(machine) : no(machine));
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#peek() === '||') {
      this.#take();
      const [one, other] = [left, this.#and()];
      left = (machine) => (truth(one(machine)) || truth(other(machine)) ? 1 : 0);
    }
    return left;
  }

  #and(): Expression {
    let left = this.#matching();
    while (this.#peek() === '&&') {
      this.#take();
      const [one, other] = [left, this.#matching()];
      left = (machine) => (truth(one(machine)) && truth(other(machine)) ? 1 : 0);
    }
    return left;
  }

  #matching(): Expression {
    const left = this.#compared();
    const sign = this.#peek();
    if (sign !== '~' && sign !== '!~') return left;
    this.#take();
    const pattern = this.#pattern() ?? this.#compared();
    return (machine) => {
      const expression = typeof pattern === 'function' ? new RegExp(text(pattern(machine))) : pattern;
      return expression.test(text(left(machine))) === (sign === '~') ? 1 : 0;
    };
  }

  #compared(): Expression {
    const left = this.#joined();
    const sign = this.#peek();
    if (!/^(?:[!=<>]=|[<>])$/.test(sign)) return left;
    this.#take();
    const right = this.#joined();
    return (machine) => {
      const [one, other] = [left(machine), right(machine)];
      const numeric = isNumeric(one) && isNumeric(other);
      const order = numeric
        ? number(one) - number(other)
        : text(one) < text(other)
          ? -1
          : text(one) > text(other)
            ? 1
            : 0;
      const holds =
        sign === '=='
          ? order === 0
          : sign === '!='
            ? order !== 0
            : sign === '<'
              ? order < 0
              : sign === '>'
                ? order > 0
                : sign === '<='
                  ? order <= 0
                  : order >= 0;
      return holds ? 1 : 0;
    };
  }

  #joined(): Expression {
    let left = this.#sum();
    while (/^(?:"|\$|[A-Za-z_0-9(])/.test(this.#peek()) && !/^(?:in|else|while)$/.test(this.#peek())) {
      const [one, other] = [left, this.#sum()];
      left = (machine) => text(one(machine)) + text(other(machine));
    }
    return left;
  }

  #sum(): Expression {
    let left = this.#product();
    while (this.#peek() === '+' || this.#peek() === '-') {
      const sign = this.#take();
      const [one, other] = [left, this.#product()];
      left = (machine) =>
        sign === '+' ? number(one(machine)) + number(other(machine)) : number(one(machine)) - number(other(machine));
    }
    return left;
  }

  #product(): Expression {
    let left = this.#unary();
    while (/^[*/%]$/.test(this.#peek())) {
      const sign = this.#take();
      const [one, other] = [left, this.#unary()];
      left = (machine) => {
        const [a, b] = [number(one(machine)), number(other(machine))];
        return sign === '*' ? a * b : sign === '/' ? a / b : a % b;
      };
    }
    return left;
  }

  #unary(): Expression {
    const sign = this.#peek();
    if (sign === '!' || sign === '-' || sign === '+') {
      this.#take();
      const inner = this.#unary();
      return (machine) =>
        sign === '!'
          ? truth(inner(machine))
            ? 0
            : 1
          : sign === '-'
            ? -number(inner(machine))
            : number(inner(machine));
    }
    return this.#primary();
  }

  #primary(): Expression {
    const pattern = this.#pattern();
    if (pattern) return (machine) => (pattern.test(machine.fields[0]!) ? 1 : 0);
    const token = this.#take();
    if (token === '(') {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (token === '$') {
      const which = this.#primary();
      return (machine) => machine.fields[number(which(machine))] ?? '';
    }
    if (token.startsWith('"')) {
      const plain = token.slice(1, -1).replace(/\\(.)/g, (_, one: string) => ({ n: '\n', t: '\t' })[one] ?? one);
      return () => plain;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (/^[A-Za-z_]/.test(token)) return this.#named(token);
    throw new Error(`syntax error at source line 1 near "${token}"`);
  }

  #named(name: string): Expression {
    if (this.#peek() === '(' && FUNCTIONS[name]) {
      this.#take();
      const list: Expression[] = [];
      const patterns: (RegExp | undefined)[] = [];
      while (this.#peek() !== ')') {
        const pattern = this.#pattern();
        patterns.push(pattern);
        list.push(pattern ? () => pattern.source : this.#expression());
        if (this.#peek() === ',') this.#take();
      }
      this.#take();
      return (machine) =>
        FUNCTIONS[name]!(
          list.map((one) => one(machine)),
          machine,
        );
    }
    let key: Expression | undefined;
    if (this.#peek() === '[') {
      this.#take();
      key = this.#expression();
      this.#expect(']');
    }
    const get: Expression = (machine) =>
      key ? (machine.arrays.get(name)?.get(text(key(machine))) ?? '') : (machine.variables.get(name) ?? '');
    const put = (machine: AwkMachine, value: Value): Value => {
      if (key) {
        const array = machine.arrays.get(name) ?? new Map<string, Value>();
        machine.arrays.set(name, array.set(text(key(machine)), value));
      } else machine.variables.set(name, value);
      return value;
    };
    const sign = this.#peek();
    if (sign === '++' || sign === '--') {
      this.#take();
      return (machine) => {
        const old = number(get(machine));
        put(machine, sign === '++' ? old + 1 : old - 1);
        return old;
      };
    }
    if (sign === '=') {
      this.#take();
      const value = this.#expression();
      return (machine) => put(machine, value(machine));
    }
    if (/^[-+*/%]=$/.test(sign)) {
      this.#take();
      const value = this.#expression();
      return (machine) => {
        const [a, b] = [number(get(machine)), number(value(machine))];
        return put(
          machine,
          sign === '+=' ? a + b : sign === '-=' ? a - b : sign === '*=' ? a * b : sign === '/=' ? a / b : a % b,
        );
      };
    }
    return get;
  }

  /** `/…/` where a value may stand. */
  #pattern(): RegExp | undefined {
    const slash = /\s*\/((?:\\.|[^/\\\n])+)\//y;
    slash.lastIndex = this.#at;
    const match = slash.exec(this.#text);
    if (!match) return undefined;
    this.#at = slash.lastIndex;
    return new RegExp(match[1]!);
  }

  #token(): { readonly text: string; readonly end: number } {
    TOKENS.lastIndex = this.#at;
    const match = TOKENS.exec(this.#text);
    if (match) return { text: match[1]!, end: TOKENS.lastIndex };
    if (this.#text.slice(this.#at).trim() === '') return { text: '', end: this.#text.length };
    return { text: this.#text.slice(this.#at).trim()[0]!, end: this.#text.length };
  }

  #peek(): string {
    return this.#token().text;
  }

  #take(): string {
    const { text: token, end } = this.#token();
    this.#at = end;
    return token;
  }

  #expect(token: string): void {
    if (this.#take() !== token) throw new Error(`syntax error: ${token} expected`);
  }

  #lines(): void {
    while (this.#peek() === '\n') this.#take();
  }

  #ends(): void {
    while (this.#peek() === '\n' || this.#peek() === ';') this.#take();
  }
}

const isNumeric = (value: Value): boolean => typeof value === 'number' || /^\s*-?\d+(?:\.\d+)?\s*$/.test(value);

const FUNCTIONS: Readonly<Record<string, (values: readonly Value[], machine: AwkMachine) => Value>> = {
  length: ([value], machine) => text(value ?? machine.fields[0]!).length,
  substr: ([value, from, count]) =>
    text(value!).slice(
      Math.max(0, number(from!) - 1),
      count === undefined ? undefined : number(from!) - 1 + number(count),
    ),
  index: ([value, part]) => text(value!).indexOf(text(part!)) + 1,
  tolower: ([value]) => text(value!).toLowerCase(),
  toupper: ([value]) => text(value!).toUpperCase(),
  int: ([value]) => Math.trunc(number(value!)),
  sprintf: ([format, ...values]) => formatted(text(format!), values.map(text)),
  gsub: ([pattern, into], machine) => replaceLine(machine, new RegExp(text(pattern!), 'g'), text(into!)),
  sub: ([pattern, into], machine) => replaceLine(machine, new RegExp(text(pattern!)), text(into!)),
};

function replaceLine(machine: AwkMachine, pattern: RegExp, into: string): number {
  const line = machine.fields[0]!;
  const count = [...line.matchAll(new RegExp(pattern.source, 'g'))].length;
  setLine(machine, line.replace(pattern, into));
  return count;
}
