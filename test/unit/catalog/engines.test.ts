/** What `schemas/elements/engines.json` says of engines and codecs: every statement names its source and speaks of what exists. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineUse } from '../../../server/src/catalog/element.ts';
import { loadTable } from '../../../server/src/disk.ts';
import { targetNamed } from '../../support/world.ts';

const { elements } = JSON.parse(loadTable('elements/engines.json')!) as { elements: Record<string, EngineUse> };
const catalogs = ['jetpack-6.2', 'jetpack-4.6'].map((words) => targetNamed(words).catalog);

for (const [name, use] of Object.entries(elements)) {
  test(`${name}: has a source, and its properties exist`, () => {
    assert.ok(use.source, 'a statement without a source');
    for (const row of use.withoutEffect ?? []) assert.ok(row.source && row.why, `${row.property} without a source`);
    const spec = catalogs.map((catalog) => catalog.element(name)).find((one) => one !== undefined);
    assert.ok(spec, 'no table has the element');
    const known = new Set(spec.properties.map((property) => property.name));
    const named = [
      ...Object.values(use.sets ?? {}),
      ...(use.pool ?? []),
      ...(use.batch ? [use.batch] : []),
      ...Object.keys(use.software?.properties ?? {}),
      ...(use.withoutEffect ?? []).flatMap((row) => [row.property, row.unless.property]),
    ];
    assert.deepEqual(
      named.filter((property) => !known.has(property)),
      [],
    );
    if (!use.software) return;
    const software = catalogs[0]!.element(use.software.element);
    const theirs = new Set(software?.properties.map((property) => property.name));
    assert.deepEqual(
      Object.values(use.software.properties)
        .map((one) => one.to)
        .filter((property) => !theirs.has(property)),
      [],
    );
  });
}
