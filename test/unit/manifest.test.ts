/** What the manifest promises is there, and everything that a person meets in it has a name and a description. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { commands, configuration, languages, menus, viewsWelcome, walkthroughs, views } = manifest.contributes;
const ids = new Set<string>(commands.map(({ command }: { command: string }) => command));

/** Commands of the editor that our texts lead to. */
const OF_THE_EDITOR = ['workbench.trust.manage'];

const commandsIn = (text: string): string[] => [...text.matchAll(/\(command:([\w.]+)/g)].map((hit) => hit[1]!);

describe('the manifest', () => {
  it('gives every command a title, a category and a picture', () => {
    for (const { command, title, category, icon } of commands) {
      assert.match(command, /^jetsonPipelines\.[a-z]\w+$/);
      assert.match(title, /^[A-Z][^.]+$/, command);
      assert.equal(category, 'Jetson Pipelines', command);
      assert.match(icon ?? '', /^\$\([a-z-]+\)$/, command);
    }
  });

  it('gives every setting a description and a default', () => {
    for (const [name, setting] of Object.entries<Record<string, unknown>>(configuration.properties)) {
      const text = String(setting.markdownDescription ?? setting.description ?? '');
      assert.match(text, /^[A-Z].{20,}[.)]$/s, name);
      assert.notEqual(setting.default, undefined, name);
      assert.ok(setting.scope, name);
      if (Array.isArray(setting.enum)) {
        assert.equal(
          (setting.enumDescriptions as unknown[] | undefined)?.length ?? setting.enum.length,
          setting.enum.length,
        );
      }
    }
  });

  it('names commands that there are, in menus, empty views and the walkthrough', () => {
    for (const entries of Object.values<{ command: string; when?: string }[]>(menus)) {
      for (const { command, when } of entries) {
        assert.ok(ids.has(command), command);
        assert.ok(when, `${command} is in a menu without a condition`);
      }
    }
    const texts = [
      ...viewsWelcome.map(({ contents }: { contents: string }) => contents),
      ...walkthroughs.flatMap(({ steps }: { steps: { description: string }[] }) =>
        steps.map(({ description }) => description),
      ),
    ];
    for (const command of texts.flatMap(commandsIn)) {
      assert.ok(ids.has(command) || OF_THE_EDITOR.includes(command), command);
    }
  });

  it('has a walkthrough whose steps have a button, a picture with words for it, and an end', () => {
    const steps = walkthroughs.flatMap((one: { steps: unknown[] }) => one.steps);
    assert.ok(steps.length >= 5);
    for (const { id, title, description, media, completionEvents } of steps) {
      assert.ok(title && commandsIn(description).length > 0, id);
      const picture = readFileSync(join(root, media.svg), 'utf8');
      assert.ok(picture.includes(`<title>${media.altText}</title>`), id);
      assert.ok(!/<script|href=|onload/.test(picture), id);
      for (const event of completionEvents) assert.match(event, /^on(?:Command|SettingChanged):jetsonPipelines\./);
    }
  });

  it('has an icon for every language, in light and in dark', () => {
    for (const { id, icon } of languages) {
      for (const theme of ['light', 'dark']) assert.ok(existsSync(join(root, icon[theme])), `${id} ${theme}`);
    }
  });

  it('says in every view of its own what to do while it is empty', () => {
    const trees = Object.values<{ id: string; type?: string }[]>(views).flat();
    for (const { id } of trees.filter(({ type }) => type !== 'webview')) {
      assert.ok(
        viewsWelcome.some(({ view }: { view: string }) => view === id),
        id,
      );
    }
  });
});
