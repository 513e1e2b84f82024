/** Looks for the parse function in the sources that lie beside its library. */
import { groupOf } from '../model/app-config.ts';
import { sectionNamed } from '../model/config-file.ts';
import { isOpen } from '../model/config-value.ts';
import type { Around, Rule } from '../model/finding.ts';
import { type Export, exportOf } from '../model/program-source.ts';

export const rule: Rule = {
  id: 'parser-not-exported',
  title: 'The library does not give out the parse function',
  why:
    'nvinfer looks the function up by its name when it starts, and ends where the library has none of that name (INF-33). A ' +
    'function that is static is not in the list of names; one that is compiled as C++ is there under another name, unless ' +
    'extern "C" says otherwise. The sources beside the library are read for it.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nbatch-size=1\nnum-detected-classes=4\nparse-bbox-func-name=ReadCars\ncustom-lib-path=parser/libcars.so\n',
      good: '[property]\nonnx-file=cars.onnx\nbatch-size=1\nnum-detected-classes=4\nparse-bbox-func-name=ReadBuses\ncustom-lib-path=parser/libcars.so\n',
      files: {
        'cars.onnx': '',
        'parser/libcars.so': '',
        'parser/cars.cpp':
          'static bool ReadCars(int count) {\n  return count > 0;\n}\nextern "C" bool ReadBuses(int count) {\n  return ReadCars(count);\n}\n',
      },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    const library = property.key('custom-lib-path');
    const path = library?.value.trim();
    if (!library || !path || isOpen(path)) return;
    for (const name of FUNCTIONS) {
      const key = property.key(name);
      const wanted = key?.value.trim();
      if (!key || !wanted || !/^[A-Za-z_]\w*$/.test(wanted)) continue;
      const found = inSources(path, wanted, around);
      if (!found || found.how === 'exported') continue;
      const file = found.file;
      yield {
        span: key.span,
        message: `${wanted} ${found.how === 'static' ? `is static in ${file}` : `has a C++ name in ${file}: extern "C" is missing`}, so the library does not give it out, and nvinfer ends at the start.`,
        related: [{ path: file, span: { start: 0, end: 0 }, message: 'the source of the library' }],
      };
    }
  },
};

const FUNCTIONS: readonly string[] = [
  'parse-bbox-func-name',
  'parse-bbox-instance-mask-func-name',
  'parse-classifier-func-name',
  'parse-segmentation-func-name',
  'engine-create-func-name',
];

/**
 * How the sources in the library's folder have the function; undefined where none has it: the library may be made of
 * other sources. One that gives it out is enough.
 */
function inSources(library: string, name: string, around: Around): { how: Export; file: string } | undefined {
  const folder = library.includes('/') ? library.slice(0, library.lastIndexOf('/') + 1) : '';
  let found: { how: Export; file: string } | undefined;
  for (const beside of around.beside(library)) {
    const isC = /\.c$/i.test(beside);
    if (!isC && !/\.(?:cc|cpp|cxx|cu)$/i.test(beside)) continue;
    const file = `${folder}${beside}`;
    const text = around.text(file);
    if (text === undefined) continue;
    const how = exportOf(text, name, isC);
    if (how === 'exported') return { how, file };
    if (how !== 'absent') found ??= { how, file };
  }
  return found;
}
