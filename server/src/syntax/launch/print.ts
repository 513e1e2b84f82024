/**
 * The tree as text again, one blank between words and one chain a line. Values, caps and names are printed as they were
 * written. Formatting with regard to the width of lines is not done here.
 */
import type { Span } from '../../text/span.ts';
import type { Chain, ElementNode, Item, LaunchTree, LinkNode, PresetNode, PropertyNode, Word } from './tree.ts';

/**
 * Text that GStreamer reads as the same tree, for a tree without problems of the grammar. Holes are printed as they stand
 * in the tree's text. Bins may nest as deeply as trees do.
 */
export function printLaunch(tree: Pick<LaunchTree, 'text' | 'chains'>): string {
  return joined(printChains(tree.text, tree.chains));
}

function printChains(text: string, chains: readonly Chain[]): string[] {
  return chains.flatMap((chain, i) => [...(i > 0 ? ['\n'] : []), ...printChain(text, chain)]);
}

function printChain(text: string, chain: Chain): string[] {
  const groups: string[][] = [];
  let next = 0;
  for (const link of chain.links) {
    if (link.before !== undefined) for (; next <= link.before; next++) groups.push(printItem(text, chain.items[next]!));
    if (isNode(chain.items[link.before ?? -1])) groups.push(printPads(link.fromPads));
    groups.push([printLink(text, link)]);
    if (isNode(chain.items[link.after ?? -1])) groups.push(printPads(link.toPads));
  }
  for (; next < chain.items.length; next++) groups.push(printItem(text, chain.items[next]!));
  return groups.flat();
}

/** Pads of a reference are printed with its name, pads of what has no name of its own beside the link. */
const isNode = (item: Item | undefined): boolean => item?.kind === 'element' || item?.kind === 'bin';

const printPads = (pads: readonly Word[]): string[] => (pads.length === 0 ? [] : [`.${names(pads)}`]);
const names = (pads: readonly Word[]): string => pads.map((pad) => pad.text).join(',');

/** The closing operator is `!` always: a `:` would reach for the next one behind it. */
function printLink(text: string, link: LinkNode): string {
  const operator = link.all ? ':' : '!';
  return link.filter ? `${operator} ${slice(text, link.filter.span)} !` : operator;
}

function printItem(text: string, item: Item): string[] {
  switch (item.kind) {
    case 'element':
      return printElement(text, item);
    case 'bin':
      return [
        item.factory ? `${item.factory.text}.(` : '(',
        ...item.settings.map((setting) => printSetting(text, setting)),
        ...printChains(text, item.chains),
        ...(item.closed ? [')'] : []),
      ];
    case 'reference':
      return [`${item.element?.text ?? ''}.${names(item.pads)}`];
    case 'uri':
    case 'hole':
      return [slice(text, item.span)];
  }
}

const printElement = (text: string, element: ElementNode): string[] => [
  element.factory.text,
  ...element.settings.map((setting) => printSetting(text, setting)),
];

const printSetting = (text: string, setting: PropertyNode | PresetNode): string =>
  `${setting.kind === 'preset' ? '@preset' : setting.name.text}=${slice(text, setting.value.span)}`;

/** Words with blanks between. A blank behind a backslash would belong to the word, a line feed does not. */
function joined(words: readonly string[]): string {
  const pieces: string[] = [];
  let before = '\n';
  for (const word of words) {
    if (word === '\n') {
      if (before !== '\n') pieces.push('\n');
    } else {
      if (before !== '\n') pieces.push(before.endsWith('\\') ? '\n' : ' ');
      pieces.push(word);
    }
    before = word;
  }
  return pieces.join('');
}

const slice = (text: string, span: Span): string => text.slice(span.start, span.end);
