/** Finds regions whose sides cross. */
import { analyticsOf, crossing } from '../model/analytics.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'region-crosses-itself',
  title: 'The sides of the region cross',
  why:
    'A region is the polygon of its corners in the order in which they are written. Where two sides cross it falls apart ' +
    'into pieces like a bow tie, and what is inside is not what was drawn.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nenable=1\nconfig-width=1280\nconfig-height=720\n\n[roi-filtering-stream-0]\nenable=1\nroi-gate=100;100;600;100;100;400;600;400\n',
      good: '[property]\nenable=1\nconfig-width=1280\nconfig-height=720\n\n[roi-filtering-stream-0]\nenable=1\nroi-gate=100;100;600;100;600;400;100;400\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    for (const { kind, key, points, label } of analyticsOf(reading.config)?.shapes ?? []) {
      const found = kind === 'region' ? crossing(points) : undefined;
      if (!found) continue;
      const side = (at: number): string => {
        const [a, b] = [points[at]!, points[(at + 1) % points.length]!];
        return `(${a.x}, ${a.y})–(${b.x}, ${b.y})`;
      };
      const [i, j] = found;
      // Two corners in the wrong order are the usual reason.
      const turned = [...points.slice(0, i + 1), ...points.slice(i + 1, j + 1).reverse(), ...points.slice(j + 1)];
      const text = turned.map(({ x, y }) => `${x};${y}`).join(';');
      yield {
        span: key.span,
        message: `The sides ${side(i)} and ${side(j)} of the region "${label}" cross: write the corners in the order in which one walks around it.`,
        fixes: crossing(turned)
          ? []
          : [{ title: 'Put the corners in order', edits: [{ span: key.valueSpan, text }], safe: false }],
      };
    }
  },
};
