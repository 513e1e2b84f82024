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

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

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

    for (const ending of ['svg', 'png'] as const) {
      step(`the graph as ${ending.toUpperCase()}`, async () => {
        const page = await workbench.webview('.canvas svg');
        await page.getByRole('button', { name: `Save the graph as ${ending.toUpperCase()}` }).click();
        // The dialog looks around in the folder before it says a name.
        const name = workbench.page.locator('.quick-input-widget input[type=text]');
        await until(async () => (await name.inputValue()).endsWith(`/camera.${ending}`));
        await workbench.page.keyboard.press('Enter');
        await workbench.page.locator('.notification-toast', { hasText: `camera.${ending}` }).waitFor();
        await workbench.command('Notifications: Clear All Notifications');
        const saved = readFileSync(path.join(editor.workspace, `camera.${ending}`));
        if (ending === 'png') {
          assert.equal(saved.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
          assert.ok(saved.readUInt32BE(16) > 400 && saved.readUInt32BE(20) > 400);
          return;
        }
        // A file of its own: names, colours and no class that a style sheet would have to explain.
        const text = saved.toString();
        assert.match(text, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
        assert.match(text, /<text [^>]*fill="rgb[^>]*>nvarguscamerasrc</);
        assert.ok(!text.includes('var(--'));
      });
    }

    step('what is no message changes nothing; a graph that was hidden or closed comes back', async () => {
      const page = await workbench.webview('.canvas svg');
      await page.evaluate(() => {
        for (const rubbish of [null, 'x', {}, { type: 'show' }, { type: 'show', picture: { svg: 1 } }, { type: 'no' }])
          (globalThis as unknown as { postMessage(message: unknown, origin: string): void }).postMessage(rubbish, '*');
      });
      await page.locator('g.node', { hasText: 'tee' }).click();
      await page.locator('.details', { hasText: 'tee' }).waitFor();
      assert.equal(await page.locator('g.node').count(), 10);
      await workbench.page.locator('.tab', { hasText: 'Graph: camera.sh' }).click();
      await workbench.page.locator('.part.titlebar').click();
      await workbench.openFile('dump.dot');
      await workbench.page.locator('.tab', { hasText: 'Graph: camera.sh' }).click();
      const back = await workbench.webview('.canvas svg');
      await back.locator('g.node', { hasText: 'qtmux' }).waitFor();
      await workbench.page.locator('.part.titlebar').click();
      await workbench.command('View: Close All Editors');
      await workbench.openFile('camera.sh');
      await workbench.goTo(4, 8);
      await workbench.command('Jetson Pipelines: Show Pipeline Graph');
      await (await workbench.webview('.canvas svg')).locator('g.node', { hasText: 'qtmux' }).waitFor();
    });

    step('a broken link is red, and says why', async () => {
      await workbench.openFile('broken.gst');
      await workbench.command('View: Focus Active Editor Group');
      await workbench.goTo(2, 5);
      await workbench.command('Jetson Pipelines: Show Pipeline Graph');
      const page = await workbench.webview('g.edge.broken');
      await page.locator('g.edge.broken text', { hasText: 'asks for NVMM memory' }).first().waitFor();
      await page.locator('g.edge.broken path').first().click({ force: true });
      await page.locator('.details p.error', { hasText: 'x264enc takes system memory' }).waitFor();
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
      await page.locator('h2', { hasText: 'h264parse' }).waitFor();
      await page.locator('h3.meets').first().waitFor();
    });

    step('the regions of an analytics file over a grid', async () => {
      await workbench.page.locator('.part.titlebar').click();
      await workbench.command('View: Close All Editors');
      await workbench.openFile('config_nvdsanalytics.txt');
      await workbench.command('Jetson Pipelines: Draw Analytics Regions');
      const page = await workbench.webview('.frame svg');
      await page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]').waitFor();
      await page.locator('[data-at="overcrowding-stream-0 roi-queue 0"]').waitFor();
    });

    step('a point is dragged, and only the numbers of its key change', async () => {
      const page = await workbench.webview('.frame svg');
      const before = await workbench.lines();
      const place = async (at: string) => {
        // A picture that is just being drawn anew has no box for a moment.
        for (let tries = 0; ; tries++) {
          const box = await page.locator(`[data-at="${at}"]`).boundingBox();
          if (box) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          assert.ok(tries < 50, `${at} is not drawn`);
          await page.waitForTimeout(50);
        }
      };
      const { mouse } = workbench.page;
      const drag = async (at: string, by: { x: number; y: number }) => {
        const from = await place(at);
        await mouse.move(from.x, from.y);
        await mouse.down();
        await mouse.move(from.x + by.x, from.y + by.y, { steps: 6 });
        await mouse.up();
      };
      const changed = async () => {
        const now = await workbench.lines();
        return now.flatMap((line, i) => (line === before[i] ? [] : [line]));
      };
      // The point goes where the pointer goes, as far as the frame reaches, and nothing else moves.
      const at = 'overcrowding-stream-0 roi-queue 0';
      const [pointA, pointB] = [await place(at), await place('overcrowding-stream-0 roi-queue 1')];
      const scale = (1100 - 700) / (pointB.x - pointA.x);
      await drag(at, { x: -40, y: 30 });
      await until(async () => (await changed()).length > 0);
      const [line, ...others] = await changed();
      assert.deepEqual(others, []);
      const numbers = /^roi-queue=(\d+);(\d+);1100;320;1080;650;690;640$/.exec(line ?? '');
      assert.ok(numbers, line);
      assert.ok(Math.abs(Number(numbers[1]) - (700 - 40 * scale)) <= 2, line);
      assert.ok(Math.abs(Number(numbers[2]) - (300 + 30 * scale)) <= 2, line);
      // Out of the frame and out of the view: it stops at the border.
      await drag('direction-detection-stream-0 direction-south 1', { x: -900, y: 20 });
      await until(async () => (await changed()).some((one) => /^direction-south=284;300;0;\d+$/.test(one)));
      // A key does the same, and gives the text its undo.
      await page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]').press('Shift+ArrowRight');
      await until(async () => (await changed()).includes('roi-hall=110;120;560;120;620;600;80;620'));
      await page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]').press('Alt+ArrowDown');
      await until(async () => (await changed()).includes('roi-hall=110;121;560;121;620;601;80;621'));
      await page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]').press('Control+z');
      await until(async () => (await changed()).includes('roi-hall=110;120;560;120;620;600;80;620'));
      // The text has the focus while it undoes: a key that comes as the page takes it back may reach neither.
      let left = (await changed()).length;
      for (let lost = 0; left > 0; ) {
        await page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]').press('Control+z');
        const undone = await until(async () => (await changed()).length === left - 1, 5_000).then(
          () => true,
          () => false,
        );
        if (undone) left--;
        else assert.ok(++lost < 3, `${left} lines are still changed`);
      }
    });

    step('a shape is added and deleted', async () => {
      const page = await workbench.webview('.frame svg');
      const file = path.join(editor.workspace, 'configs/config_nvdsanalytics.txt');
      const before = readFileSync(file, 'utf8');
      await page.getByRole('button', { name: 'Add a region' }).click();
      await page.locator('[data-at="roi-filtering-stream-0 roi-1 0"]').focus();
      await page.locator('[data-at="roi-filtering-stream-0 roi-1 0"]').press('Control+s');
      await until(() => readFileSync(file, 'utf8') !== before);
      const added = 'roi-1=448;252;832;252;832;468;448;468\n';
      assert.equal(readFileSync(file, 'utf8').replace(added, ''), before);
      await page.getByRole('button', { name: 'Delete the selected shape' }).click();
      await page.locator('[data-at="roi-filtering-stream-0 roi-1 0"]').waitFor({ state: 'detached' });
      await page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]').press('Control+s');
      await until(() => readFileSync(file, 'utf8') === before);
    });

    step('what is found is shown on the shape', async () => {
      const page = await workbench.webview('.frame svg');
      // The upper left corner below the lower one: the border crosses itself.
      const at = page.locator('[data-at="roi-filtering-stream-0 roi-hall 0"]');
      const box = await at.boundingBox();
      const low = await page.locator('[data-at="roi-filtering-stream-0 roi-hall 2"]').boundingBox();
      assert.ok(box && low);
      await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await workbench.page.mouse.down();
      await workbench.page.mouse.move(low.x - 20, low.y + 30, { steps: 6 });
      await workbench.page.mouse.up();
      await page.locator('.shape.warning text', { hasText: '⚠ hall' }).waitFor();
      await page.locator('footer p.warning', { hasText: 'cross' }).waitFor();
      await editor.picture(workbench, 'a region that crosses itself');
      await at.press('Control+z');
      await page.locator('.shape.warning').waitFor({ state: 'detached' });
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
