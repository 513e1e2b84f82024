/** Load and log of a run in the real editor: a real sshd, the real gst-launch-1.0, and a stand-in for tegrastats. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Sshd, startSshd } from '../../support/sshd.ts';
import { type Editor, newest, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

for (const kind of newest) {
  describe(`load and log in VS Code (${kind})`, { concurrency: false }, () => {
    /** The user of the server may not look into this repository. */
    const bin = mkdtempSync(path.join(tmpdir(), 'tegrastats-'));
    let sshd: Sshd;
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      chmodSync(bin, 0o755);
      cpSync(path.join(import.meta.dirname, 'bin'), bin, { recursive: true });
      sshd = await startSshd({ config: [`SetEnv PATH=${bin}:/usr/local/bin:/usr/bin:/bin`] });
      editor = await startEditor(kind, import.meta.dirname);
      const keys = path.join(editor.server.folder, 'home', '.ssh');
      mkdirSync(keys, { mode: 0o700 });
      copyFileSync(sshd.key, path.join(keys, 'id_ed25519'));
      workbench = await editor.open('watch.sh');
    });
    after(async () => {
      await editor?.close();
      await sshd?.stop();
      rmSync(bin, { recursive: true, force: true });
    });

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

    const load = () => workbench.webview('.charts');
    const log = () => workbench.webview('.lines');
    const watching = (): string[] => sshd.processes().filter((line) => line.includes('tegrastats'));
    /** Answers the question for a file, which is a quick input where there is no desktop. */
    const answerPath = async (name: string): Promise<void> => {
      const input = workbench.page.locator('.quick-input-widget input[type=text]');
      await input.fill(path.join(editor.workspace, name));
      await workbench.page
        .locator('.quick-input-widget')
        .getByRole('button', { name: /^(?:OK|Save|Open)$/ })
        .first()
        .click();
    };
    /** Saves under a name. The editor's own dialog now and then takes the name that it proposed: then it is asked again. */
    const saveAs = async (name: string, ask: () => Promise<void>): Promise<void> => {
      for (let tries = 0; ; tries++) {
        await ask();
        await answerPath(name);
        try {
          return await until(() => existsSync(path.join(editor.workspace, name)), 8_000);
        } catch (error) {
          if (tries === 3) throw error;
        }
      }
    };
    const run = async (file: string, line: number): Promise<void> => {
      await workbench.openFile(file);
      await workbench.command('View: Focus Active Editor Group');
      await workbench.goTo(line, 20);
      await workbench.command('Jetson Pipelines: Run on Jetson');
    };

    step('the load of a device is measured while it is seen', async () => {
      await workbench.page.locator('.activitybar [aria-label="Jetson"]').first().click();
      await (await load()).getByText('Add a device').waitFor();
      await workbench.command('Jetson Pipelines: Add Device');
      const input = workbench.page.locator('.quick-input-widget input[type=text]');
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Address' }).first().click();
      await workbench.page.locator('.quick-input-widget', { hasText: 'Address of the device' }).waitFor();
      await input.fill(`${sshd.user}@127.0.0.1:${sshd.port}`);
      await input.press('Enter');
      await workbench.page.locator('.monaco-dialog-box').getByText('Trust and Connect').click();
      const page = await load();
      await page.locator('[data-group=load] canvas').waitFor();
      const gpu = page.locator('[data-group=load] tr', { hasText: 'GPU' });
      await gpu.locator('td').first().filter({ hasText: '5' }).waitFor();
      await page.locator('[data-group=cores] tr', { hasText: 'Core 3' }).waitFor();
      assert.equal(watching().filter((line) => line.includes('/tegrastats --interval')).length, 1);
    });

    step('a run fills the log and adds its frame rate', async () => {
      await run('watch.sh', 3);
      const page = await log();
      await page.locator('.line', { hasText: 'last-message' }).first().waitFor();
      const rates = (await load()).locator('[data-group=frames] tr', { hasText: 'rate' });
      await rates
        .locator('td')
        .first()
        .filter({ hasText: /^(?:29|30|31)\./ })
        .waitFor();
    });

    step('what limits is said, and heat is warned of', async () => {
      const page = await load();
      await page.locator('.bottleneck', { hasText: 'The GPU limits' }).waitFor();
      await page.locator('.alerts', { hasText: 'tj is at 86 °C' }).waitFor();
    });

    step('the log is filtered while lines come', async () => {
      const page = await log();
      await page.locator('input[type=search]').fill('kind:state');
      await until(async () => (await page.locator('.line').count()) < 10);
      await page.locator('.notes', { hasText: / of \d+ lines/ }).waitFor();
      assert.equal(await page.locator('.line', { hasText: 'last-message' }).count(), 0);
      await page.locator('input[type=search]').fill('level:loud');
      await page.locator('.notes .bad').waitFor();
      await page.locator('input[type=search]').fill('');
      await page.locator('select[aria-label=Element]').selectOption('camera');
      await until(async () =>
        (await page.locator('.line .element').allInnerTexts()).every((name) => name === 'camera'),
      );
    });

    step('an element of the log leads to the text', async () => {
      const page = await log();
      await page.locator('.line .element', { hasText: 'camera' }).first().click();
      await workbench.status(/Ln 3, Col \d+ \(12 selected\)/).waitFor();
    });

    step('the graph of the run as GStreamer draws it', async () => {
      await workbench.command('Jetson Pipelines: Show Live Graph of Run');
      await workbench.page.locator('.monaco-dialog-box').getByText('Run Again').click();
      const page = await workbench.webview('.foreign .canvas svg');
      await page.locator('text', { hasText: 'GstFPSDisplaySink' }).first().waitFor();
      await page.locator('text', { hasText: 'framerate: 30/1' }).first().waitFor();
    });

    step('the run is stopped, and its end is marked', async () => {
      await workbench.command('Jetson Pipelines: Stop Run');
      await (await log())
        .locator('select[aria-label="Run or saved log"] option', { hasText: /^127/ })
        .first()
        .waitFor({ state: 'attached' });
      const gpu = (await load()).locator('[data-group=load] tr', { hasText: 'GPU' });
      await gpu.locator('td').first().filter({ hasText: /^5$/ }).waitFor();
    });

    step('how long an element takes stands behind its name', async () => {
      await workbench.openFile('watch.sh');
      await workbench.command('View: Focus Active Editor Group');
      await workbench.goTo(3, 20);
      await workbench.command('Jetson Pipelines: Measure Latency on Jetson');
      const page = await load();
      const row = page.locator('[data-group=latency] tr', { hasText: 'videoconvert0' });
      await row
        .locator('td')
        .first()
        .filter({ hasText: /^\d+\.\d\d$/ })
        .waitFor();
      await editor.picture(workbench, 'latencies in the text');
      await workbench.command('Jetson Pipelines: Stop Run');
      await (await log())
        .locator('select[aria-label="Run or saved log"] option', { hasText: /^127/ })
        .first()
        .waitFor({ state: 'attached' });
    });

    step('lines and measurements are saved and opened again', async () => {
      await saveAs('run.log', async () =>
        (await log()).getByRole('button', { name: 'Save the lines that are shown' }).click(),
      );
      const text = readFileSync(path.join(editor.workspace, 'run.log'), 'utf8');
      assert.match(text, /New clock/);
      await saveAs('load.csv', async () =>
        (await load()).getByRole('button', { name: 'Save what was measured as CSV or JSON' }).click(),
      );
      assert.match(readFileSync(path.join(editor.workspace, 'load.csv'), 'utf8'), /^time,cpu \[%\],gpu \[%\]/);
      await workbench.command('Jetson Pipelines: Open Recording of Measurements');
      await answerPath('load.csv');
      const page = await load();
      await page.locator('.message', { hasText: 'A recording: load.csv' }).waitFor();
      await page.locator('[data-group=frames] canvas').waitFor();
      await page.getByRole('button', { name: 'Back to the device' }).click();
    });

    step('a profile is a report with pictures', async () => {
      await saveAs('profile.md', async () => {
        await workbench.command('Jetson Pipelines: Profile Device');
        const input = workbench.page.locator('.quick-input-widget input[type=text]');
        await workbench.page.locator('.quick-input-widget', { hasText: 'how many seconds' }).waitFor();
        await input.fill('3');
        await input.press('Enter');
        await workbench.page.locator('.quick-input-widget', { hasText: 'Write the report' }).waitFor();
      });
      assert.match(readFileSync(path.join(editor.workspace, 'profile.md'), 'utf8'), /# Profile of 127\.0\.0\.1/);
      assert.match(readFileSync(path.join(editor.workspace, 'profile-pictures/load.svg'), 'utf8'), /<svg/);
      await workbench.webview('img[src*="load.svg"]');
    });

    step('a picture of a link is shown beside the text', async () => {
      await workbench.openFile('watch.sh');
      await workbench.command('View: Focus Active Editor Group');
      await workbench.goTo(3, 20);
      await workbench.command('Jetson Pipelines: Look at the Picture Here');
      await workbench.page.locator('.tab[data-resource-name="camera.png"]').first().waitFor();
      await workbench.webview('img[src*="camera.png"]');
    });

    step('nothing is left on the device when nobody looks', async () => {
      await workbench.page.locator('.activitybar [aria-label^="Explorer"]').first().click();
      await until(() => watching().length === 0);
      await workbench.page.locator('.activitybar [aria-label="Jetson"]').first().click();
      await until(() => watching().length > 0);
      await (await load()).locator('[data-group=load] canvas').waitFor();
    });

    step('a tegrastats that ends is told of and started again', async () => {
      const page = await load();
      const found = spawnSync('pgrep', ['-u', sshd.user, '-f', '/tegrastats --interval'], { encoding: 'utf8' });
      for (const pid of found.stdout.split('\n').filter((line) => line !== '')) process.kill(Number(pid), 'SIGKILL');
      await page.locator('.message', { hasText: 'It is tried again.' }).waitFor();
      await page.locator('.message').waitFor({ state: 'detached' });
      await until(() => watching().length > 0);
    });

    step('a device that is let go stays so until it is wanted', async () => {
      await workbench.command('Jetson Pipelines: Disconnect from Device');
      const page = await load();
      await page.locator('.message', { hasText: 'is not connected' }).waitFor();
      await until(() => sshd.processes().length === 0);
      await page.getByRole('button', { name: 'Connect and measure' }).click();
      await page.locator('.message').waitFor({ state: 'detached' });
      await until(() => watching().length > 0);
    });

    step('what fails is a problem of the element, and is explained', async () => {
      await run('missing-file.gst', 1);
      // What can be told before the run is told before it.
      await workbench.page.locator('.monaco-dialog-box').getByText('Run Anyway').click();
      await workbench.squiggles('error').first().waitFor();
      const said = await workbench.hover('nowhere', 'Usual cause');
      assert.match(said, /street\.mp4/);
      assert.match(said, /run on 127\.0\.0\.1/);
    });

    step('load and log in a dark theme', async () => {
      await workbench.command('Preferences: Toggle between Light/Dark Themes');
      await (await load()).locator('body.vscode-dark').waitFor();
      const page = await log();
      await page.locator('input[type=search]').fill('"Resource not found"');
      await page.locator('.line .explained', { hasText: 'street.mp4' }).first().click();
      await page.locator('.details h2', { hasText: 'street.mp4' }).waitFor();
    });

    step('load and log where there is little room', async () => {
      await workbench.page.setViewportSize({ width: 640, height: 900 });
      for (const page of [await load(), await log()]) {
        await until(() => page.evaluate('document.body.scrollWidth <= document.documentElement.clientWidth'));
      }
      await (await load()).locator('[data-group=load] canvas').waitFor();
    });
  });
}
