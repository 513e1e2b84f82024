/** A GstStructure as tracers and messages print it: `name, key=(type)value, …;`. Values stay text. */

export interface StructureText {
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** Reads in one pass; undefined where the text does not start like a structure. */
export function readStructure(text: string): StructureText | undefined {
  const head = /^([A-Za-z][\w./+-]*)(?:,|;|$)/.exec(text);
  if (!head) return undefined;
  const fields = new Map<string, string>();
  const field = /\s*([A-Za-z][\w-]*)=(?:\([^)]*\))?/y;
  let at = head[0].length;
  while (at < text.length) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (!match) break;
    const end = endOfValue(text, field.lastIndex);
    fields.set(match[1] ?? '', unquoted(text.slice(field.lastIndex, end)));
    at = end + 1;
  }
  return { name: head[1] ?? '', fields };
}

/** Where a value stops: the comma or semicolon outside of quotes and brackets. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c === '[' || c === '{' || c === '<') depth++;
    else if (c === ']' || c === '}' || c === '>') depth--;
    else if (depth <= 0 && (c === ',' || c === ';')) return i;
  }
  return text.length;
}

const unquoted = (value: string): string =>
  value.startsWith('"') && value.endsWith('"') && value.length > 1
    ? value.slice(1, -1).replace(/\\(.)/g, '$1')
    : value.trim();
