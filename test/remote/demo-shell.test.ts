/** The demo device's shell beside this machine's own: the same scripts print the same and end the same. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Board } from '../../client/src/remote/demo/board.ts';
import { statusNumber } from '../../client/src/remote/demo/machine.ts';
import { fromBytes, textInput, toBytes } from '../../client/src/remote/demo/pipes.ts';
import { parseScript, ShellSyntaxError } from '../../client/src/remote/demo/shell-syntax.ts';
import { Random } from '../support/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'demo-shell-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const nobody = (): Promise<never> => Promise.reject(new Error('nobody is asked here'));
const board = new Board({ rehearse: nobody, inspect: nobody });

async function there(script: string, input: string, words: readonly string[]): Promise<string> {
  let out = '';
  const write = (text: string): void => void (out += text);
  const { machine } = board;
  if (!machine.files.at('/tmp/here')) machine.files.makeFolder('/tmp/here');
  const { exit } = machine.start(['sh', '-c', toBytes(script), 'sh', ...words.map(toBytes)], {
    env: new Map([
      ['PATH', '/usr/bin:/bin'],
      ['HOME', '/home/nvidia'],
    ]),
    folder: '/tmp/here',
    input: textInput(toBytes(input)),
    out: { write },
  });
  const status = statusNumber(await exit);
  return `${fromBytes(out)}[${status}]`;
}

function here(script: string, input: string, words: readonly string[]): string {
  const { stdout, status } = spawnSync('/bin/sh', ['-c', script, 'sh', ...words], {
    input,
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: '/home/nvidia', LC_ALL: 'C' },
    timeout: 20_000,
  });
  return `${stdout}[${status}]`;
}

/** Each stands for a piece of the language or of a program. */
const scripts: readonly string[] = [
  'echo one two; echo; printf "%s-%d|" a 1 b 2',
  `x='a  b'; echo $x; echo "$x"; echo '$x' "\\$x" \\$x`,
  'x=; echo ${x:-none} ${x-none} ${y-none} ${y:=made} $y ${x:+yes} ${y:+yes} ${#y}',
  'f=a/b.tar.gz; echo ${f#*/} ${f##*.} ${f%.*} ${f%%.*} ${f%/*}',
  'for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done; echo $?',
  'i=0; while [ $i -lt 5 ]; do i=$((i+1)); [ $i -eq 4 ] && break; done; echo $i',
  'until false; do echo once; break; done',
  'case "a b" in a*) echo first;; *) echo other;; esac; case x in [!a-c]) echo not;; esac; case y in a|y) echo either;; esac',
  'if false; then echo a; elif true; then echo b; else echo c; fi',
  'f() { echo "f $# $1"; return 3; }; f x y; echo $?; f; echo done',
  'set -- a "b c" d; for w; do echo "<$w>"; done; shift; echo "$#" "$*"; echo "$@"',
  'echo a | tr a b; echo c | { read x; echo "got $x"; }; (exit 4); echo $?',
  'true && echo yes || echo no; false && echo yes || echo no; ! true; echo $?',
  'echo $(echo inner; echo more) "$(printf "a\\nb\\n\\n")" `echo back`',
  'echo $((1+2*3)) $(( (1+2)*3 )) $((7/2)) $((7%3)) $((1<2)) $((5==5 && 0)) $((0x10)) $((-3))',
  'cat <<E\nhello $HOME $(echo sub)\nE\ncat <<"E"\n$HOME\nE',
  'echo x >f; echo y >>f; cat f; cat <f; rm f; [ -e f ] || echo gone',
  'mkdir -p d/e; echo 1 >d/e/a; echo 2 >d/e/b; for p in d/e/*; do echo $p; done; echo d/x*; rm -r d; ls',
  '{ echo out; echo err >&2; } 2>/dev/null; { echo both >&2; } 2>&1',
  'read a b; echo "$a|$b"; while read -r l; do echo "<$l>"; done',
  'IFS=: ; set -- $PATH; echo $#; x=a:b::c; for p in $x; do echo "[$p]"; done',
  'x=1; (x=2; echo $x); echo $x; { x=3; }; echo $x',
  'exit 7',
  'set -e; false; echo never',
  'set -e; if false; then :; fi; false || true; echo still',
  'trap "echo bye" EXIT; echo hello; exit 3',
  'sleep 0.05 & p=$!; wait $p; echo $?; (exit 5) & wait $!; echo $?',
  'eval "echo a; b=2"; echo $b',
  'no_such_program_at_all; echo $?',
  'x=$(false); echo $?; x=$(true) && echo fine',
  'test -n "" -o 1 = 1 && echo or; [ ! -e /nowhere ] && echo not; [ 3 -gt 2 -a 2 -gt 1 ] && echo and',
  'printf "%5s|%-5s|%05d|%x|%c|%%\\n" ab cd 42 255 xyz; printf "%b" "a\\tb\\n"; printf "\\101\\n"',
  "printf 'a b\\nc d\\n' | awk '{print $2}'; echo 'k: v' | awk -F': ' '{print $2}'; printf '1\\n2\\n3\\n' | awk '{s+=$1} END{print s, NR}'",
  "printf 'x=1\\ny=2\\n' | sed -n 's/^y=//p'; echo abc | sed 's/b/[&]/'; printf '1\\n2\\n3\\n' | sed 2d; printf '1\\n2\\n3\\n' | sed -n '2,$p'; echo aXbX | sed 's/X/-/g'",
  "echo 'Cuda release 12.6, V' | sed -n 's/.*release \\([0-9.]*\\).*/\\1/p'",
  "printf 'apple\\nBanana\\n' | grep -i b; printf 'a\\nb\\n' | grep -c .; echo abc | grep -q b && echo has; echo abc | grep -o 'b.'; printf 'a1\\nb\\n' | grep -E '[0-9]+$'; printf 'a\\nb\\n' | grep -v a; echo x | grep y; echo $?",
  "printf 'c\\na\\nb\\na\\n' | sort -u; printf '10\\n9\\n' | sort -n; printf 'a\\na\\nb\\n' | uniq; echo a:b:c | cut -d: -f2; printf 'abc\\n' | cut -c2-",
  "printf 'a\\nb\\nc\\n' | head -n 2; printf 'a\\nb\\nc\\n' | tail -n 1; printf abc | wc -c; printf 'a\\nb\\n' | wc -l; printf abcdef | head -c 3",
  "echo hello | tr a-z A-Z; echo aabb | tr -s a; echo 'a b' | tr -d ' '; printf 'a\\0b' | tr '\\0' ' '; echo",
  'basename /a/b.txt .txt; dirname /a/b; seq 3; echo "a b" | xargs -n1 echo x',
  'command -v -- sh >/dev/null; echo $?',
  'command -v sh >/dev/null && echo found; command -v nosuchthing || echo none; type nosuchthing >/dev/null 2>&1 || echo none',
  'env A=1 sh -c "echo \\$A"; A=2 sh -c "echo \\$A"; export B=3; sh -c "echo \\$B"; env -i PATH=$PATH sh -c "echo \\${B-none}"',
  'timeout 0.05 sleep 5; echo $?; sh -c "kill -TERM \\$\\$"; echo $?',
  'mkfifo q; (echo through >q) & read x <q; echo $x; wait; rm q',
  'ln -s target l; readlink l; [ -L l ] && echo link; rm l; touch t; stat -c "%s %n" t; rm t',
  'exec 3>o; echo three >&3; exec 3>&-; cat o; rm o',
  'a() { local x=in; echo $x; }; x=out; a; echo $x',
  'while :; do echo loop; break; done | cat; yes_() { while :; do echo y; done; }; yes_ | head -n 2',
  'cd /tmp && pwd; cd /nowhere 2>/dev/null; echo $?',
  'echo "größe" | wc -c; x=größe; echo "$x"',
  "echo 'a\\tb'; echo -n no; echo; echo a\\\\nb",
  'x="a*b"; echo "$x" \'*\' "a?"; set -- "*"; echo "$1"',
  'n=3; while [ $n -gt 0 ]; do n=$((n-1)); set -- "$@" $n; done; echo "$@"',
  'v=$(printf %bx "a\\n"); echo "${v%x}."',
  'exec sh -c "echo replaced; exit 9"; echo never',
];

