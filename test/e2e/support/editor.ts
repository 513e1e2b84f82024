/** Starts a real VS Code with the packaged extension and a copy of a suite's workspace, and keeps a picture of every step. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { packageExtension } from '../../../scripts/package.mjs';
import { type EditorServer, install, type Kind, startServer } from '../../../scripts/vscode.mjs';
import { Workbench } from './workbench.ts';

/** The versions that the suites run in: the newest and the oldest, or the one that E2E_VSCODE names. */
export const kinds: readonly Kind[] = (['new', 'old'] as const).filter((kind) =>
  process.env.E2E_VSCODE ? kind === process.env.E2E_VSCODE : true,
);

/** The newest of them: for suites about our own pages and devices, in which the two differ little and which take minutes. */
export const newest: readonly Kind[] = kinds.slice(0, 1);

/** Where pictures, logs and results are left. Not committed. */
export const results = path.resolve(import.meta.dirname, '../.results');

/** Settings that make a test's editor still: no help, no blinking, quick hovers. */
const settings = {
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.lightbulb.enabled': 'on',
  'editor.cursorBlinking': 'solid',
  'terminal.integrated.gpuAcceleration': 'off',
};

const chromiumWords = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: chromiumWords });

let packaged: Promise<string> | undefined;

/** The packaged extension, built once a process. */
export const vsix = (): Promise<string> => (packaged ??= packageExtension());

export interface Editor {
  readonly server: EditorServer;
  readonly browser: Browser;
  /** The copy of the suite's workspace; its files may be changed. */
  readonly workspace: string;
  open(file?: string): Promise<Workbench>;
  /** Keeps a picture under a name; pictures are numbered in the order in which they are taken. */
  picture(workbench: Workbench, name: string): Promise<string>;
  /** Makes a step and keeps its picture, also where it failed; the test itself stands in the suite, so that it is told of there. */
  step(workbench: Workbench | undefined, name: string, run: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** An editor for the suite in `folder`, which has a `workspace/`, or works on a copy of `project`. */
export async function startEditor(
  kind: Kind,
  folder: string,
  more: Readonly<Record<string, unknown>> = {},
  project = path.join(folder, 'workspace'),
) {
  const name = `${path.basename(folder)}-${kind}`;
  const pictures = path.join(results, name);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  // Short: sockets are made in it, and their paths may not be long.
  const place = mkdtempSync(path.join(tmpdir(), 'jp-'));
  const workspace = path.join(place, 'workspace');
  cpSync(project, workspace, { recursive: true });
  const server = await startServer({
    program: await install(kind, () => {}),
    folder: path.join(place, 'vscode'),
    vsix: [await vsix()],
    settings: { ...settings, ...more },
  });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  let taken = 0;
  const editor: Editor = {
    server,
    browser,
    workspace,
    open: (file) => Workbench.open(context, server, workspace, file),
    async step(workbench, step, run) {
      try {
        await run();
      } finally {
        if (workbench) await editor.picture(workbench, step);
      }
    },
    async picture({ page }, step) {
      const file = path.join(pictures, `${String(++taken).padStart(2, '0')} ${step}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    async close() {
      await browser.close();
      await server.stop();
      cpSync(server.logFile, path.join(pictures, 'server.log'));
      rmSync(place, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return editor;
}
