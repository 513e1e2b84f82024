import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfigFile } from '../../../server/src/model/config-file.ts';
import { appPipeline, launchText } from '../../../server/src/model/deepstream-app.ts';
import type { Pipeline } from '../../../server/src/model/pipeline.ts';
import { look, targetNamed } from '../../support/world.ts';

const config = `[tiled-display]
enable=1
rows=1
columns=2

[source0]
enable=1
type=5
camera-width=1280
camera-height=720
camera-fps-n=30
camera-fps-d=1

[source1]
enable=1
type=3
num-sources=2
uri=file:///data/gate%d.mp4

[source2]
enable=0
type=2
uri=file:///data/off.mp4

[streammux]
batch-size=3
width=1280
height=720

[primary-gie]
enable=1
gie-unique-id=1
config-file=infer.txt

[tracker]
enable=1
tracker-width=640
ll-lib-file=/opt/track.so

[osd]
enable=1

[sink0]
enable=1
type=3
output-file=out.mp4
bitrate=4000000

[sink1]
enable=1
type=4
enc-type=1
bitrate=2000000
`;

const pipelineFor = (text: string, words: string): Pipeline => {
  const target = targetNamed(words);
  const pipeline = appPipeline(readConfigFile(text, target.catalog.formats()), target);
  assert.ok(pipeline);
  return pipeline;
};
const factories = (pipeline: Pipeline): string[] => pipeline.elements.map(({ factory }) => factory);

describe('the pipeline of a deepstream-app configuration', () => {
  it('has the elements of the groups that are on, in order', () => {
    const pipeline = pipelineFor(config, 'orin-nx-16gb deepstream-7.1');
    assert.deepEqual(factories(pipeline), [
      'nvarguscamerasrc',
      'nvurisrcbin',
      'nvurisrcbin',
      'nvstreammux',
      'queue',
      'nvinfer',
      'nvtracker',
      'nvmultistreamtiler',
      'nvvideoconvert',
      'nvdsosd',
      'tee',
      ...['queue', 'nvvideoconvert', 'nvv4l2h264enc', 'h264parse', 'mp4mux', 'filesink'],
      ...['queue', 'nvvideoconvert', 'x264enc', 'h264parse', 'rtph264pay', 'udpsink'],
    ]);
  });

  it('points from each element to its group, and from each setting to its key', () => {
    const pipeline = pipelineFor(config, 'orin-nx-16gb');
    const said = pipeline.elements.map(({ span }) => config.slice(span.start, span.end));
    assert.equal(said[0], '[source0]');
    assert.equal(said[1], '[source1]');
    assert.equal(said.at(-1), '[sink1]');
    const bitrate = pipeline.elements.find(({ factory }) => factory === 'x264enc')?.settings[0];
    assert.equal(bitrate?.value, '2000', 'the software takes kilobits');
    assert.equal(config.slice(bitrate!.span.start, bitrate!.span.end), 'bitrate=2000000');
  });

  it('agrees on NVMM from the muxer to the tiler, and breaks no link', () => {
    const pipeline = pipelineFor(config, 'orin-nx-16gb');
    assert.deepEqual(
      pipeline.links.filter(({ agreed }) => agreed.verdict === 'broken'),
      [],
    );
    const infer = pipeline.links.find(({ from }) => from.element.factory === 'nvinfer');
    assert.equal(infer?.agreed.memory, 'nvmm');
  });

  it('takes the software encoder where the module has none and the release falls back', () => {
    assert.ok(!factories(pipelineFor(config, 'orin-nano-8gb deepstream-7.1')).includes('nvv4l2h264enc'));
    assert.ok(factories(pipelineFor(config, 'orin-nano-8gb deepstream-6.3')).includes('nvv4l2h264enc'));
  });

  it('gives each sink its stream where there is no tiler', () => {
    const text = config.replace('[tiled-display]\nenable=1', '[tiled-display]\nenable=0');
    assert.ok(factories(pipelineFor(text, 'orin-nx-16gb')).includes('nvstreamdemux'));
  });

  it('is written as a command that is read as the same elements', () => {
    const target = targetNamed('orin-nx-16gb deepstream-7.1');
    const command = launchText(readConfigFile(config, target.catalog.formats()), target);
    assert.ok(command);
    const { readings, findings } = look(command, 'shellscript', 'orin-nx-16gb deepstream-7.1');
    const reading = readings[0];
    assert.ok(reading?.kind === 'launch');
    assert.deepEqual(factories(reading.pipeline), factories(pipelineFor(config, 'orin-nx-16gb deepstream-7.1')));
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  it('is none for sources that stand in another file, and for other configurations', () => {
    const target = targetNamed('');
    for (const text of [
      'source:\n  csv-file-path: a.csv\nsink0:\n  enable: 1\n',
      '[property]\nonnx-file=a.onnx\n',
      '',
    ]) {
      assert.equal(appPipeline(readConfigFile(text, target.catalog.formats(), { path: 'a.yml' }), target), undefined);
    }
  });
});
