/** A page printed from a table and read again tells what the table tells. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printCaps } from '../../../server/src/caps/print.ts';
import type { ElementSpec, PropertySpec } from '../../../server/src/catalog/element.ts';
import { inspectElement } from '../../../server/src/catalog/inspect.ts';
import { inspectPage } from '../../../server/src/features/inspect-page.ts';
import { parseCaps } from '../../../server/src/syntax/caps/lower.ts';
import { factsOf } from '../../support/element-facts.ts';
import { targetNamed } from '../../support/world.ts';

const FILE = '/usr/lib/aarch64-linux-gnu/gstreamer-1.0/libgstx.so';

function again(spec: ElementSpec): ElementSpec | undefined {
  return inspectElement(inspectPage(spec, FILE, '1.20.3'), { name: spec.name, layer: 'x', source: 'y' });
}

/** Facts, caps in one spelling; a type that the table does not know is made up. */
function facts(spec: ElementSpec, of: ElementSpec): object {
  const caps = (text: string): string => {
    const { caps: parsed } = parseCaps(text);
    return parsed === undefined ? text : printCaps(parsed);
  };
  const { typeName, ...rest } = spec;
  // A value of an enumeration may be told by its number or its nick.
  const number = ({ type, default: value }: PropertySpec): string | undefined =>
    type.kind === 'enum' || type.kind === 'flags'
      ? String(type.values.find(({ nick }) => nick === value)?.value ?? value)
      : type.kind === 'caps' && value !== undefined
        ? caps(value)
        : value;
  const properties = rest.properties.map((one) => {
    const { default: _value, ...others } = one;
    const value = number(one);
    return value === undefined ? others : { ...others, default: value };
  });
  const known = of.typeName === undefined || typeName === undefined ? {} : { typeName };
  const pads = rest.pads.map((pad) => ({ ...pad, caps: caps(pad.caps) }));
  return factsOf({ ...rest, ...known, rank: rest.rank ?? 0, properties, pads });
}

describe('the page of an element', () => {
  const { catalog } = targetNamed('orin-nano-8gb deepstream-7.1');

  const all = [...catalog.heads()].flatMap(({ name }) => catalog.element(name) ?? []);

  it("is read back to the same facts, for every element of GStreamer's own", () => {
    const own = all.filter(({ complete, origin }) => complete && origin.layer.startsWith('gstreamer-'));
    assert.ok(own.length > 1000, String(own.length));
    for (const spec of own) {
      const back = again(spec);
      assert.deepEqual(back && facts(back, spec), facts(spec, spec), spec.name);
    }
  });

  it("is read back to the same pads and names of properties, for what NVIDIA's are known by", () => {
    const theirs = all.filter(({ origin }) => !origin.layer.startsWith('gstreamer-'));
    assert.ok(theirs.length > 50, String(theirs.length));
    const names = ({ pads, properties }: ElementSpec): object => ({
      pads: pads.map(({ name, direction, presence }) => [name, direction, presence]),
      properties: properties.map(({ name, type: { kind } }) => [name, kind]),
    });
    for (const spec of theirs) {
      const back = again(spec);
      assert.deepEqual(back && names(back), names(spec.complete ? spec : { ...spec, properties: [] }), spec.name);
    }
  });
});
