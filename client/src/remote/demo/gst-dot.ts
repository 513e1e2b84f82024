/** The dot file that GStreamer writes of a pipeline (gst/gstdebugutils.c), for the demo device. */
import type { Rehearsal, RehearsedElement } from '../../../../server/src/protocol.ts';

/** `change` is the end of the file's name: `READY_PAUSED`, `PAUSED_PLAYING`, `snapshot`, `error`. */
export function dotOf({ elements, links }: Rehearsal, change: string): string {
  const state = { NULL_READY: '-', READY_PAUSED: '=' }[change] ?? '>';
  const id = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_');
  const address = (at: number): string => `0xaaab${(0x1000000 + at * 0x560).toString(16)}`;
  const place = new Map(elements.map((element, at) => [element.name, at]));
  const pad = (element: string, name: string): string => {
    const at = place.get(element) ?? 0;
    return `${id(element)}_${address(at)}_${id(name)}_${address(at * 8 + 3)}`;
  };
  const lines = [
    'digraph pipeline {',
    '  rankdir=LR;',
    '  fontname="sans";',
    '  fontsize="10";',
    '  labelloc=t;',
    '  nodesep=.1;',
    '  ranksep=.2;',
    `  label="<GstPipeline>\\npipeline0\\n[${state}]";`,
    '  node [style="filled,rounded", shape=box, fontsize="9", fontname="sans", margin="0.0,0.0"];',
    '  edge [labelfontsize="6", fontsize="9", fontname="monospace"];',
  ];
  for (const [at, element] of elements.entries()) {
    const name = `cluster_${id(element.name)}_${address(at)}`;
    lines.push(
      `  subgraph ${name} {`,
      '    fontname="Bitstream Vera Sans";',
      '    fontsize="8";',
      '    style="filled,rounded";',
      '    color=black;',
      `    label="${labelOf(element, state)}";`,
    );
    for (const [side, key, colour] of [
      ['sink', 'to', '#aaaaff'],
      ['src', 'from', '#ffaaaa'],
    ] as const) {
      const pads = [
        ...new Set(
          links.filter((link) => link[key] === element.name).map((link) => (key === 'to' ? link.toPad : link.fromPad)),
        ),
      ];
      if (pads.length === 0) continue;
      lines.push(`    subgraph ${name}_${side} {`, '      label="";', '      style="invis";');
      for (const one of pads) {
        lines.push(
          `      ${pad(element.name, one)} [color=black, fillcolor="${colour}", label="${one}\\n[>][bfb]", height="0.2", style="filled,solid"];`,
        );
      }
      lines.push('    }');
    }
    const fill = { source: '#ffaaaa', sink: '#aaaaff', other: '#aaffaa' }[element.does];
    lines.push(`    fillcolor="${fill}";`, '  }', '');
  }
  for (const { from, to, fromPad, toPad, caps } of links) {
    const label = state === '-' || caps === '' || caps === 'EMPTY' ? '' : ` [label="${capsLabel(caps)}"]`;
    lines.push(`  ${pad(from, fromPad)} -> ${pad(to, toPad)}${label}`);
  }
  lines.push('}', '');
  return lines.join('\n');
}

function labelOf({ typeName, name, settings }: RehearsedElement, state: string): string {
  const shown = settings.map((one) => {
    const [key, ...value] = one.split('=');
    const text = value.join('=');
    return `${key}=${/^-?[\d.]+$|^(?:true|false|TRUE|FALSE)$/.test(text) ? text : `\\"${text.replace(/[\\"]/g, '')}\\"`}`;
  });
  return [typeName, name, `[${state}]`, ...shown].join('\\n');
}

function capsLabel(caps: string): string {
  const [media = '', ...fields] = caps.split(/,\s+(?=[\w-]+=)/);
  const lines = fields.map((field) => {
    const [name = '', ...value] = field.split('=');
    return `${name.padStart(22)}: ${value.join('=').replace(/^\(\w+\)/, '')}\\l`;
  });
  return `${media}\\l${lines.join('')}`.replace(/"/g, '\\"');
}
