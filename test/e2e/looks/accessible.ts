/**
 * What a page of ours must hold for everybody: each control has a name, the keyboard reaches each in the order in which
 * they stand and shows where it is, and text stands out from what lies behind it (WCAG 2.2, 1.4.3: 4.5 to 1, 3 to 1 for
 * large text). Looks at what is rendered; text over pictures of the user's is not judged.
 */
import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';

/** Fails with everything that a page lacks. */
export async function assertAccessible(page: Page, frame: Frame, name: string): Promise<void> {
  // The compiler of the tests gives functions their names by a helper, which a page does not have.
  await frame.evaluate('globalThis.__name = (one) => one');
  const lacks = await frame.evaluate(look);
  assert.deepEqual(lacks, [], `${name} in ${await frame.locator('body').getAttribute('data-vscode-theme-kind')}`);
  await assertTabOrder(page, frame, name);
}

/** Walks through the page by the Tab key, again where the page was drawn anew in the middle of it. */
async function assertTabOrder(page: Page, frame: Frame, name: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await walk(page, frame, name);
    } catch (error) {
      if (tries === 4) throw error;
      await page.waitForTimeout(500);
    }
  }
}

async function walk(page: Page, frame: Frame, name: string): Promise<void> {
  const expected = await frame.evaluate(stops);
  assert.ok(expected.length > 0, `${name}: nothing can be reached`);
  const reached: string[] = [];
  for (const _ of expected) {
    const { at, visible, moved } = await step(page, frame, reached.length === 0);
    assert.ok(moved, `${name}: the Tab key does not lead away from ${at}`);
    assert.ok(visible, `${name}: one does not see that ${at} has the focus`);
    reached.push(at);
  }
  assert.deepEqual(reached, expected, `${name}: the order of the Tab key`);
}

/** Presses Tab, again where it was swallowed: by the editor, which gives a page the focus late, or by a page that is drawn anew. */
async function step(page: Page, frame: Frame, first: boolean): Promise<ReturnType<typeof focused>> {
  for (let tries = 0; ; tries++) {
    if (first) {
      await frame.evaluate(
        `(window.focus(), document.activeElement?.blur(), getSelection()?.removeAllRanges(), document.body.setAttribute('tabindex', '-1'), document.body.focus(), globalThis.focusedBefore = document.body)`,
      );
    }
    await page.keyboard.press('Tab');
    const found = await frame.evaluate(focused);
    if (found.moved || tries === 10) return found;
    await page.waitForTimeout(200);
  }
}

// What follows runs in the page, each function by itself. The page's own types are not known here.

/* biome-ignore-start lint/suspicious/noExplicitAny: the page's globals are not this program's. */

function stops(): string[] {
  const { document } = globalThis as any;
  const found = [...document.querySelectorAll('button, select, input, textarea, summary, a[href], [tabindex]')];
  const shown = found.filter(
    (one: any) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length > 0 && one !== document.body,
  );
  return shown.map((one: any) => `${one.localName} ${one.getAttribute('aria-label') ?? one.textContent}`.slice(0, 60));
}

function focused(): { at: string; visible: boolean; moved: boolean } {
  const { document, getComputedStyle } = globalThis as any;
  const one = document.activeElement;
  const moved = one !== (globalThis as any).focusedBefore;
  (globalThis as any).focusedBefore = one;
  const at = `${one.localName} ${one.getAttribute('aria-label') ?? one.textContent}`.slice(0, 60);
  const style = getComputedStyle(one);
  // A shape of a drawing has no outline of its own everywhere; it is filled while it has the focus.
  const visible = style.outlineStyle !== 'none' || (one.localName === 'circle' && style.fill === style.stroke);
  return { at, moved, visible: visible || (one.localName === 'circle' && one.matches(':focus')) };
}

function look(): string[] {
  const { document, getComputedStyle, NodeFilter } = globalThis as any;
  const lacks: string[] = [];

  for (const one of document.querySelectorAll('button, select, input, textarea, meter, [role], [tabindex]')) {
    if (one.getClientRects().length === 0 || one === document.body) continue;
    const labels = [...(one.labels ?? [])].map((label: any) => label.textContent);
    const name = [one.getAttribute('aria-label'), ...labels, one.textContent, one.getAttribute('title')];
    if (!name.some((text: any) => text?.trim())) lacks.push(`no name: ${one.outerHTML.slice(0, 80)}`);
  }
  if (!document.documentElement.lang) lacks.push('no language');
  if (!document.title) lacks.push('no title');
  if (!document.querySelector('main')) lacks.push('no main');

  type Colour = [number, number, number, number];
  const colourOf = (text: string): Colour | undefined => {
    const numbers = [...text.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map((hit) => Number(hit[0]));
    if (/^rgba?\(/.test(text)) return [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3] ?? 1];
    if (/^color\(srgb/.test(text)) return [numbers[0]! * 255, numbers[1]! * 255, numbers[2]! * 255, numbers[3] ?? 1];
    return undefined;
  };
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (i: 0 | 1 | 2): number => top[i] * top[3] + below[i] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const light = ([r, g, b]: Colour): number => {
    const part = (value: number): number =>
      value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (a: Colour, b: Colour): number => {
    const [one, two] = [light(a), light(b)].sort((x, y) => y - x);
    return (one! + 0.05) / (two! + 0.05);
  };
  /** What lies behind an element: the backgrounds of all around it, one over the other; in a drawing, the shape too. */
  const behind = (element: any): Colour => {
    const layers: Colour[] = [];
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (one.localName === 'g') {
        const box = one.classList.contains('node') ? one.querySelector('path, polygon') : null;
        const fill = box ? colourOf(getComputedStyle(box).fill) : undefined;
        if (fill) layers.push(fill);
      }
      const colour = colourOf(style.backgroundColor);
      if (colour && colour[3] > 0) layers.push(colour);
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1] as Colour);
  };
  const opacityOf = (element: any): number => {
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
    return opacity;
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (text === '' || !element || element.closest('script, style, title, option, datalist, .foreign .canvas'))
      continue;
    if (element.getClientRects().length === 0 || element.closest(':disabled')) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden') continue;
    const drawn = element.namespaceURI.endsWith('svg');
    const own = colourOf(drawn ? style.fill : style.color);
    if (!own) continue;
    // A text of the canvas has a rim in the colour of the editor.
    const rim = drawn && style.paintOrder.startsWith('stroke') ? colourOf(style.stroke) : undefined;
    const ground = rim ?? behind(element);
    const shown = over([own[0], own[1], own[2], own[3] * opacityOf(element)], ground);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = contrast(shown, ground);
    if (found < (large ? 3 : 4.5)) {
      lacks.push(`contrast ${found.toFixed(2)}: "${text.slice(0, 40)}" ${style.color} on ${ground.map(Math.round)}`);
    }
  }
  return [...new Set(lacks)];
}
/* biome-ignore-end lint/suspicious/noExplicitAny: the page's globals are not this program's. */
