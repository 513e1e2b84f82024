/** The cursor in a configuration: by its line alone, and the group that the line belongs to. */
import { lineStart } from '../text/line-index.ts';
import type { ConfigSection } from './config-file.ts';
import { keySpec } from './config-names.ts';
import type { Cursor } from './cursor.ts';
import type { ConfigReading } from './read.ts';

const NOTHING: Cursor = { kind: 'nothing' };

export function configCursor({ excerpt, config }: ConfigReading, offset: number): Cursor {
  const { text } = excerpt;
  const start = lineStart(text, offset);
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(start, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  const front = text.slice(start, offset);
  if (/^\s*#/.test(front)) return NOTHING;
  const yaml = config.tree.syntax === 'yaml';
  if (config.tree.syntax === 'other') return NOTHING;
  const header = /^(\s*)\[([^\]]*)$/.exec(front);
  if (header && !yaml) {
    const from = start + header[1]!.length + 1;
    const close = line.indexOf(']', front.length);
    return {
      kind: 'section',
      prefix: header[2]!,
      span: { start: from, end: close < 0 ? start + line.length : start + close },
      closed: close >= 0,
    };
  }
  const indent = /^\s*/.exec(front)![0].length;
  const separator = yaml ? line.indexOf(':') : line.indexOf('=');
  if (separator < 0 || front.length <= separator) {
    const word = front.slice(indent);
    if (/\s|\]|^-/.test(word)) return NOTHING;
    const rest = /^[^\s=:[\]]*/.exec(line.slice(front.length))![0];
    const at = { prefix: word, span: { start: start + indent, end: offset + rest.length } };
    if (yaml && indent === 0) return { kind: 'section', ...at, closed: separator >= 0 };
    return { kind: 'key', ...at, section: sectionAt(config.sections, start), assigned: separator >= 0 };
  }
  const section = sectionAt(config.sections, start);
  const name = line.slice(0, separator).trim();
  const known = section?.spec && keySpec(section.spec, name);
  const blank = /^\s*/.exec(line.slice(separator + 1))![0].length;
  const from = Math.min(separator + 1 + blank, front.length);
  const value = line.slice(from).trimEnd();
  const list = known?.spec.type.kind === 'list' ? known.spec.type.separator : undefined;
  const before = front.slice(from);
  const item = list === undefined ? 0 : before.lastIndexOf(list) + 1;
  const behind = line.slice(front.length);
  const rest = list === undefined ? behind.trimEnd() : behind.slice(0, cut(behind, list)).trimEnd();
  return {
    kind: 'key-value',
    prefix: before.slice(item),
    span: { start: start + from + item, end: offset + rest.length },
    section,
    name,
    key: known?.spec,
    label: known?.label,
    whole: { start: start + from, end: Math.max(start + from + value.length, offset) },
  };
}

const cut = (text: string, separator: string): number => {
  const at = text.indexOf(separator);
  return at < 0 ? text.length : at;
};

/** The last group that begins in front of the line. */
const sectionAt = (sections: readonly ConfigSection[], line: number): ConfigSection | undefined =>
  sections.findLast((section) => section.header.start < line);
