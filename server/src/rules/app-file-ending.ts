/** Finds configurations of deepstream-app under a name that it does not read. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'app-file-ending',
  title: 'deepstream-app does not read a file of this name',
  why:
    'deepstream-app chooses its reader by the ending: .txt for key files, .yml or .yaml for YAML. It takes any other ' +
    'ending for neither, reads nothing, and fails without saying why.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      names: { bad: 'gate.ini', good: 'gate.txt' },
      bad: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\n\n[osd]\nenable=1\n',
      good: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\n\n[osd]\nenable=1\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'deepstream-app') return;
    const ending = /\.(ini|cfg|conf|config)$/i.exec(around.path ?? '')?.[0];
    const first = reading.config.sections[0];
    if (ending === undefined || !first) return;
    yield {
      span: first.header,
      message: `deepstream-app reads key files that end in .txt only: from a ${ending} file it reads nothing. Rename it to .txt.`,
    };
  },
};
