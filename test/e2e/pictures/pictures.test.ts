/** The pictures beside a text, in the real editor: graph, `.dot` files, caps, the analytics canvas; dark and light. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Editor, kinds, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

for (const kind of kinds) {
  describe(`pictures in VS Code (${kind})`, { concurrency: false }, () => {
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      editor = await startEditor(kind, import.meta.dirname);
      workbench = await editor.open('camera.sh');
    });
    after(() => editor?.close());

    const step = (name: string, run: () => Promise<void>) =>
      test(name, async () => {
        try {
          await run();
        } finally {
          if (workbench) await editor.picture(workbench, name);
        }
      });

    step('the graph of a pipeline', async () => {
      await workbench.goTo(4, 8);
      await workbench.command('Jetson Pipelines: Show Pipeline Graph');
      const page = await workbench.webview('.canvas svg');
      await page.locator('g.node', { hasText: 'nvarguscamerasrc' }).first().waitFor();
      assert.equal(await page.locator('g.node').count(), 10);
      await page.locator('g.edge.nvmm').first().waitFor();
      await page.locator('g.edge.system').first().waitFor();
    });

    step('the cursor selects the element, a click leads to the text', async () => {
      const page = await workbench.webview('.canvas svg');
      await workbench.goTo(8, 10);
      await page.locator('g.node.selected', { hasText: 'nvv4l2h264enc' }).waitFor();
      await page.locator('g.node', { hasText: 'filesink' }).click();
      await workbench.status(/Ln 11, Col 13 \(8 selected\)/).waitFor();
    });

    step('a broken link is red', async () => {
      await workbench.openFile('broken.gst');
      await workbench.command('View: Focus Active Editor Group');
      await workbench.goTo(2, 5);
      await workbench.command('Jetson Pipelines: Show Pipeline Graph');
      await workbench.webview('g.edge.broken');
    });

    step('a .dot file in the same view', async () => {
      await workbench.openFile('dump.dot');
      await workbench.command('Jetson Pipelines: Show Pipeline Graph');
      const page = await workbench.webview('.foreign .canvas svg');
      await page.locator('text', { hasText: 'GstVideoTestSrc' }).first().waitFor();
    });

    step('two elements side by side', async () => {
      await workbench.openFile('camera.sh');
      await workbench.goTo(8, 8);
      await workbench.command('Jetson Pipelines: Compare Caps');
      const page = await workbench.webview('.sides');
      await page.locator('h2', { hasText: 'nvv4l2h264enc' }).waitFor();
      await page.locator('input').nth(1).fill('h264parse');
      await page.locator('input').nth(1).press('Enter');
      await page.locator('h3.meets').first().waitFor();
    });

    step('a region is dragged, and only its numbers change', async () => {
      await workbench.openFile('config_nvdsanalytics.txt');
      const file = path.join(editor.workspace, 'configs/config_nvdsanalytics.txt');
      const before = readFileSync(file, 'utf8');
      await workbench.command('Jetson Pipelines: Draw Analytics Regions');
      const page = await workbench.webview('.frame svg');
      const point = page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]');
      await point.focus();
      await point.press('Shift+ArrowRight');
      await until(async () => (await workbench.lines()).includes('roi-hall=110;120;560;120;620;600;80;620'));
      const other = page.locator('[data-at="overcrowding-stream-0 roi-queue 0"]');
      const box = await other.boundingBox();
      assert.ok(box);
      await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await workbench.page.mouse.down();
      await workbench.page.mouse.move(box.x + 30, box.y + 30, { steps: 4 });
      await workbench.page.mouse.up();
      await until(async () => !(await workbench.lines()).some((line) => line.startsWith('roi-queue=700;300')));
      await workbench.command('View: Focus First Editor Group');
      await workbench.page.keyboard.press('Control+z');
      await workbench.page.keyboard.press('Control+z');
      await until(async () => (await workbench.lines()).includes('roi-hall=100;120;560;120;620;600;80;620'));
      assert.equal(readFileSync(file, 'utf8'), before);
    });

    step('the pictures in a dark theme', async () => {
      await workbench.command('Preferences: Toggle between Light/Dark Themes');
      const page = await workbench.webview('.frame svg');
      await page.locator('body.vscode-dark').waitFor();
      await workbench.openFile('broken.gst');
      await workbench.command('View: Focus Active Editor Group');
      await workbench.command('Jetson Pipelines: Show Pipeline Graph');
      await workbench.webview('g.edge.broken');
    });
  });
}
