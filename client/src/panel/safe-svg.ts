/** An SVG text as elements of the page: shapes and text are taken, links, scripts, styles and all else are left out. */

const ELEMENTS: ReadonlySet<string> = new Set(
  'svg g path polygon polyline ellipse circle rect line text tspan title'.split(' '),
);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  'd points cx cy r rx ry x y x1 y1 x2 y2 transform viewBox width height fill stroke stroke-width stroke-dasharray text-anchor font-family font-size font-weight font-style id class fill-opacity stroke-opacity'.split(
    ' ',
  ),
);

/** Undefined where the text is no SVG. */
export function safeSvg(text: string): SVGSVGElement | undefined {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  const root = parsed.documentElement;
  if (root.localName !== 'svg') return undefined;
  return copy(root) as SVGSVGElement;
}

function copy(source: Element): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', source.localName);
  for (const { name, value } of source.attributes) {
    if (ATTRIBUTES.has(name) && !/url\(/i.test(value)) element.setAttribute(name, value);
  }
  take(source, element);
  return element as SVGElement;
}

/** What a link holds is taken without the link. */
function take(source: Element, into: Element): void {
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) into.append(child.textContent ?? '');
    else if (child instanceof Element) {
      if (ELEMENTS.has(child.localName) && child.localName !== 'svg') into.append(copy(child));
      else if (child.localName === 'a') take(child, into);
    }
  }
}
