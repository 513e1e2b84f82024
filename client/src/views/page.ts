/** The HTML of our pages: a strict content policy, one script and one style sheet of ours, and nothing else. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the files of pages lie. */
export const pageRoot = (extension: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(extension, 'dist');

/** The page called `name`: `dist/panel.NAME.js` with the style sheet beside it. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (ending: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extension), `panel.${name}.${ending}`));
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('css')}">
<title>${title}</title>
</head>
<body>
<main id="page"></main>
<script nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>`;
}
