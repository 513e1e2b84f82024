/** Formats of `printf` and the escapes of `echo`, as POSIX has them. */

/** `\n`, `\0101`, `\c`. */
export function unescaped(text: string): string {
  const stop = /(?:^|[^\\])(?:\\\\)*(\\c)/.exec(text);
  const whole = stop ? text.slice(0, stop.index + stop[0].length - 2) : text;
  return whole.replace(/\\(0[0-7]{0,3}|[1-7][0-7]{0,2}|[abfnrtv\\])/g, (_, code: string) => character(code));
}

const NAMED: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const character = (code: string): string => NAMED[code] ?? String.fromCharCode(Number.parseInt(code, 8) & 255);

/** The format is used again until all words are. */
export function formatted(format: string, words: readonly string[]): string {
  const plain = format.replace(/\\([0-7]{1,3}|[abfnrtv\\"])/g, (_, code: string) =>
    code === '"' ? '"' : character(code),
  );
  let text = '';
  const left = [...words];
  for (;;) {
    const before = left.length;
    text += plain.replace(
      /%(?:%|([-+ 0#]*)(\d+|\*)?(?:\.(\d+|\*))?([sbcdiuxXofeg]))/g,
      (match, flags = '', width, precision, kind) => {
        if (match === '%%') return '%';
        const wide = width === '*' ? Number(left.shift() ?? 0) : Number(width ?? 0);
        const cut =
          precision === '*' ? Number(left.shift() ?? 0) : precision === undefined ? undefined : Number(precision);
        const word = left.shift() ?? '';
        const value = shown(word, kind, cut, flags);
        const fill = flags.includes('0') && !flags.includes('-') && !/[sbc]/.test(kind) ? '0' : ' ';
        if (flags.includes('-')) return value.padEnd(wide);
        return fill === '0' && /^[+-]/.test(value)
          ? value[0] + value.slice(1).padStart(wide - 1, '0')
          : value.padStart(wide, fill);
      },
    );
    if (left.length === 0 || left.length === before) return text;
  }
}

function shown(word: string, kind: string, cut: number | undefined, flags: string): string {
  if (kind === 's') return cut === undefined ? word : word.slice(0, cut);
  if (kind === 'b') return unescaped(word);
  if (kind === 'c') return word.slice(0, 1);
  const number = /^["']./.test(word) ? word.charCodeAt(1) : Number(word === '' ? 0 : word) || 0;
  const sign = flags.includes('+') && number >= 0 ? '+' : '';
  switch (kind) {
    case 'x':
      return Math.trunc(number).toString(16);
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase();
    case 'o':
      return Math.trunc(number).toString(8);
    case 'f':
      return sign + number.toFixed(cut ?? 6);
    case 'e':
      return sign + number.toExponential(cut ?? 6);
    case 'g':
      return sign + String(number);
    default:
      return sign + String(Math.trunc(number));
  }
}
