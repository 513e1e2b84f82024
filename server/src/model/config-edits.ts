/** Changes to a configuration's text that several rules propose. */
import type { Edit } from '../text/edit.ts';
import { lineStart } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import type { ConfigKey, ConfigSection } from './config-file.ts';
import type { Fix } from './finding.ts';

/** Takes out the line that holds the span, with its end. */
export function removeLine(text: string, at: Span): Edit {
  const start = lineStart(text, at.start);
  const end = text.indexOf('\n', at.end);
  if (end >= 0) return { span: { start, end: end + 1 }, text: '' };
  // The last line has no end of its own; the one before gives its.
  return { span: { start: Math.max(0, start - 1), end: text.length }, text: '' };
}

/** Puts a line above the one that holds the offset, as far in as that one. */
export function lineAbove(text: string, offset: number, line: string): Edit {
  const start = lineStart(text, offset);
  const indent = /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
  return { span: { start, end: start }, text: `${indent}${line}\n` };
}

/** A fix that gives the key another value. */
export const changeValue = (key: ConfigKey, text: string, safe: boolean): Fix => ({
  title: `Change ${key.name} to ${text}`,
  edits: [{ span: key.valueSpan, text }],
  safe,
});

/** A fix that writes a key right below the group's header. */
export const addKey = (text: string, section: ConfigSection, name: string, value: string, safe: boolean): Fix => {
  const end = text.indexOf('\n', section.header.end);
  const isIni = text[section.header.start] === '[';
  const at = end < 0 ? text.length : end;
  const indent = isIni ? '' : (/^[ \t]+/.exec(text.slice(at + 1, at + 80))?.[0] ?? '  ');
  const line = isIni ? `${name}=${value}` : `${indent}${name}: ${value}`;
  return { title: `Add ${line.trim()}`, edits: [{ span: { start: at, end: at }, text: `\n${line}` }], safe };
};

/** A fix that takes the key's line out. */
export const removeKey = (text: string, key: ConfigKey, safe: boolean): Fix => ({
  title: `Remove ${key.name}`,
  edits: [removeLine(text, key.span)],
  safe,
});
