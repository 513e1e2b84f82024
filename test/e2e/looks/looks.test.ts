/** How everything looks, in light, dark and high contrast, and in a narrow window; and that everybody can use the pages. */
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Editor, newest, results, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';
import { assertAccessible } from './accessible.ts';

/** What each version calls its own, and the class that its window has then. */
const themes = [
  { name: 'dark', theme: { new: 'Dark 2026', old: 'Dark Modern' }, shown: 'vs-dark' },
  { name: 'light', theme: { new: 'Light 2026', old: 'Light Modern' }, shown: 'vs' },
  { name: 'high contrast', theme: 'Dark High Contrast', shown: 'hc-black' },
  { name: 'high contrast light', theme: 'Light High Contrast', shown: 'hc-light' },
] as const;

for (const kind of newest) {
  describe(`looks in VS Code (${kind})`, { concurrency: false }, () => {
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      editor = await startEditor(kind, import.meta.dirname);
      workbench = await editor.open('gate.gst');
    });
    after(() => editor?.close());

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

    /** As a person begins: one file, nothing beside it. */
    const begin = async (file: string) => {
      // A step before this one may have left something open.
      await workbench.escape();
      await workbench.page.locator('.part.titlebar').click();
      await workbench.page.mouse.move(900, 600);
      await workbench.command('View: Close All Editors');
      await workbench.openFile(file);
    };

    /** An entry of the activity bar by its name; a badge may lie over its icon. */
    const activity = (name: string) =>
      workbench.page
        .locator('.activitybar .action-item', { has: workbench.page.locator(`[aria-label^="${name}"]`) })
        .first()
        .click();
    const jetson = () => activity('Jetson');
    const explorer = () => activity('Explorer');

    step('an empty Jetson view says how to begin', async () => {
      const { page } = workbench;
      await jetson();
      for (const text of ['Add a Device', 'Start Demo Device', 'Get started'])
        await page.locator('.part.sidebar').getByText(text).first().waitFor();
      await page.setViewportSize({ width: 760, height: 700 });
      await assertAccessible(page, await workbench.webview('.charts'), 'no load');
      await editor.picture(workbench, 'an empty view in a narrow window');
      await page.setViewportSize({ width: 1400, height: 900 });
    });

    step('the demo device runs a pipeline', async () => {
      await workbench.command('Jetson Pipelines: Start Demo Device');
      const rows = workbench.page.locator('.part.sidebar .monaco-list-row');
      await rows
        .filter({ hasText: /Demo device.*connected/ })
        .first()
        .waitFor();
      await rows
        .filter({ hasText: /Module.*Orin Nano/ })
        .first()
        .waitFor();
      await workbench.openFile('demo.gst');
      await workbench.goTo(1, 5);
      await workbench.command('Jetson Pipelines: Run on Jetson');
      await rows
        .filter({ hasText: /finished/ })
        .first()
        .waitFor();
      await explorer();
    });

    step('the examples are copied to a folder and opened', async () => {
      const { page } = workbench;
      const examples = path.join(editor.workspace, 'jetson-pipelines-examples');
      await workbench.command('Jetson Pipelines: Open the Examples');
      const widget = page.locator('.quick-input-widget');
      const input = widget.locator('input[type=text]');
      await until(async () => (await input.inputValue()).endsWith('/workspace/'));
      const opened = page.context().waitForEvent('page');
      await widget.getByText('Put Them Here').click();
      const other = await opened;
      await other.locator('.tab.active[data-resource-name="try.gst"]').waitFor({ timeout: 90_000 });
      await other.locator('.markers-panel .monaco-list-row').nth(5).waitFor();
      await other.screenshot({ path: path.join(results, `looks-${kind}`, 'the examples.png') });
      await other.close();
      assert.ok(existsSync(path.join(examples, 'counter/counter_app.txt')));
      // Its files have the names of ours.
      rmSync(examples, { recursive: true });
    });

    for (const { name, theme, shown } of themes) {
      describe(name, { concurrency: false }, () => {
        before(async () => {
          await begin('gate.gst');
          await workbench.page.keyboard.press('Control+k');
          await workbench.page.keyboard.press('Control+t');
          await workbench.pick(typeof theme === 'string' ? theme : theme[kind]);
          await workbench.page.locator(`.monaco-workbench.${shown}`).waitFor();
        });

        step(`${name}: hints and lens`, async () => {
          await begin('gate.gst');
          await workbench.editor.locator('.codelens-decoration', { hasText: 'Show graph' }).first().waitFor();
          await workbench.editor.locator('.view-line', { hasText: '93 MB/s' }).first().waitFor();
        });

        step(`${name}: graph`, async () => {
          await workbench.goTo(6, 4);
          await workbench.command('Jetson Pipelines: Show Pipeline Graph');
          const page = await workbench.webview('g.edge.broken');
          await page.locator('g.node', { hasText: 'x264enc' }).first().click();
          await assertAccessible(workbench.page, page, 'graph');
          await page.locator('select').selectOption({ index: 0 });
          await page.locator('g.node', { hasText: 'tee' }).first().waitFor();
          await editor.picture(workbench, `${name}: a larger graph`);
          await assertAccessible(workbench.page, page, 'a larger graph');
        });

        step(`${name}: caps`, async () => {
          await begin('gate.gst');
          await workbench.goTo(4, 20);
          await workbench.command('Jetson Pipelines: Compare Caps');
          const page = await workbench.webview('.sides');
          await page.locator('summary').first().click();
          await assertAccessible(workbench.page, page, 'caps');
        });

        step(`${name}: canvas`, async () => {
          await begin('config_nvdsanalytics_yard.txt');
          await workbench.command('Jetson Pipelines: Draw Analytics Regions');
          const page = await workbench.webview('.frame svg');
          await page.locator('.shape.warning').waitFor();
          await page.locator('[data-at="overcrowding-stream-0 roi-queue 0"]').focus();
          await page.locator('footer p.warning').waitFor();
          await assertAccessible(workbench.page, page, 'canvas');
        });

        step(`${name}: Doctor`, async () => {
          await begin('gate.gst');
          await workbench.command('Jetson Pipelines: Doctor');
          const page = await workbench.webview('li.good');
          await page.getByText('It runs and answers.').waitFor();
          await assertAccessible(workbench.page, page, 'Doctor');
          await page.getByRole('button', { name: 'Choose Target' }).click();
          await workbench.pick('Jetson AGX Orin 64GB');
          await page.getByRole('button', { name: 'Copy all' }).click();
          await until(async () => {
            const copied = await workbench.page.evaluate('navigator.clipboard.readText()');
            return String(copied).includes('[ok] Language server: It runs and answers.');
          });
        });

        step(`${name}: log`, async () => {
          await begin('gate.gst');
          await workbench.command('Jetson Pipelines: Show Debug Log');
          const page = await workbench.webview('.lines');
          await assertAccessible(workbench.page, page, 'log');
          await editor.picture(workbench, `${name}: log of a run`);
          await workbench.page.locator('.part.titlebar').click();
          await workbench.command('View: Hide Panel');
        });

        step(`${name}: walkthrough`, async () => {
          await begin('gate.gst');
          await workbench.command('Jetson Pipelines: Get Started');
          const steps = workbench.page.locator('.gettingStartedContainer .step-title');
          await steps.filter({ hasText: 'Open the examples' }).first().waitFor();
          for (const [i, title] of [
            'Choose your machine',
            'See what flows',
            'Add a device',
            'Ask the Doctor',
          ].entries()) {
            await steps.filter({ hasText: title }).first().click();
            await workbench.page.locator('.getting-started-step.expanded', { hasText: title }).waitFor();
            if (i < 3) await editor.picture(workbench, `${name}: ${title}`);
          }
        });

        step(`${name}: a narrow window with the Jetson view`, async () => {
          await begin('gate.gst');
          const { page } = workbench;
          await page.setViewportSize({ width: 760, height: 700 });
          await jetson();
          const stats = await workbench.webview('.charts');
          await stats.getByText('CPU', { exact: true }).first().waitFor();
          await assertAccessible(page, stats, 'load');
          await editor.picture(workbench, `${name}: narrow side bar`);
          await page.setViewportSize({ width: 1400, height: 900 });
          await explorer();
        });
      });
    }
  });
}
