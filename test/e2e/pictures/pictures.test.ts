/** The pictures beside a text, in the real editor: graph, `.dot` files, caps, the analytics canvas; dark and light. */
import assert from 'node:assert/strict';
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
      await workbench.status(/Ln 11, Col 5/).waitFor();
    });
  });
}
