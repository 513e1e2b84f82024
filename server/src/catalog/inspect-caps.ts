/**
 * Caps as gst-inspect prints them, a field a line and single values without their type, put back into the one-line form that
 * gst_caps_from_string reads. Types are written where the reader's guess would be another one.
 */

/** The caps of a pad template; `ANY` and `EMPTY` stay words. Lines are as printed, indentation included. */
export function readCaps(lines: readonly string[]): string {
  const structures: string[] = [];
  for (const line of lines) {
    const field = /^\s*([\w/.-]+): (.*?)\s*$/.exec(line);
    const head = /^\s*([A-Za-z][\w+./:-]*(?:\(.*\))?)\s*$/.exec(line);
    const last = structures.at(-1);
    if (field && last !== undefined) {
      structures[structures.length - 1] = `${last}, ${field[1]}=${typed(last, field[1]!, field[2]!)}`;
    } else if (head) structures.push(head[1]!.replace(/\(\s*/, '(').replace(/\s*\)$/, ')'));
  }
  return structures.join('; ');
}

/** Fields of strings whose values can look like numbers; in RTP caps what comes from an SDP is a string. */
const STRINGS = new Set(['profile', 'level', 'tier', 'encoding-name', 'encoding-params']);
const RTP_STRINGS = new Set(['octet-align', 'crc', 'robust-sorting', 'interleaving', 'bitrate', 'mode']);

/** One printed value with the type that GStreamer would not guess. */
function typed(structure: string, name: string, value: string): string {
  if (value.startsWith('{') || value.startsWith('<')) return list(value);
  if (/^0x[0-9a-f]{16}$/i.test(value)) return `(bitmask)${value}`;
  const range = /^\[ (-?\d+), (-?\d+)(?:, -?\d+)? \]$/.exec(value);
  if (range) return wide(range[1]!) || wide(range[2]!) ? `(gint64)${value}` : value;
  if (/^-?\d+$/.test(value)) {
    if (wide(value)) return `(gint64)${value}`;
    const words = STRINGS.has(name) || (RTP_STRINGS.has(name) && structure.startsWith('application/x-rtp'));
    return words ? `(string)${value}` : value;
  }
  return value;
}

function wide(digits: string): boolean {
  const value = Number(digits);
  return value > 2147483647 || value < -2147483648;
}

/** `{ (string)A, (string)B }` with its common type said once, in front. */
function list(value: string): string {
  const types = new Set(Array.from(value.matchAll(/[{<,] ?(\([a-zA-Z]\w*\))/g), (match) => match[1]!));
  const [type] = types;
  const items = value.slice(1, -1).split(', ').length;
  const marked = Array.from(value.matchAll(/[{<,] ?\([a-zA-Z]\w*\)/g)).length;
  if (type === undefined || types.size > 1 || items !== marked || /[{<[]/.test(value.slice(1))) return value;
  const bare = value.replaceAll(type, '');
  return type === '(int)' || type === '(fraction)' ? bare : `${type}${bare}`;
}
