/** The pipeline that ends in one picture. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cutAfter, isPicture, lookWords } from '../../../client/src/remote/look-words.ts';

describe('a pipeline up to an element', () => {
  const cut = (text: string, name: string): string => cutAfter(text, text.indexOf(name));

  it('ends before the next link', () => {
    assert.equal(
      cut('videotestsrc num-buffers=3 ! videoconvert ! fakesink', 'videotestsrc'),
      'videotestsrc num-buffers=3',
    );
    assert.equal(cut('a ! b x=1 ! c', 'b '), 'a ! b x=1');
  });

  it('is all of it where nothing follows', () => assert.equal(cut('a ! b  ', 'b'), 'a ! b'));

  it('is not cut inside of quotes', () => {
    assert.equal(cut('filesrc location="a ! b.mp4" ! x', 'filesrc'), 'filesrc location="a ! b.mp4"');
    assert.equal(cut('t text=\'wow! "!"\' ! x', 't '), 't text=\'wow! "!"\'');
    assert.equal(cut('t text=\\! ! x', 't '), 't text=\\!');
  });
});

describe('the words for a picture', () => {
  const text = (more: Partial<Parameters<typeof lookWords>[1]>): string =>
    lookWords('src', { media: 'video/x-raw', hardware: false, converter: undefined, path: '/tmp/a.png', ...more }).join(
      ' ',
    );

  it('leave frames of the CPU as they are', () =>
    assert.equal(
      text({}),
      'gst-launch-1.0 -e src ! queue ! videoconvert ! pngenc snapshot=true ! filesink location=/tmp/a.png',
    ));

  it('bring frames out of NVMM', () =>
    assert.match(
      text({ hardware: true, converter: 'nvvidconv' }),
      /queue ! nvvidconv ! video\/x-raw,format=RGBA ! videoconvert/,
    ));

  it('decode what is encoded', () => {
    assert.match(text({ media: 'video/x-h264' }), /queue ! decodebin ! videoconvert/);
    assert.match(text({ media: '', converter: 'nvvideoconvert' }), /decodebin ! nvvideoconvert ! /);
  });

  it('are for pictures', () => {
    assert.equal(isPicture('image/jpeg'), true);
    assert.equal(isPicture('audio/x-raw'), false);
  });
});
