/** `sed` of the demo device: addresses, `s`, `p`, `d`, `q` and `=`; what one-liners are made of. */
import type { Program } from './machine.ts';
import { basicPattern, contents, options, posixClasses, status } from './tools-text.ts';

type Address = (line: string, number: number, last: boolean) => boolean;

interface Order {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  readonly act: (line: string) => { line: string; print?: boolean; drop?: boolean; quit?: boolean };
  inside: boolean;
}

export const sed: Program = async (process) => {
  const { has, value, rest } = options(process.arguments, 'e');
  const names = [...rest];
  const script = value('e') ?? names.shift() ?? '';
  const quiet = has('n');
  const pattern = (text: string): string => posixClasses(has('E') || has('r') ? text : basicPattern(text));
  let orders: Order[];
  try {
    orders = readOrders(script, pattern);
  } catch (error) {
    await process.complain(`sed: ${(error as Error).message}\n`);
    return 1;
  }
  const lines: string[] = [];
  for await (const { text } of contents(process, names))
    lines.push(
      ...text
        .replace(/\n$/, '')
        .split('\n')
        .slice(0, text === '' ? 0 : undefined),
    );
  for (const [at, original] of lines.entries()) {
    let line = original;
    let gone = false;
    let quit = false;
    for (const order of orders) {
      if (!applies(order, line, at + 1, at === lines.length - 1)) continue;
      const done = order.act(line);
      line = done.line;
      if (done.print) await process.say(`${line}\n`);
      if (done.quit) quit = true;
      if (done.drop) {
        gone = true;
        break;
      }
      if (quit) break;
    }
    if (!gone && !quiet) await process.say(`${line}\n`);
    if (quit) break;
  }
  return status(process);
};

function applies(order: Order, line: string, number: number, last: boolean): boolean {
  const holds = (): boolean => {
    if (!order.from) return true;
    if (!order.to) return order.from(line, number, last);
    if (!order.inside) {
      order.inside = order.from(line, number, last);
      return order.inside;
    }
    if (order.to(line, number, last)) order.inside = false;
    return true;
  };
  return holds() !== order.negated;
}

function readOrders(script: string, pattern: (text: string) => string): Order[] {
  const orders: Order[] = [];
  let at = 0;
  const address = (): Address | undefined => {
    const number = /^\d+/.exec(script.slice(at))?.[0];
    if (number) {
      at += number.length;
      return (_line, one) => one === Number(number);
    }
    if (script[at] === '$') {
      at += 1;
      return (_line, _number, last) => last;
    }
    if (script[at] !== '/') return undefined;
    const wanted = new RegExp(pattern(delimited('/')));
    at += 1;
    return (line) => wanted.test(line);
  };
  /** Up to the next delimiter, which is taken; `at` stands on the one before. */
  const delimited = (sign: string): string => {
    let text = '';
    for (at += 1; at < script.length && script[at] !== sign; at++) {
      if (script[at] === '\\' && script[at + 1] === sign) at += 1;
      else if (script[at] === '\\') text += script[at++]!;
      text += script[at] ?? '';
    }
    if (script[at] !== sign) throw new Error(`unterminated command in "${script}"`);
    return text;
  };
  while (at < script.length) {
    if (/[\s;}]/.test(script[at]!)) {
      at += 1;
      continue;
    }
    const from = address();
    let to: Address | undefined;
    if (from && script[at] === ',') {
      at += 1;
      to = address();
    }
    at += /^\s*/.exec(script.slice(at))![0].length;
    const negated = script[at] === '!';
    if (negated) at += 1;
    const add = (act: Order['act']): void => void orders.push({ from, to, negated, act, inside: false });
    const name = script[at];
    if (name === 's') {
      at += 1;
      const sign = script[at]!;
      const wanted = delimited(sign);
      const replacement = delimited(sign);
      at += 1;
      const flags = /^[gpiI0-9]*/.exec(script.slice(at))![0];
      at += flags.length;
      const expression = new RegExp(pattern(wanted), `${flags.includes('g') ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`);
      const into = (match: string, ...groups: unknown[]): string =>
        replacement.replace(/\\([0-9n&\\/|#])|&|\\(.)/g, (sequence, code?: string, other?: string) => {
          if (sequence === '&') return match;
          if (other !== undefined) return other === 't' ? '\t' : other;
          if (code === 'n') return '\n';
          return /\d/.test(code!) ? (code === '0' ? match : String(groups[Number(code) - 1] ?? '')) : code!;
        });
      add((line) => {
        const changed = expression.test(line);
        expression.lastIndex = 0;
        return { line: line.replace(expression, into), print: changed && flags.includes('p') };
      });
      continue;
    }
    at += 1;
    if (name === 'p') add((line) => ({ line, print: true }));
    else if (name === 'd') add((line) => ({ line, drop: true }));
    else if (name === 'q') add((line) => ({ line, quit: true }));
    else throw new Error(`unknown command: "${name}"`);
  }
  return orders;
}
