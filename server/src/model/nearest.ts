/** Which known name was probably meant: by letters that differ. Knows nothing of what the names stand for. */

export interface Nearest {
  readonly name: string;
  /** `same`: only case, `-` or `_` differ. `typo`: one slip of the hand. `similar`: worth naming where the name surely does not exist. */
  readonly how: 'same' | 'typo' | 'similar';
  /** True where chance, or a name that nobody here knows, can hardly be the reason. */
  readonly sure: boolean;
}

/** The nearest of the names; undefined where none is near or two are equally near. Time grows with the sum of their lengths. */
export function nearest(written: string, names: Iterable<string>): Nearest | undefined {
  // Longer words than any name would only cost time.
  if (written.length > 100) return undefined;
  const plain = folded(written);
  const most = allowed(plain.length);
  let best: string | undefined;
  let distance = most + 1;
  let tie = false;
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name) || name === written) continue;
    seen.add(name);
    const other = folded(name);
    if (other === plain) return { name, how: 'same', sure: true };
    if (Math.abs(other.length - plain.length) > Math.min(most, distance)) continue;
    const found = slips(plain, other, Math.min(most, distance));
    if (found < distance) {
      best = name;
      distance = found;
      tie = false;
    } else if (found === distance && found <= most) tie = true;
  }
  if (best === undefined || distance > most || tie) return undefined;
  return { name: best, ...confidence(plain, folded(best), distance) };
}

function confidence(written: string, meant: string, distance: number): Omit<Nearest, 'name'> {
  const { length } = written;
  const typo = (least: number, sure: number): Omit<Nearest, 'name'> => ({
    how: length >= least ? 'typo' : 'similar',
    sure: length >= sure,
  });
  // Digits tell codecs and versions apart, and the first letters families of elements.
  if (distance !== 1 || digits(written) !== digits(meant) || written[0] !== meant[0])
    return { how: 'similar', sure: false };
  if ([...written].sort().join('') === [...meant].sort().join('')) return typo(6, 6);
  // A letter too much or too few is a slip sooner than another letter, which often makes another word.
  return length === meant.length ? typo(12, Number.POSITIVE_INFINITY) : typo(7, 9);
}

/** Upper case, `-` and `_` are what people remember least. */
const folded = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

const digits = (name: string): string => name.replace(/[^0-9]/g, '');

const allowed = (length: number): number => (length < 3 ? 0 : length < 8 ? 1 : length < 14 ? 2 : 3);

/** Letters to insert, drop, replace or swap with the neighbour (optimal string alignment); `limit + 1` where there are more. */
function slips(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}
