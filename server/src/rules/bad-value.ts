/** Values that cannot be read as the property's type. */
import type { PropertySpec, PropertyType } from '../catalog/element.ts';
import type { Fix, Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { certainty, type JudgedSetting, judge, judgedSettings } from '../model/values.ts';

export const rule: Rule = {
  id: 'bad-value',
  title: 'The property cannot be set to this value',
  why: 'GStreamer says "could not set property" and refuses the pipeline.',
  severity: 'error',
  on: 'launch',
  examples: [
    { bad: 'videotestsrc pattern=balls ! fakesink', good: 'videotestsrc pattern=ball ! fakesink' },
    { bad: `fakesrc num-buffers='5' ! fakesink`, good: 'fakesrc num-buffers=5 ! fakesink' },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const judged of judgedSettings(reading)) {
      const { element, setting, property, value, judgement } = judged;
      // Caps have reasons of their own; bad-caps-property tells them.
      if (judgement.verdict !== 'refused' || property.type.kind === 'caps') continue;
      const fixes = mends(judged, reading.excerpt.text);
      const wanted = fixes.length > 0 && fixes[0]!.title.startsWith('Remove') ? QUOTES : allowed(property.type);
      yield {
        span: setting.valueSpan,
        severity: certainty(element, setting, reading.target),
        message: `${setting.written} of ${element.factory} cannot be set to ${shown(value)}: it ${judgement.reason ?? 'is none of its values'}.${wanted}`,
        fixes,
      };
    }
  },
};

const QUOTES = ' Single quotes are part of the value here; only a shell takes them away.';

/** What would be taken, as a sentence with a blank before it. */
function allowed(type: PropertyType): string {
  switch (type.kind) {
    case 'bool':
      return ' Write true or false.';
    case 'enum':
      return list(
        'It takes',
        type.values.map((value) => value.nick ?? String(value.value)),
      );
    case 'flags':
      return list(
        'It takes one or several of these, joined by +:',
        type.values.map((value) => value.nick ?? String(value.value)),
      );
    case 'int':
    case 'uint':
    case 'int64':
    case 'uint64':
    case 'float':
    case 'double':
      return type.min !== undefined && type.max !== undefined ? ` It takes ${type.min} to ${type.max}.` : '';
    default:
      return '';
  }
}

/** More than these nobody reads in a message. */
const MOST_LISTED = 24;

function list(intro: string, words: readonly string[]): string {
  const more = words.length > MOST_LISTED ? ', …' : '';
  return ` ${intro} ${words.slice(0, MOST_LISTED).join(', ')}${more}.`;
}

const shown = (value: string): string =>
  value.length > 60 ? `${value.slice(0, 57)}…` : value === '' ? 'nothing' : value;

function mends({ setting, property, value }: JudgedSetting, excerpt: string): Fix[] {
  const span = setting.valueSpan;
  const bare = /^'(.*)'$/s.exec(value)?.[1];
  if (bare !== undefined && takes(property, bare) && /^[\w./+-]+$/.test(bare)) {
    return [{ title: 'Remove the single quotes', edits: [{ span, text: bare }], safe: true }];
  }
  // An unquoted value runs to the next blank and takes `)`, `!` and `;` with it.
  const written = excerpt.slice(span.start, span.end);
  const glued = /^(.*?)([!);,]+)$/s.exec(written);
  if (glued?.[1] && written === value && takes(property, glued[1])) {
    const at = span.start + glued[1].length;
    return /^[,;]+$/.test(glued[2]!)
      ? [{ title: `Remove ${glued[2]}`, edits: [{ span: { start: at, end: span.end }, text: '' }], safe: true }]
      : [
          {
            title: `Insert a blank before ${glued[2]}`,
            edits: [{ span: { start: at, end: at }, text: ' ' }],
            safe: true,
          },
        ];
  }
  if (property.type.kind === 'flags' && value.includes('|')) {
    const joined = value.replace(/\s*\|\s*/g, '+');
    if (takes(property, joined)) return [{ title: 'Join the flags by +', edits: [{ span, text: joined }], safe: true }];
  }
  if (property.type.kind !== 'enum') return [];
  const names = property.type.values.flatMap((one) => [one.nick, one.name].filter((name) => name !== undefined));
  const near = nearest(value, names);
  const meant = near && property.type.values.find((one) => one.nick === near.name || one.name === near.name);
  const text = meant?.nick ?? near?.name;
  if (!near || text === undefined || !/^[\w.+-]+$/.test(text)) return [];
  return [{ title: `Change to ${text}`, edits: [{ span, text }], safe: near.sure }];
}

const takes = (property: PropertySpec, value: string): boolean => judge(property, value).verdict === 'accepted';
