/** `npm start` where there is no desktop: prints an address, and behind it the Problems panel is full without a key pressed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { kinds, launchBrowser, results } from '../support/editor.ts';
import { Workbench } from '../support/workbench.ts';

const root = path.resolve(import.meta.dirname, '../../..');

// It always takes the newest VS Code.
test('npm start shows the examples and what is wrong in them', { skip: !kinds.includes('new') }, async () => {
  const { DISPLAY, WAYLAND_DISPLAY, ...environment } = process.env;
  const start = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(start, 'exit');
  const browser = await launchBrowser();
  try {
    const address = await addressIn(start.stdout);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    await page.locator('.part.editor .squiggly-error').first().waitFor();
    const rows = page.locator('.markers-panel .monaco-list-row');
    await rows.nth(8).waitFor();
    const pictures = path.join(results, 'start-new');
    rmSync(pictures, { recursive: true, force: true });
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, '01 npm start.png') });
    const workbench = new Workbench(page);
    await workbench.openFile('gate.gst');
    await workbench.hover('nvv4l2h264enc', 'missing-engine');
    await page.screenshot({ path: path.join(pictures, '02 why.png') });
    assert.ok((await rows.filter({ hasText: 'gst-lint' }).count()) >= 5);
  } finally {
    await browser.close();
    start.kill('SIGINT');
    await ended;
  }
  assert.equal(start.exitCode, 0);
});

async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const found = /^\s*(http:\/\/127\.0\.0\.1:\d+\/\S+)$/.exec(line);
    if (found) {
      // What is printed later must not fill the pipe.
      output.resume();
      return found[1]!;
    }
  }
  throw new Error('npm start ended without an address');
}
