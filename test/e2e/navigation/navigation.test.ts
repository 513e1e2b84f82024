/** Moving about in the real editor: hints, lens, definition, rename over files, links, outline, hierarchy, colours. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Editor, newest, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

for (const kind of newest) {
  describe(`navigation in VS Code (${kind})`, { concurrency: false }, () => {
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      editor = await startEditor(kind, import.meta.dirname);
      workbench = await editor.open('camera.gst');
    });
    after(() => editor?.close());

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

    const text = async (): Promise<string> => (await workbench.lines()).join('\n');
    const says = (wanted: string | RegExp) =>
      until(async () => {
        const all = await text();
        return typeof wanted === 'string' ? all.includes(wanted) : wanted.test(all);
      });
    const saved = (name: string): string => readFileSync(path.join(editor.workspace, name), 'utf8');

    step('hints tell what flows, what is copied and what a number means', async () => {
      await says(/NVMM/);
      await says(/↯ \d+ MB\/s copy/);
      await says(/⟨constant.bitrate⟩/i);
    });

    step('a lens above the pipeline tells what it asks for', async () => {
      const lens = workbench.editor.locator('.codelens-decoration');
      await lens.filter({ hasText: 'Show graph' }).first().waitFor();
      await lens.filter({ hasText: 'Run on Jetson' }).first().waitFor();
      await lens
        .filter({ hasText: /NVENC \d+ %/ })
        .first()
        .waitFor();
    });

    step('the lens shows the graph', async () => {
      await workbench.editor.locator('.codelens-decoration a').filter({ hasText: 'Show graph' }).first().click();
      const page = await workbench.webview('svg');
      await page.locator('svg').filter({ hasText: 'nvv4l2h264enc' }).first().waitFor();
      await workbench.command('View: Close All Editors');
      await workbench.openFile('camera.gst');
    });

    step('definition of a reference', async () => {
      await workbench.goTo(9, 2);
      await workbench.page.keyboard.press('F12');
      await workbench.status(/Ln 4, Col \d+/).waitFor();
    });

    step('a name and its references are typed together', async () => {
      await workbench.goTo(4, 17);
      // The editor asks for the linked places after a moment.
      await workbench.editor.locator('.linked-editing-decoration').first().waitFor();
      await workbench.page.keyboard.type('ter');
      await says(/tee name=splitter[\s\S]*splitter\. ![\s\S]*splitter\. !/);
    });

    step('rename goes over the program and its pipeline file', async () => {
      await workbench.goTo(12, 19);
      await rename(workbench, 'pictures');
      await says('appsink name=pictures');
      await workbench.command('File: Save All');
      await until(() => saved('camera.gst').includes('name=pictures') && saved('view.py').includes('"pictures"'));
      assert.equal(saved('view.py').match(/pictures/g)?.length, 2);
    });

    step('a program shows hints and colours in its strings', async () => {
      await workbench.openFile('view.py');
      await workbench.editor.locator('.codelens-decoration').filter({ hasText: 'Show graph' }).first().waitFor();
      await says('appsink name=pictures');
    });

    step('a link that is typed puts its blanks in order', async () => {
      await workbench.openFile('typed.gst');
      await workbench.goTo(1, 1);
      await workbench.page.keyboard.type('videotestsrc    num-buffers=3 !', { delay: 20 });
      await says('videotestsrc num-buffers=3 !');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.type('fakesink', { delay: 20 });
      await workbench.escape();
      await workbench.page.keyboard.press('Control+s');
      await until(() => saved('typed.gst').startsWith('videotestsrc num-buffers=3 !\n  fakesink\n'));
    });

    step('an element and its property are offered and taken', async () => {
      await workbench.openFile('typed.gst');
      await workbench.goTo(1, 32);
      await workbench.page.keyboard.type(' x264', { delay: 50 });
      const offered = workbench.page.locator('.suggest-widget.visible .monaco-list-row');
      await offered.filter({ hasText: 'x264enc' }).first().waitFor();
      await editor.picture(workbench, 'an element is offered');
      await workbench.page.keyboard.press('Enter');
      await says('videotestsrc num-buffers=3 ! x264enc');
      await workbench.page.keyboard.type(' bitra', { delay: 50 });
      await offered.filter({ hasText: 'bitrate' }).first().waitFor();
      await workbench.page.keyboard.press('Enter');
      await says('x264enc bitrate=2048');
    });

    step('an id is renamed in every configuration', async () => {
      await workbench.openFile('deepstream_app_config.txt');
      await says('gie-unique-id=1');
      await workbench.goTo(23, 15);
      await rename(workbench, '5');
      await says('operate-on-gie-id=5');
      await workbench.command('File: Save All');
      await until(() => saved('detector.txt').includes('gie-unique-id=5'));
      await until(() => saved('plates.txt').includes('operate-on-gie-id=5'));
      assert.match(saved('plates.txt'), /gie-unique-id=2/);
    });

    step('meanings and colours of a configuration', async () => {
      await says('⟨RTSP⟩');
      await workbench.editor.locator('.colorpicker-color-decoration').first().waitFor();
    });

    step('definition of a path opens the file', async () => {
      await workbench.goTo(24, 16);
      await workbench.page.keyboard.press('F12');
      await workbench.tab('detector.txt').waitFor();
    });

    step('definition of a class is its label', async () => {
      await says('class-attrs-1');
      await workbench.goTo(8, 5);
      await workbench.page.keyboard.press('F12');
      await workbench.tab('labels.txt').waitFor();
      await workbench.status(/Ln 2, Col \d+/).waitFor();
    });

    step('symbols of the workspace', async () => {
      await workbench.page.keyboard.press('Control+t');
      await workbench.page.locator('.quick-input-widget input[type=text]').fill('#secondary');
      await workbench.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: 'secondary-gie0' })
        .first()
        .waitFor();
      await workbench.escape();
    });

    step('the hierarchy along links', async () => {
      await workbench.openFile('camera.gst');
      await workbench.goTo(4, 4);
      await workbench.command('Calls: Show Call Hierarchy');
      const rows = workbench.page.locator('.part.sidebar .monaco-list-row, .call-hierarchy .monaco-list-row');
      await rows.filter({ hasText: 'nvarguscamerasrc' }).first().waitFor();
    });
  });
}

/** Renames what is at the cursor. */
async function rename(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.keyboard.press('F2');
  const input = workbench.page.locator('.rename-box input.rename-input');
  await input.waitFor();
  await input.fill(name);
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
