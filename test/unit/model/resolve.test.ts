import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pipeline } from '../../../server/src/model/pipeline.ts';
import { resolve } from '../../../server/src/model/resolve.ts';
import { parseLaunch } from '../../../server/src/syntax/launch/parser.ts';
import { HOLE } from '../../../server/src/text/excerpt.ts';
import { targetNamed } from '../../support/world.ts';

const target = targetNamed('pc gstreamer-1.22');

const pipelineOf = (text: string, words = 'pc gstreamer-1.22'): Pipeline =>
  resolve(parseLaunch(text, { gstreamer: target.gstreamer, arch: target.arch }), targetNamed(words));

const names = (text: string, words?: string): string =>
  pipelineOf(text, words)
    .elements.map(({ name }) => name)
    .join(' ');

const links = (text: string): string =>
  pipelineOf(text)
    .links.map(({ from, to }) => `${from.element.name}${dotted(from.pad)} > ${to.element.name}${dotted(to.pad)}`)
    .join(', ');

const dotted = (pad: string | undefined): string => (pad === undefined ? '' : `.${pad}`);

describe('automatic names', () => {
  it('count by type', () => {
    assert.equal(names('videotestsrc ! queue ! queue ! fakesink'), 'videotestsrc0 queue0 queue1 fakesink0');
  });
  it('keep digits apart', () => {
    assert.equal(names('avdec_h264 ! queue2 ! fakesink'), 'avdec_h264-0 queue2-0 fakesink0');
  });
  it('are not used up by given ones from 1.22 on', () => {
    assert.equal(names('queue name=a ! queue'), 'a queue0');
    assert.equal(names('queue name=a ! queue', 'pc gstreamer-1.20'), 'a queue1');
  });
  it('of bins come after what they hold', () => {
    assert.equal(
      names('( videotestsrc ! fakesink ) ( name=b fakesrc ! fakesink )'),
      'videotestsrc0 fakesink0 bin0 fakesrc0 fakesink1 b',
    );
  });
  it('take the first of two given names from 1.22 on, and the last before', () => {
    assert.equal(names('fakesrc name=a name=b'), 'a');
    assert.equal(names('fakesrc name=a name=b', 'pc gstreamer-1.20'), 'b');
  });
});

describe('links', () => {
  it('run along the chain, with the pads that are certain', () => {
    assert.equal(
      links('videotestsrc ! queue ! fakesink'),
      'videotestsrc0.src > queue0.sink, queue0.src > fakesink0.sink',
    );
  });
  it('reach names before they are defined, and automatic ones', () => {
    assert.equal(
      links('videotestsrc ! q. queue name=q ! fakesink'),
      'videotestsrc0.src > q.sink, q.src > fakesink0.sink',
    );
    assert.equal(links('videotestsrc ! queue0. queue'), 'videotestsrc0.src > queue0.sink');
  });
  it('reach into bins by name, and through a bin to its ends', () => {
    assert.equal(links('( queue name=q ) videotestsrc ! q.'), 'videotestsrc0.src > q.sink');
    assert.equal(
      links('videotestsrc ! ( queue ! queue ) ! fakesink'),
      'queue0.src > queue1.sink, videotestsrc0.src > queue0.sink, queue1.src > fakesink0.sink',
    );
  });
  it('pair the pads of lists', () => {
    assert.equal(
      links('tee name=t t.src_0,src_1 ! f.sink_0,sink_1 funnel name=f'),
      't.src_0 > f.sink_0, t.src_1 > f.sink_1',
    );
  });
  it('wait for pads that appear later', () => {
    const [first, second] = pipelineOf('filesrc ! qtdemux ! fakesink').links;
    assert.equal(first?.delayed, false);
    assert.equal(second?.delayed, false);
    assert.equal(pipelineOf('decodebin ! fakesink').links[0]?.delayed, true);
  });
  it('leave out what has no name, and say so', () => {
    const { links: made, loose } = pipelineOf('videotestsrc ! nobody. nobody. ! fakesink');
    assert.equal(made.length, 0);
    assert.equal(loose.length, 2);
  });
});

describe('what GStreamer leaves out', () => {
  it('is the second of a name in the same bin', () => {
    const pipeline = pipelineOf('fakesrc name=a ! fakesink name=a');
    assert.deepEqual(
      pipeline.dropped.map(({ factory }) => factory),
      ['fakesink'],
    );
    assert.equal(pipelineOf('( fakesrc name=a ) ( fakesrc name=a )').dropped.length, 0);
  });
  it('is what stands in the parentheses of an element that is no bin', () => {
    const pipeline = pipelineOf('queue.( fakesrc ! fakesink )');
    assert.equal(pipeline.elements.map(({ name }) => name).join(' '), 'queue0');
    assert.equal(pipeline.dropped.length, 2);
  });
  it('is a bin of an unknown type, but not its children', () => {
    assert.equal(names('nosuchbin.( fakesrc ! fakesink )'), 'fakesrc0 fakesink0');
  });
});

describe('URIs', () => {
  it('become the element of the highest rank', () => {
    assert.equal(names('file:///tmp/a ! fakesink'), 'filesrc0 fakesink0');
    assert.equal(names('fakesrc ! file:///tmp/a'), 'fakesrc0 filesink0');
  });
  it('of unknown protocols have no table', () => {
    assert.equal(pipelineOf('nosuch://a ! fakesink').elements[0]?.spec, undefined);
  });
});

describe('holes', () => {
  it('leave names open', () => {
    assert.equal(pipelineOf(`videotestsrc ! ${HOLE}${HOLE} ! fakesink`).open, true);
    assert.equal(pipelineOf(`videotestsrc name=${HOLE} ! fakesink`).open, true);
    assert.equal(pipelineOf('videotestsrc ! fakesink').open, false);
  });
  it('leave values unknown', () => {
    assert.equal(pipelineOf(`fakesrc num-buffers=${HOLE}`).elements[0]?.settings[0]?.value, undefined);
  });
});

describe('settings', () => {
  it('know the property, the path and what is set again', () => {
    const [element] = pipelineOf('compositor sink_0::xpos=1 background=1 background=2 nosuch_thing=3').elements;
    assert.deepEqual(
      element?.settings.map(({ path, name, spec, overridden }) => [path.join(), name, spec !== undefined, overridden]),
      [
        ['sink_0', 'xpos', true, false],
        ['', 'background', true, true],
        ['', 'background', true, false],
        ['', 'nosuch-thing', false, false],
      ],
    );
  });
});

describe('size', () => {
  it('costs no stack', () => {
    const deep = `${'( '.repeat(3000)}fakesrc${' )'.repeat(3000)}`;
    assert.equal(pipelineOf(deep).open, true, 'the parser keeps what is deeper as a hole');
    const long = `fakesrc${' ! identity'.repeat(50_000)} ! fakesink`;
    assert.equal(pipelineOf(long).links.length, 50_001);
  });
});
