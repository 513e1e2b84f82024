import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { configurationOf, readConfigFile } from '../../../server/src/model/config-file.ts';
import { bundledFormats } from '../../support/formats.ts';

const formats = bundledFormats();
const recognised = (text: string, path = 'x.txt', format?: string): string => {
  const file = readConfigFile(text, formats, { path, ...(format ? { format } : {}) });
  return `${file.format?.id} by ${file.recognisedBy}`;
};

describe('a format is recognised', () => {
  it('by its groups and keys', () => {
    assert.equal(recognised('[osd]\nenable=1\n[sink0]\nenable=1\ntype=2\n'), 'deepstream-app by keys');
    assert.equal(recognised('[property]\nnetwork-mode=2\nonnx-file=a.onnx\n'), 'nvinfer by keys');
    assert.equal(recognised('[property]\nenable=1\n[line-crossing-stream-0]\nenable=1\n'), 'nvdsanalytics by keys');
    assert.equal(recognised('[message-broker]\nproto-cfg="a=b"\n'), 'nvmsgbroker-kafka by keys');
    assert.equal(recognised('BaseConfig:\n  minDetectorConfidence: 0\n', 'x.yml'), 'nvtracker by keys');
    assert.equal(recognised('infer_config {\n  unique_id: 1\n}\n'), 'nvinferserver by keys');
  });

  it('by keys that are commented out, where there are no others', () => {
    assert.equal(recognised('[message-broker]\n#exchange=amq.topic\n'), 'nvmsgbroker-amqp by keys');
  });

  it('by the file that refers to it', () => {
    assert.equal(
      recognised('[message-broker]\ntopic=a\n', 'x.txt', 'nvmsgbroker-azure'),
      'nvmsgbroker-azure by reference',
    );
  });

  it('by its name', () => {
    assert.equal(recognised('[message-broker]\npartition-key=id\n', 'a/cfg_kafka.txt'), 'nvmsgbroker-kafka by name');
  });

  it('as a broker file whose adapter is not known', () => {
    assert.equal(recognised('[message-broker]\npartition-key=id\n'), 'nvmsgbroker-other by keys');
  });

  it('by a comment, whatever else is there', () => {
    assert.equal(recognised('# gst-lint: format nvdsmetamux\n[property]\nnetwork-mode=2\n'), 'nvdsmetamux by comment');
  });

  for (const text of [
    'Meeting notes\n\n[draft] buy milk = yes\n',
    '[net]\nbatch=64\nwidth=416\n[convolutional]\nfilters=32\n',
    '[user]\nname=A\nemail=a@b.c\n',
    '[Unit]\nDescription=x\n[Service]\nType=simple\n',
    'numpy==1.2\nrequests\n',
    '',
  ]) {
    it(`not in ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.equal(configurationOf(text, formats, { path: 'notes.txt' }), undefined);
    });
  }

  it('not in prose that shows a configuration', () => {
    const prose = `${'A line of prose about video.\n'.repeat(40)}[osd]\nenable=1\n[sink0]\nenable=1\ntype=2\n`;
    assert.equal(configurationOf(prose, formats, { path: 'guide.txt' }), undefined);
  });

  it('as nothing known where a person says that it is a configuration', () => {
    assert.deepEqual(configurationOf('[x]\n', formats, { path: 'a', languageId: 'deepstream-config' }), {
      format: undefined,
      syntax: 'ini',
    });
  });
});

describe('the tables of formats', () => {
  const folder = new URL('../../../schemas/', import.meta.url);
  const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
  const names = readdirSync(new URL('configs/', folder)).filter((name) => name !== 'index.json');

  it('are all in the index', () => {
    assert.deepEqual(json('configs/index.json'), { formats: names.map((name) => name.replace('.json', '')).sort() });
  });

  it('keep to their schema', () => {
    const check = new Ajv({ allErrors: true }).compile(json('meta/config.schema.json') as object);
    for (const name of names) assert.ok(check(json(`configs/${name}`)), `${name}: ${JSON.stringify(check.errors)}`);
  });

  it('name keys and sections once, and successors that exist', () => {
    for (const format of formats) {
      const sections = format.sections.map((section) => section.name);
      assert.equal(new Set(sections).size, sections.length, format.id);
      for (const section of format.sections) {
        const keys = section.keys.map((key) => key.name);
        assert.equal(new Set(keys).size, keys.length, `${format.id} ${section.name}`);
      }
      const all = new Set(format.sections.flatMap((section) => section.keys.map((key) => key.name)));
      for (const key of format.sections.flatMap((section) => section.keys)) {
        if (key.replacedBy) assert.ok(all.has(key.replacedBy), `${format.id} ${key.name}: ${key.replacedBy}`);
      }
    }
  });
});
