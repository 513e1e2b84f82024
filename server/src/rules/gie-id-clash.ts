/** Finds inference elements that were given the same number. */
import type { Rule } from '../model/finding.ts';
import type { Element, Setting } from '../model/pipeline.ts';
import { isWhole } from '../model/program.ts';

export const rule: Rule = {
  id: 'gie-id-clash',
  title: 'Two inference elements have the same unique-id',
  why:
    'What an inference element finds is marked with its unique-id. With the same number on two of them nothing behind can tell whose ' +
    'objects and labels these are: a second stage works on the wrong ones, and programs read them wrongly.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! m.sink_0 nvstreammux name=m batch-size=1 width=1280 height=720 live-source=true ! nvinfer config-file-path=cars.txt unique-id=1 ! nvinfer config-file-path=plates.txt unique-id=1 ! fakesink',
      good: 'nvarguscamerasrc ! m.sink_0 nvstreammux name=m batch-size=1 width=1280 height=720 live-source=true ! nvinfer config-file-path=cars.txt unique-id=1 ! nvinfer config-file-path=plates.txt unique-id=2 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || !isWhole(reading)) return;
    const owners = new Map<string, Element>();
    for (const element of reading.pipeline.elements) {
      const setting = idOf(element);
      if (setting?.value === undefined) continue;
      const owner = owners.get(setting.value);
      if (!owner) owners.set(setting.value, element);
      else {
        yield {
          span: setting.span,
          message: `${owner.name} has the unique-id ${setting.value} as well: nothing behind can tell their objects apart. Give each its own number.`,
          related: [{ span: owner.span, message: `${owner.name} has it first` }],
        };
      }
    }
  },
};

function idOf(element: Element): Setting | undefined {
  const infers = element.spec?.roles?.infers;
  return infers && element.settings.findLast((one) => one.name === infers.id && one.path.length === 0);
}
