/**
 * A hand on the workbench of a real VS Code: what a person does and sees. Selectors hold for 1.100 to 1.139; nothing
 * sleeps, everything waits for what it needs.
 */
import path from 'node:path';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { workbenchAddress } from '../../../scripts/vscode.mjs';

/** In milliseconds. The first page is 15 MB of script. */
const START_LIMIT = 90_000;
const STEP_LIMIT = 30_000;
/** How long the quick input may take before it is opened again. */
const QUICK_LIMIT = 10_000;

const QUICK_INPUT = '.quick-input-widget input[type=text]';

export class Workbench {
  constructor(readonly page: Page) {}

  /** Opens a folder, and a file of it, in a new page. */
  static async open(
    context: BrowserContext,
    server: { readonly authority: string },
    folder: string,
    file?: string,
  ): Promise<Workbench> {
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_LIMIT);
    const workbench = new Workbench(page);
    await page.goto(workbenchAddress(server, folder, file === undefined ? [] : [path.join(folder, file)]));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: START_LIMIT });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: START_LIMIT });
    if (file !== undefined) {
      await workbench.tab(file).waitFor({ timeout: START_LIMIT });
      await workbench.editor.locator('.view-line').first().waitFor({ timeout: START_LIMIT });
    }
    return workbench;
  }

  /** The tab of the active editor, where it shows this file. */
  tab(file: string): Locator {
    return this.page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).first();
  }

  /** Runs a command of the palette by its title. Must not be called with the focus inside a webview. */
  async command(title: string): Promise<void> {
    await this.#quickInput('F1', `>${title}`, title);
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.#quickInput('Control+p', name, name);
    await this.tab(name).waitFor();
  }

  /** Chooses from an open quick pick the entry with this text. */
  async pick(text: string): Promise<void> {
    await this.page.locator(QUICK_INPUT).fill(text);
    await this.#quickChoice(text);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Puts the cursor at a place; both count from one. */
  async goTo(line: number, column: number): Promise<void> {
    await this.#quickInput('Control+g', `:${line}:${column}`);
    const input = this.page.locator('.quick-input-widget');
    // The key does nothing where it comes before the list that it would choose from.
    for (let tries = 0; ; tries++) {
      try {
        await input.waitFor({ state: 'hidden', timeout: 3_000 });
        break;
      } catch (error) {
        if (tries === 4) throw error;
        await this.page.keyboard.press('Enter');
      }
    }
    await this.page.locator('.monaco-editor.focused').waitFor();
  }

  get editor(): Locator {
    return this.page.locator('.part.editor .editor-instance').first();
  }

  /** The wavy lines of a severity in the editor. */
  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  /** Opens the Problems panel and gives its row with this text. The list holds only what is on the screen, so it is filtered. */
  async problem(text: string | RegExp): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.command('Problems: Focus on Problems View');
    const row = panel.locator('.monaco-list-row').filter({ hasText: text }).first();
    // A list that was empty for a filter stays hidden when a row comes, until it is filtered anew.
    for (let tries = 0; ; tries++) {
      await this.#filterProblems('');
      await this.#filterProblems(text);
      try {
        await row.waitFor({ timeout: 5_000 });
        return row;
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  }

  /** A comma separates what is looked for, so only what stands before it is. */
  async #filterProblems(text: string | RegExp): Promise<void> {
    const words = typeof text === 'string' ? (text.split(',')[0] ?? '') : '';
    await this.page
      .getByPlaceholder(/^Filter \(e\.g\. text/)
      .first()
      .fill(words);
  }

  /** Resolves when the Problems panel has no row with this text. */
  async problemGone(text: string): Promise<void> {
    await this.#filterProblems(text);
    const row = this.page.locator('.markers-panel .monaco-list-row').filter({ hasText: text });
    await row.first().waitFor({ state: 'detached' });
  }

  /** Rests the pointer on a word of the editor; gives the text that is shown then, once it has what is expected. */
  async hover(word: string, expected: string): Promise<string> {
    const shown = this.page.locator('.monaco-hover:visible');
    // A lens that comes late moves the text away from under the pointer.
    for (let tries = 0; ; tries++) {
      await this.editor.locator('.view-line span').filter({ hasText: word }).last().hover();
      try {
        await shown.filter({ hasText: expected }).first().waitFor({ timeout: 5_000 });
        break;
      } catch (error) {
        if (tries === 5) throw error;
        await this.page.mouse.move(0, 0);
      }
    }
    return plain((await shown.allInnerTexts()).join('\n'));
  }

  /** The quick fixes at a place. The menu stays open. */
  async quickFixes(line: number, column: number): Promise<string[]> {
    await this.command('View: Focus Active Editor Group');
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    // While the editor asks for the fixes anew, or has only just got to know the document, the key does nothing.
    for (let tries = 0; ; tries++) {
      await this.goTo(line, 1);
      await this.goTo(line, column);
      await this.page.keyboard.press('Control+.');
      try {
        await rows.first().waitFor({ timeout: 4_000 });
        break;
      } catch (error) {
        if (tries === 6) throw error;
        await this.escape();
      }
    }
    return (await rows.allInnerTexts()).map(plain);
  }

  /** Takes an entry of the open menu of quick fixes. By keyboard: a click is caught by what lies behind. */
  async takeFix(title: string): Promise<void> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    const wanted = rows.filter({ hasText: title }).first();
    await wanted.waitFor();
    for (let i = await rows.count(); i > 0; i--) {
      if (((await wanted.getAttribute('class')) ?? '').includes('focused')) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').first().waitFor({ state: 'hidden' });
  }

  /** Closes whatever menu, hover or input is open. */
  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** An entry of the status bar with this text. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** The frame of a webview whose content has this selector. A webview is a frame within a frame, without a name. */
  async webview(selector: string): Promise<Frame> {
    for (const end = Date.now() + STEP_LIMIT; ; ) {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame()) continue;
        // A frame may be gone before it has answered.
        if (
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      }
      if (Date.now() > end) throw new Error(`no webview has ${selector}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** The lines of the active editor that are on the screen. */
  async lines(): Promise<string[]> {
    return (await this.editor.locator('.view-line').allInnerTexts()).map(plain);
  }

  /**
   * Opens the quick input by a key, writes into it, and takes the entry with a text, or what was written. The input
   * closes by itself whenever something else takes the focus, as a view does that opens late: then all is done again.
   */
  async #quickInput(key: string, text: string, entry?: string): Promise<void> {
    const input = this.page.locator(QUICK_INPUT);
    for (let tries = 0; ; tries++) {
      await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: QUICK_LIMIT });
        if (entry !== undefined) await this.#quickChoice(entry, QUICK_LIMIT);
        await input.press('Enter', { timeout: QUICK_LIMIT });
        return;
      } catch (error) {
        if (tries === 4) throw error;
        // What is listed is not asked anew while the input stays open.
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Waits until Enter would take the entry with this text: lists are filled in steps. */
  async #quickChoice(text: string, timeout = STEP_LIMIT): Promise<void> {
    const focused = this.page.locator('.quick-input-list .monaco-list-row.focused');
    await focused.filter({ hasText: text }).first().waitFor({ timeout });
  }
}

/** The editor writes blanks as no-break spaces. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').trim();
