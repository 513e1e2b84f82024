/** Arithmetic of the demo device's shell: whole numbers, C's operators. */

/** Variables of a sum. */
interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** What is no sum. */
export class SumError extends Error {}

const TOKEN = /\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>!~()?:&^|=])/y;

/** How tightly the operators of two sides bind. */
const BINDS: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

/** Throws a {@link SumError}. */
export function evaluate(text: string, variables: Variables): number {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) throw new SumError(`arithmetic expression: "${text}"`);
    tokens.push(match[1]!);
  }
  if (tokens.length === 0) return 0;
  let at = 0;
  const take = (): string => tokens[at++] ?? '';
  const number = (word: string): number => {
    if (/^\d/.test(word)) return /^0\d/.test(word) ? Number.parseInt(word, 8) : Number(word);
    const value = variables.get(word)?.trim() ?? '';
    return /^-?\d+$/.test(value) ? Number(value) : value === '' ? 0 : number(value);
  };
  const unary = (): number => {
    const token = take();
    if (token === '-') return -unary();
    if (token === '+') return unary();
    if (token === '!') return unary() === 0 ? 1 : 0;
    if (token === '~') return ~unary();
    if (token === '(') {
      const inner = choice();
      if (take() !== ')') throw new SumError('arithmetic expression: expecting )');
      return inner;
    }
    if (!/^\w/.test(token)) throw new SumError(`arithmetic expression: expecting primary: "${text}"`);
    if (/^[A-Za-z_]/.test(token) && tokens[at] === '=') {
      at += 1;
      const value = choice();
      variables.set(token, String(value));
      return value;
    }
    return number(token);
  };
  const binary = (least: number): number => {
    let left = unary();
    for (let binds = BINDS[tokens[at]!]; binds !== undefined && binds >= least; binds = BINDS[tokens[at]!]) {
      left = apply(take(), left, binary(binds + 1));
    }
    return left;
  };
  const choice = (): number => {
    const left = binary(1);
    if (tokens[at] !== '?') return left;
    at += 1;
    const yes = choice();
    if (take() !== ':') throw new SumError('arithmetic expression: expecting :');
    const no = choice();
    return left !== 0 ? yes : no;
  };
  const result = choice();
  if (at < tokens.length) throw new SumError(`arithmetic expression: "${text}"`);
  return result;
}

function apply(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%':
      if (right === 0) throw new SumError('division by zero');
      return operator === '/' ? Math.trunc(left / right) : left % right;
    case '<<':
      return Number(BigInt.asIntN(64, BigInt(left) << BigInt(right)));
    case '>>':
      return Number(BigInt(left) >> BigInt(right));
    case '&':
      return Number(BigInt(left) & BigInt(right));
    case '|':
      return Number(BigInt(left) | BigInt(right));
    case '^':
      return Number(BigInt(left) ^ BigInt(right));
    case '&&':
      return left !== 0 && right !== 0 ? 1 : 0;
    case '||':
      return left !== 0 || right !== 0 ? 1 : 0;
    case '==':
      return left === right ? 1 : 0;
    case '!=':
      return left !== right ? 1 : 0;
    case '<':
      return left < right ? 1 : 0;
    case '<=':
      return left <= right ? 1 : 0;
    case '>':
      return left > right ? 1 : 0;
    default:
      return left >= right ? 1 : 0;
  }
}
