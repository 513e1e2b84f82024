/** Devices in the real editor: a real sshd on loopback with the real gst-launch-1.0, from the first connection to a finished file. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isRoot, type Sshd, startSshd } from '../../support/sshd.ts';
import { type Editor, newest, startEditor } from '../support/editor.ts';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/workbench.ts';

for (const kind of newest) {
  describe(`devices in VS Code (${kind})`, { concurrency: false }, () => {
    let sshd: Sshd;
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      sshd = await startSshd();
      editor = await startEditor(kind, import.meta.dirname);
      const keys = path.join(editor.server.folder, 'home', '.ssh');
      mkdirSync(keys, { mode: 0o700 });
      copyFileSync(sshd.key, path.join(keys, 'id_ed25519'));
      workbench = await editor.open('record.sh');
    });
    after(async () => {
      await editor?.close();
      await sshd?.stop();
    });

    const step = (name: string, run: () => Promise<void>) => test(name, () => editor.step(workbench, name, run));

    const row = (text: string | RegExp) =>
      workbench.page.locator('.part.sidebar .monaco-list-row').filter({ hasText: text }).first();
    const project = (): string => {
      const all = path.join(isRoot ? path.join(sshd.folder, sshd.user) : process.env.HOME!, 'jetson-pipelines');
      return path.join(all, readdirSync(all).find((name) => name.startsWith('workspace-')) ?? '');
    };
    /** What GStreamer says of the recording; of one that is broken it says nothing. */
    const discovered = (): string =>
      spawnSync('gst-discoverer-1.0', [path.join(project(), 'take.mp4')], { encoding: 'utf8', timeout: 20_000 }).stdout;
    const printed = async (text: string) =>
      (await workbench.webview('.lines')).locator('.line', { hasText: text }).first().waitFor();

    step('an empty list says how to begin', async () => {
      await workbench.page.locator('.activitybar [aria-label="Jetson"]').first().click();
      await workbench.page.locator('.part.sidebar').getByText('Add a Device').waitFor();
    });

    step('an address is added, its key is asked for', async () => {
      await workbench.command('Jetson Pipelines: Add Device');
      const widget = workbench.page.locator('.quick-input-widget');
      await widget.locator('.monaco-list-row').filter({ hasText: 'Address' }).click();
      await widget.filter({ hasText: 'as ssh takes it' }).waitFor();
      const input = widget.locator('input[type=text]');
      await input.fill(`${sshd.user}@127.0.0.1:${sshd.port}`);
      await input.press('Enter');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.filter({ hasText: 'SHA256:' }).waitFor();
      await editor.picture(workbench, 'the question for the host key');
      await dialog.getByText('Trust and Connect').click();
      await row(/127\.0\.0\.1.*connected/).waitFor();
      const known = readFileSync(path.join(editor.server.folder, 'home', '.ssh', 'known_hosts'), 'utf8');
      assert.match(known, /ssh-ed25519 /);
    });

    step('it says what it is, and what it lacks is missing', async () => {
      await row(/GStreamer.*1\.\d+/).waitFor();
      await row(/Missing.*DeepStream/).waitFor();
    });

    step('it becomes the target', async () => {
      await workbench.command('Jetson Pipelines: Use Device for Runs and as Target');
      await row(/127\.0\.0\.1.*runs here/).waitFor();
    });

    step('its own elements go before the tables', async () => {
      await workbench.command('Jetson Pipelines: Harvest Elements of Device');
      await workbench.page
        .locator('.notification-toast')
        .filter({ hasText: /has \d+ elements/ })
        .first()
        .waitFor({ timeout: 120_000 });
    });

    step('a pipeline runs and is stopped, and its file is whole', async () => {
      await workbench.command('View: Focus Active Editor Group');
      await workbench.goTo(3, 20);
      await workbench.command('Jetson Pipelines: Run on Jetson');
      await row(/videotestsrc.*runs since/).waitFor();
      await printed('New clock');
      await editor.picture(workbench, 'a run');
      await workbench.command('Jetson Pipelines: Stop Run');
      await row(/videotestsrc.*stopped/).waitFor();
      assert.match(discovered(), /H\.264/);
      assert.match(discovered(), /Duration: 0:00:0/);
      assert.deepEqual(
        sshd.processes().filter((line) => line.includes('gst-launch')),
        [],
      );
    });

    step('a variable is asked for, and a file is brought along', async () => {
      await workbench.openFile('read.sh');
      await workbench.goTo(2, 20);
      await workbench.command('Jetson Pipelines: Run on Jetson');
      const input = workbench.page.locator('.quick-input-widget');
      await input.filter({ hasText: 'COUNT' }).waitFor();
      await input.locator('input[type=text]').fill('1');
      await workbench.page.keyboard.press('Enter');
      await printed('The words');
      await until(() => existsSync(path.join(project(), 'words.txt')));
    });

    step('what cannot run says why', async () => {
      await workbench.openFile('broken.gst');
      await workbench.goTo(1, 3);
      await workbench.command('Jetson Pipelines: Run on Jetson');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.filter({ hasText: 'The device has no element nosuchelement' }).waitFor();
      await editor.picture(workbench, 'what is missing before a run');
      await dialog.getByText('Run Anyway').click();
      await workbench.page.locator('.notification-toast').filter({ hasText: 'nosuchelement' }).first().waitFor();
      await row(/nosuchelement.*failed/).waitFor();
    });

    step('a task runs in a terminal', async () => {
      const widget = workbench.page.locator('.quick-input-widget');
      const task = widget.locator('.monaco-list-row.focused').filter({ hasText: 'Read the words' });
      // Asked too early the editor finds no tasks, and does not look again.
      await until(async () => {
        await workbench.page.keyboard.press('Control+p');
        await widget.locator('input[type=text]').fill('task Read the words');
        const there = await task.waitFor({ timeout: 4_000 }).then(
          () => true,
          () => false,
        );
        if (!there) await workbench.escape();
        return there;
      }, 40_000);
      await workbench.page.keyboard.press('Enter');
      const terminal = workbench.page.locator('.terminal-wrapper .xterm-rows').filter({ hasText: /The\s+words/ });
      await terminal.first().waitFor();
      await workbench.page
        .locator('.xterm-rows')
        .filter({ hasText: /Finished/ })
        .first()
        .waitFor();
    });

    step('the checklist of the device is a page', async () => {
      await workbench.command('Jetson Pipelines: Diagnose Device');
      const page = await workbench.webview('h1');
      await page.getByText('Memory and swap').first().waitFor();
      await workbench.page.locator('.part.titlebar').first().click();
    });

    step('a deployment is checked for production', async () => {
      await workbench.openFile('record.sh');
      await workbench.goTo(3, 20);
      await workbench.command('Jetson Pipelines: Check for Production');
      const page = await workbench.webview('h1');
      await page.getByText('It is a service').first().waitFor();
      await page.getByText('a power cut loses all of it').waitFor();
      await workbench.page.locator('.part.titlebar').first().click();
    });

    step('a unit is shown before it is installed', async () => {
      await workbench.openFile('record.sh');
      await workbench.goTo(3, 20);
      await workbench.command('Jetson Pipelines: Deploy as a Service');
      const input = workbench.page.locator('.quick-input-widget');
      await input.filter({ hasText: 'Name of the service' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.filter({ hasText: 'Install record.service' }).waitFor();
      assert.match((await dialog.textContent()) ?? '', /systemd-analyze/);
      await editor.picture(workbench, 'the question before an installation');
      await dialog.getByText('Cancel').click();
      await workbench.page.locator('.monaco-diff-editor').filter({ hasText: 'KillSignal' }).first().waitFor();
    });

    step('the history runs it again', async () => {
      await workbench.command('Jetson Pipelines: Show Run History');
      const list = workbench.page.locator('.quick-input-list .monaco-list-row');
      await list.filter({ hasText: 'nosuchelement' }).first().waitFor();
      assert.equal(await list.count(), 4);
      await workbench.escape();
    });

    step('a run outlives its window and is found again', async () => {
      await workbench.command('Jetson Pipelines: Choose Run Options');
      const list = workbench.page.locator('.quick-input-list .monaco-list-row');
      await list.filter({ hasText: 'Goes on when the window is closed' }).click();
      await list.filter({ hasText: 'All as it comes' }).waitFor();
      await workbench.escape();
      await workbench.openFile('record.sh');
      await workbench.goTo(3, 20);
      await workbench.command('Jetson Pipelines: Run on Jetson');
      await row(/videotestsrc.*runs since/).waitFor();
      await workbench.page.reload();
      await workbench.tab('record.sh').waitFor({ timeout: 90_000 });
      await workbench.command('Jetson Pipelines: Connect to Device');
      await row(/videotestsrc.*runs without a window/).waitFor();
      await editor.picture(workbench, 'a run that is found again');
      await workbench.command('Jetson Pipelines: Follow Run');
      await workbench.pick('videotestsrc');
      await row(/videotestsrc.*runs since/).waitFor();
      await workbench.command('Jetson Pipelines: Stop Run');
      await row(/videotestsrc.*stopped/).waitFor();
      await row(/videotestsrc.*ended with 0/).waitFor();
      await workbench.command('Jetson Pipelines: Forget Ended Run');
      await workbench.pick('videotestsrc');
      await row(/videotestsrc.*ended with 0/).waitFor({ state: 'detached' });
    });

    step('a password is asked for, again where it was wrong, and kept', async () => {
      if (!isRoot) return;
      const other = await startSshd({ config: ['PasswordAuthentication yes'] });
      try {
        await workbench.command('Jetson Pipelines: Add Device');
        const widget = workbench.page.locator('.quick-input-widget');
        await widget.locator('.monaco-list-row').filter({ hasText: 'Address' }).click();
        await widget.filter({ hasText: 'as ssh takes it' }).waitFor();
        const input = widget.locator('input');
        await input.first().fill(`${other.user}@localhost:${other.port}`);
        await input.first().press('Enter');
        await workbench.page.locator('.monaco-dialog-box').getByText('Trust and Connect').click();
        await widget.filter({ hasText: 'Password of' }).waitFor();
        await widget.locator('input[type=password]').fill('wrong');
        await workbench.page.keyboard.press('Enter');
        await widget.filter({ hasText: 'That was not accepted' }).waitFor();
        await editor.picture(workbench, 'a password that was wrong');
        await widget.locator('input[type=password]').fill(other.password);
        await workbench.page.keyboard.press('Enter');
        await row(/localhost(?!.*not).*connected/).waitFor();
        await workbench.command('Jetson Pipelines: Disconnect from Device');
        await workbench.pick('localhost');
        await row(/localhost.*not connected/).waitFor();
        await workbench.command('Jetson Pipelines: Connect to Device');
        await workbench.pick('localhost');
        await row(/localhost(?!.*not).*connected/).waitFor();
        await workbench.command('Jetson Pipelines: Remove Device');
        await workbench.pick('localhost');
        await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove' }).click();
        await row('localhost').waitFor({ state: 'detached' });
      } finally {
        await other.stop();
      }
    });

    step('it is disconnected', async () => {
      await workbench.command('Jetson Pipelines: Disconnect from Device');
      await row(/127\.0\.0\.1.*not connected/).waitFor();
      await until(() => sshd.processes().length === 0);
    });

    step('the editor is closed in the middle of a run, and its file is whole', async () => {
      await workbench.command('Jetson Pipelines: Choose Run Options');
      const list = workbench.page.locator('.quick-input-list .monaco-list-row');
      await list.filter({ hasText: 'All as it comes' }).click();
      await list.filter({ hasText: 'All as it comes' }).waitFor({ state: 'detached' });
      await workbench.escape();
      await workbench.openFile('record.sh');
      await workbench.goTo(3, 20);
      await workbench.command('Jetson Pipelines: Run on Jetson');
      await row(/videotestsrc.*runs since/).waitFor();
      await printed('New clock');
      await editor.server.stop();
      await until(() => sshd.processes().length === 0, 30_000);
      assert.match(discovered(), /H\.264/);
    });
  });
}
