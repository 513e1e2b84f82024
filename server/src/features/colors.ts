/** Colours in configurations: red;green;blue;alpha, each from 0 to 1. */
import type { Reading } from '../model/read.ts';
import type { Span } from '../text/span.ts';

export interface Color {
  readonly span: Span;
  readonly rgba: readonly [number, number, number, number];
}

export function colors(reading: Reading): Color[] {
  if (reading.kind !== 'config') return [];
  return reading.config.sections.flatMap((section) =>
    section.keys.flatMap(({ name, value, valueSpan, nested }): Color[] => {
      if (nested || !/color\d*$/.test(name)) return [];
      const written = value.trimEnd();
      const parts = written
        .replace(/;$/, '')
        .split(';')
        .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
      if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 1)) return [];
      const [red, green, blue, alpha] = parts as [number, number, number, number];
      return [
        { span: { start: valueSpan.start, end: valueSpan.start + written.length }, rgba: [red, green, blue, alpha] },
      ];
    }),
  );
}

/** The colour as the configuration writes it; three digits are more than an eye can tell apart. */
export const writeColor = (rgba: Color['rgba']): string =>
  rgba.map((part) => String(Math.round(part * 1000) / 1000)).join(';');
