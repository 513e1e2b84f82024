/** Colours of the editor's theme for what is painted, and how a curve is told from the others. */

export interface Theme {
  readonly text: string;
  readonly grid: string;
  readonly warning: string;
  readonly start: string;
  readonly stop: string;
  readonly font: string;
  readonly curves: readonly string[];
}

const CURVES: readonly (readonly [string, string])[] = [
  ['--vscode-charts-blue', '#3794ff'],
  ['--vscode-charts-orange', '#d18616'],
  ['--vscode-charts-green', '#388a34'],
  ['--vscode-charts-purple', '#b180d7'],
  ['--vscode-charts-red', '#f14c4c'],
  ['--vscode-charts-yellow', '#cca700'],
];

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2]];

export function themeOf(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  const colour = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: colour('--vscode-descriptionForeground', '#888888'),
    grid: colour('--vscode-editorIndentGuide-background1', '#80808040'),
    warning: colour('--vscode-editorWarning-foreground', '#cca700'),
    start: colour('--vscode-charts-green', '#388a34'),
    stop: colour('--vscode-charts-red', '#f14c4c'),
    font: `11px ${style.fontFamily}`,
    curves: CURVES.map(([name, otherwise]) => colour(name, otherwise)),
  };
}

/** Colours come again after six, then with another dash: not by the colour alone are curves told apart. */
export function curveOf({ curves }: Theme, at: number): { readonly colour: string; readonly dash: readonly number[] } {
  return { colour: curves[at % curves.length]!, dash: DASHES[Math.floor(at / curves.length) % DASHES.length]! };
}
