/** A drawing of the page as a file of its own: colours and fonts of the theme are written into it. */

const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
];

/** The SVG's text, on the editor's background. */
export function standalone(drawn: SVGSVGElement): string {
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const originals = [...drawn.querySelectorAll('*')];
  [...copy.querySelectorAll('*')].forEach((element, i) => {
    const original = originals[i];
    if (!original || !/^(?:path|polygon|polyline|ellipse|circle|rect|line|text|tspan)$/.test(element.localName)) return;
    const style = getComputedStyle(original);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value !== '') element.setAttribute(name, value);
    }
    element.removeAttribute('class');
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const [x = 0, y = 0, width = 0, height = 0] = (drawn.getAttribute('viewBox') ?? '').split(/[ ,]+/).map(Number);
  const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const color = getComputedStyle(document.body).backgroundColor;
  for (const [name, value] of Object.entries({ x, y, width, height, fill: color }))
    back.setAttribute(name, String(value));
  copy.prepend(back);
  copy.setAttribute('width', `${width}pt`);
  copy.setAttribute('height', `${height}pt`);
  return new XMLSerializer().serializeToString(copy);
}

/** Base64 of the picture as PNG, two pixels a point. */
export async function pngOf(svg: string, { width, height }: { width: number; height: number }): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${btoa(Array.from(new TextEncoder().encode(svg), (byte) => String.fromCharCode(byte)).join(''))}`;
  await image.decode();
  // Browsers refuse canvases that are larger.
  const scale = Math.min(2, 8_000 / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.ceil(width * scale));
  canvas.height = Math.max(1, Math.ceil(height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}
