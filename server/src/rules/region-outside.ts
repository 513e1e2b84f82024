/** Finds points of analytics outside the picture that they are measured in. */
import { analyticsOf, type Shape } from '../model/analytics.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'region-outside',
  title: 'A point lies outside the picture',
  why:
    'Points are measured in a picture of config-width × config-height, whatever size the streams have. What lies outside ' +
    'is taken as it is: a region then covers less than was drawn, and a line may never be crossed. Often the points come ' +
    'from a picture of another size.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nenable=1\nconfig-width=1280\nconfig-height=720\n\n[roi-filtering-stream-0]\nenable=1\nroi-gate=100;100;1800;100;1800;600;100;600\n',
      good: '[property]\nenable=1\nconfig-width=1920\nconfig-height=1080\n\n[roi-filtering-stream-0]\nenable=1\nroi-gate=100;100;1800;100;1800;600;100;600\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const analytics = analyticsOf(reading.config);
    const { width, height } = analytics ?? {};
    if (!analytics || !width || !height) return;
    for (const shape of analytics.shapes) {
      const outside = shape.points.filter(({ x, y }) => x > width || y > height);
      // Negative ones are refused, which another rule tells.
      if (outside.length === 0 || shape.points.some(({ x, y }) => x < 0 || y < 0)) continue;
      const first = outside[0]!;
      const more = outside.length > 1 ? ` and ${outside.length - 1} more` : '';
      yield {
        span: shape.key.span,
        message: `The point (${first.x}, ${first.y})${more} of the ${NAMES[shape.kind]} "${shape.label}" ${outside.length > 1 ? 'lie' : 'lies'} outside the picture of ${width} × ${height} that config-width and config-height give.`,
      };
    }
  },
};

const NAMES: Readonly<Record<Shape['kind'], string>> = { region: 'region', line: 'line', direction: 'direction' };
