/** Finds lines and directions of analytics that begin where they end. */
import { analyticsOf, type Point } from '../model/analytics.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'line-without-length',
  title: 'The line or its direction has no length',
  why: 'A line that ends where it begins is never crossed, and a direction without length points nowhere: nothing is counted.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nenable=1\nconfig-width=1280\nconfig-height=720\n\n[line-crossing-stream-0]\nenable=1\nline-crossing-gate=600;300;600;500;200;400;200;400\n',
      good: '[property]\nenable=1\nconfig-width=1280\nconfig-height=720\n\n[line-crossing-stream-0]\nenable=1\nline-crossing-gate=600;300;600;500;200;400;900;400\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    for (const { kind, key, points, label } of analyticsOf(reading.config)?.shapes ?? []) {
      const [a, b, c, d] = points;
      if (kind === 'region' || !a || !b) continue;
      const what = same(a, b) ? 'direction' : c && d && same(c, d) ? 'line' : undefined;
      if (!what) continue;
      yield {
        span: key.span,
        message: `The ${what} of "${label}" begins and ends at one point: nothing is counted. ${kind === 'line' ? 'The first four numbers are the direction, the last four the line.' : 'The numbers are two points, x;y each.'}`,
      };
    }
  },
};

const same = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;