describe("the demo device's shell", () => {
  for (const script of scripts) {
    it(`does as /bin/sh: ${script.slice(0, 60).replaceAll('\n', '⏎')}`, async () => {
      const input = 'one two three\nwith \\ sign\nlast';
      assert.equal(await there(script, input, ['a word', 'größe']), here(script, input, ['a word', 'größe']));
    });
  }

  it('refuses what is no script, and goes on living', async () => {
    for (const script of [
      'if true',
      'echo "a',
      '${',
      '(',
      'case x in',
      'a | | b',
      'for 1 in x; do :; done',
      '$((',
      '`a',
    ]) {
      assert.match(await there(script, '', []), /\[2\]$/, script);
    }
  });

  it('reads any text, or says what is wrong with it', () => {
    const random = new Random(11);
    const pieces = [
      'if ',
      'then ',
      'fi',
      'do ',
      'done',
      'for x in ',
      'case x in ',
      'esac',
      ';;',
      ';',
      '&&',
      '||',
      '|',
      '&',
      '(',
      ')',
      '{ ',
      '}',
      '$(',
      '${x',
      '}',
      '$((',
      '))',
      '`',
      '"',
      "'",
      '\\',
      '\n',
      '<<E\n',
      'E\n',
      '>f',
      '2>&1',
      'x=1 ',
      'echo ',
      '$x',
      '#',
      '!',
      ' ',
      'ä',
    ];
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: random.below(14) }, () => random.pick(pieces)).join('');
      try {
        parseScript(text);
      } catch (error) {
        assert.ok(error instanceof ShellSyntaxError, `${JSON.stringify(text)}: ${error}`);
      }
    }
  });
});
