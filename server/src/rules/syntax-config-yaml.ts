/** Found by the YAML reader (`syntax/config/yaml.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-config-yaml',
  title: 'The configuration is no valid YAML',
  why: 'The program reads nothing of the file and ends. A first line %YAML:1.0, as OpenCV writes it, is legal in these files.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: 'BaseConfig:\n  minDetectorConfidence: 0.2\nReID:\n  inferDims: [3, 128, 64\n',
      good: '%YAML:1.0\nBaseConfig:\n  minDetectorConfidence: 0.2\nReID:\n  inferDims: [3, 128, 64]\n',
    },
  ],
  check: () => [],
};
