/** The pictures beside a text, in the real editor: graph, `.dot` files, caps, the analytics canvas; dark and light. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Editor, kinds, startEditor } from '../support/editor.ts';
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

    step('the regions of an analytics file over a grid', async () => {
      await workbench.openFile('config_nvdsanalytics.txt');
      await workbench.command('Jetson Pipelines: Draw Analytics Regions');
      const page = await workbench.webview('.frame svg');
      await page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]').waitFor();
      await page.locator('[data-at="overcrowding-stream-0 roi-queue 0"]').waitFor();
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
