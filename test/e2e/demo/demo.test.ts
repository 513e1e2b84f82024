/** The demo device in the real editor: everything that is tried with a board can be tried without one. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Editor, newest, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

for (const kind of newest) {
  describe(`the demo device in VS Code (${kind})`, { concurrency: false }, () => {
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      editor = await startEditor(kind, import.meta.dirname);
      workbench = await editor.open('camera.gst');
    });
    after(() => editor?.close());

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

    const row = (text: string | RegExp) =>
      workbench.page.locator('.part.sidebar .monaco-list-row').filter({ hasText: text }).first();

    step('it is started from the empty list', async () => {
      await workbench.page.locator('.activitybar [aria-label="Jetson"]').first().click();
      await workbench.page.locator('.part.sidebar').getByText('Start Demo Device').click();
      await row(/Demo device.*connected/).waitFor();
      await row(/Module.*Orin Nano/).waitFor();
    });

    step('it becomes the target', async () => {
      await workbench.command('Jetson Pipelines: Use Device for Runs and as Target');
      await workbench.status(/Orin Nano/).waitFor();
    });

    step('its own elements go before the tables', async () => {
      await workbench.command('Jetson Pipelines: Harvest Elements of Device');
      const toast = workbench.page.locator('.notification-toast').filter({ hasText: /has \d+ elements/ });
      await toast.first().waitFor({ timeout: 120_000 });
    });

    step('a pipeline runs, and is stopped', async () => {
      await workbench.editor.locator('.codelens-decoration a').filter({ hasText: 'Run on Jetson' }).first().click();
      await row(/nvarguscamerasrc.*runs since/).waitFor();
      await editor.picture(workbench, 'a run');
      await workbench.command('Jetson Pipelines: Stop Run');
      await row(/nvarguscamerasrc.*stopped/).waitFor();
    });

    step('what it wrote is fetched', async () => {
      await workbench.command('Jetson Pipelines: Fetch Outputs of Run');
      await workbench.page
        .locator('.notification-toast')
        .filter({ hasText: 'camera.mp4 is here now' })
        .first()
        .waitFor();
      assert.ok(existsSync(path.join(editor.workspace, 'camera.mp4')));
    });

    step('what it lacks is said before', async () => {
      await workbench.openFile('hardware.gst');
      await workbench.goTo(1, 3);
      await workbench.command('Jetson Pipelines: Run on Jetson');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.filter({ hasText: /nvv4l2h264enc/ }).waitFor();
      await editor.picture(workbench, 'what it lacks');
      await dialog.getByText('Run Anyway').click();
      await row(/nvv4l2h264enc.*failed|nvarguscamerasrc.*failed/).waitFor();
    });

    step('it is diagnosed', async () => {
      await workbench.command('Jetson Pipelines: Diagnose Device');
      const page = await workbench.webview('h1');
      await page.getByText('Memory and swap').first().waitFor();
      await until(async () => (await page.locator('h2').count()) > 8);
    });
  });
}
