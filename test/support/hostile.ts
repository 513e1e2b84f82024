/**
 * Words made to break out of a command line, each naming a canary: a file that exists once any of them was run. And a program
 * that says which words it got.
 */
import { join } from 'node:path';
import { Random } from './random.ts';

/** Lists of two to six words each. The same seed gives the same words. `canary` is an existing folder anybody may write to. */
export function* hostileWords(count: number, canary: string, seed = 1): Generator<string[]> {
  const random = new Random(seed);
  const touch = `touch ${join(canary, 'sang')}`;
  const patterns = [
    `$(${touch})`,
    `\`${touch}\``,
    `'; ${touch}; '`,
    `"; ${touch}; "`,
    `'"'"'; ${touch} #`,
    `\n${touch}\n`,
    `\r\n${touch}\r\n`,
    `& ${touch} &`,
    `| ${touch}`,
    `|| ${touch} ||`,
    `&& ${touch}`,
    `\\'; ${touch}; \\'`,
    `\\\\'; ${touch}`,
    `'\\''; ${touch} '`,
    `;${touch};`,
    `> ${join(canary, 'sang')}`,
    `(${touch})`,
    `{ ${touch}; }`,
    `\${x:=$(${touch})}`,
    `$((\`${touch}\`))`,
    `$'\\x27; ${touch}'`,
    `!${touch}`,
    `!!`,
    `!-1`,
    `^a^${touch}^`,
    `%0a${touch}`,
    `\\0047; ${touch}`,
    `\\n${touch}`,
    `-exec ${touch}`,
    `--`,
    `-c`,
    `-e${touch}`,
    `=${touch}`,
    `PATH=${canary}`,
    `~root`,
    `*`,
    `[a-z]*`,
    `{a,b}`,
    `$HOME`,
    `%s%n`,
    `end\n\n\n`,
    ` blank `,
    `\t`,
    '',
    `#${touch}`,
    `name with 'quote' and "quote" and \`quote\``,
    `größe-温度-🎥`,
    `filesrc location="a b.mp4" ! decodebin ! video/x-raw(memory:NVMM),width=1 ! fakesink`,
    `\x01\x02\x1b[31m\x7f`,
    `(${touch};)`,
    `<(${touch})`,
    `eval ${touch}`,
    `.\\/a\\ b`,
    `'`,
    `"`,
    `\\`,
    `''`,
    `a'b\\c"d\`e$f!g`,
  ];
  const alphabet = '\'"\\`$!;&|<>(){}[]*?~#%^=-+@:,./ \n\r\tabé\u2028😀';
  for (let made = 0; made < count; made++) {
    const words = Array.from({ length: 2 + random.below(5) }, () => {
      if (random.chance(0.6)) return random.pick(patterns);
      if (random.chance(0.3)) return random.pick(patterns) + random.pick(patterns);
      return Array.from({ length: random.below(30) }, () => random.pick([...alphabet])).join('');
    });
    yield words;
  }
}

/** A command that prints the words it got. It needs nothing but POSIX. */
export const saysWords = (words: readonly string[]): string[] => [
  'sh',
  '-c',
  'for word do printf "%s\\0" "$word"; done | od -An -v -tx1',
  'sh',
  ...words,
];

/** What {@link saysWords} printed, as words. */
export function heardWords(printed: string): string[] {
  const text = Buffer.from(printed.replace(/\s+/g, ''), 'hex').toString('utf8');
  return text.split('\0').slice(0, -1);
}
