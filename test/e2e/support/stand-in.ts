#!/usr/bin/env -S node --import tsx
/**
 * Stands in for a desktop VS Code where @vscode/test-electron wants one: takes the same words, runs the tests in the
 * extension host of the browser VS Code, and ends with 0 or 1. No package carries a desktop program that could be had.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { install, type Kind, startServer, workbenchAddress } from '../../../scripts/vscode.mjs';
import { launchBrowser } from './editor.ts';

/** In milliseconds. */
const LIMIT = 180_000;

const option = (name: string): string => {
  const found = process.argv.find((word) => word.startsWith(`--${name}=`));
  if (!found) throw new Error(`--${name}= is missing`);
  return path.resolve(found.slice(name.length + 3));
};
const folder = process.argv.slice(2).find((word) => !word.startsWith('-'));
const { E2E_VSIX, E2E_RESULT, E2E_VSCODE } = process.env;
if (!folder || !E2E_VSIX || !E2E_RESULT) throw new Error('a folder, E2E_VSIX and E2E_RESULT are needed');

process.exitCode = await run(path.resolve(folder), option('extensionDevelopmentPath'), option('extensionTestsPath'));

async function run(workspace: string, development: string, tests: string): Promise<number> {
  const place = mkdtempSync(path.join(tmpdir(), 'jp-'));
  const server = await startServer({
    program: await install((E2E_VSCODE ?? 'new') as Kind),
    folder: path.join(place, 'vscode'),
    vsix: [E2E_VSIX!],
    environment: { E2E_RESULT: E2E_RESULT! },
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const remote = (file: string) => ({ scheme: 'vscode-remote', authority: server.authority, path: file });
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(() => resolve(-1), LIMIT).unref();
    });
    // What tests print comes with all of the editor's own log, which is not wanted.
    await page.exposeFunction('codeAutomationLog', (_kind: string, words: unknown[]) => {
      const line = format(...words);
      if (line.startsWith('[e2e]')) console.log(line);
    });
    await page.addInitScript(inject, { extensions: [remote(development)], extensionTestsPath: remote(tests) });
    await page.goto(workbenchAddress(server, workspace));
    const code = await ended;
    if (code === -1) console.error(`no answer within ${LIMIT / 1000} s`);
    return code === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.stop();
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Runs in the page, before its own scripts: puts the development options into the workbench's settings. Rewriting the
 * page on its way would make the browser take it for another origin's.
 */
function inject(options: unknown): void {
  // biome-ignore lint/suspicious/noExplicitAny: the page's globals are not this program's.
  const page = globalThis as any;
  new page.MutationObserver((_changes: unknown, observer: { disconnect(): void }) => {
    const element = page.document.getElementById('vscode-workbench-web-configuration');
    if (!element) return;
    observer.disconnect();
    const settings = JSON.parse(element.dataset.settings);
    Object.assign((settings.developmentOptions ??= {}), options);
    element.dataset.settings = JSON.stringify(settings);
  }).observe(page.document, { childList: true, subtree: true });
}
