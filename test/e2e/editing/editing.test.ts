/** What a person meets first, in the real editor: problems, a fix, a hover, ignoring, the target, the restart. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Editor, kinds, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

for (const kind of kinds) {
  describe(`editing in VS Code (${kind})`, { concurrency: false }, () => {
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      editor = await startEditor(kind, import.meta.dirname);
      workbench = await editor.open('record.sh');
    });
    after(() => editor?.close());

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

    step('problems are underlined and listed', async () => {
      await workbench.squiggles('error').first().waitFor();
      const row = await workbench.problem('num-bufers');
      assert.match((await row.textContent()) ?? '', /gst-lint/);
      assert.match((await row.textContent()) ?? '', /unknown-property/);
      assert.match((await row.textContent()) ?? '', /Ln 3, Col 32/);
      await workbench.problem('autovideosnk');
    });

    step('files that are not open are checked too', async () => {
      await workbench.problem('closed.sh');
      await workbench.problem('has no property wav');
    });

    step('the hover of a finding tells the rule', async () => {
      const text = await workbench.hover('num-bufers', 'unknown-property');
      assert.match(text, /num-buffers/);
      await workbench.escape();
    });

    step('the link of a finding leads to its rule', async () => {
      const row = await workbench.problem('num-bufers');
      await row.locator('a.monaco-link').first().click();
      await workbench.tab('rules.md').waitFor();
      await until(async () => (await workbench.lines()).some((line) => line === '## unknown-property'));
      await workbench.openFile('record.sh');
    });

    step('a quick fix mends the text', async () => {
      const titles = await workbench.quickFixes(3, 34);
      assert.ok(titles.includes('Ignore unknown-property here'), titles.join('; '));
      await workbench.takeFix('num-buffers');
      await until(async () => (await workbench.lines()).some((line) => line.includes('videotestsrc num-buffers=300')));
      await workbench.problemGone('num-bufers');
    });

    step('ignoring writes a comment, and the finding is gone', async () => {
      await workbench.quickFixes(7, 30);
      await workbench.takeFix('Ignore unknown-property here');
      await until(async () => (await workbench.lines()).includes('# gst-lint: ignore unknown-property'));
      await workbench.problemGone('patern');
    });

    step('fix all, and what is saved', async () => {
      await workbench.command('View: Focus Active Editor Group');
      await workbench.command('Jetson Pipelines: Fix All');
      await until(async () => (await workbench.lines()).some((line) => line.includes('! autovideosink')));
      await workbench.page.keyboard.press('Control+s');
      const file = path.join(editor.workspace, 'record.sh');
      await until(() => readFileSync(file, 'utf8').includes('! autovideosink'));
      await workbench.problemGone('autovideosnk');
    });

    step('a pipeline in a Python string', async () => {
      await workbench.openFile('viewer.py');
      await workbench.squiggles('error').first().waitFor();
      assert.ok((await workbench.quickFixes(8, 45)).some((title) => title.includes('is-live')));
      await workbench.escape();
    });

    step('how a text was read', async () => {
      await workbench.openFile('demo.gst');
      await workbench.command('Jetson Pipelines: Show How This Was Read');
      await workbench.page
        .locator('.view-lines')
        .filter({ hasText: /element\s+nvarguscamerasrc0/ })
        .first()
        .waitFor();
    });

    step('choosing a target', async () => {
      await workbench.openFile('demo.gst');
      await workbench.command('Jetson Pipelines: Choose Target');
      await workbench.pick('Orin Nano');
      await workbench.status(/Orin Nano/).waitFor();
    });

    step('restarting the server', async () => {
      await workbench.command('Jetson Pipelines: Restart Language Server');
      await workbench.status(/Orin Nano/).waitFor();
      await workbench.problem('fakesnk');
    });

    step('the rules page', async () => {
      await workbench.command('Jetson Pipelines: Open the Rules');
      const page = await workbench.webview('h2');
      await page.locator('h2', { hasText: 'unknown-property' }).first().waitFor();
    });
  });
}
