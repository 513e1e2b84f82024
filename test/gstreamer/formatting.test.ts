/** The real GStreamer makes the same of a pipeline before and after it was laid out: elements, names, links. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { defaultLayout } from '../../server/src/features/formatting.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { format } from '../../server/src/workspace/format.ts';
import { Gstreamer } from '../support/gstreamer.ts';
import { nvidiaElements } from '../support/judge-links.ts';
import { look, targetNamed, testWorld } from '../support/world.ts';

/** What is easily read otherwise: quotes, bins, branches, caps with blanks, pads, several chains. */
const shapes = [
  'videotestsrc ! tee name=t t. ! queue ! fakesink t. ! queue ! fakesink',
  'videotestsrc ! ( queue ! identity ) ! fakesink',
  'bin.( videotestsrc ! queue ) fakesrc ! fakesink',
  'videotestsrc ! video/x-raw, format = (string) I420 , width=320 ! fakesink',
  'videotestsrc ! "video/x-raw,width=320" ! identity name="a b" ! fakesink',
  'compositor name=mix sink_0::alpha=0.5 ! fakesink videotestsrc ! mix.sink_0 videotestsrc ! mix.sink_1',
  'videotestsrc ! .sink fakesink',
  'videotestsrc num-buffers=3 ! video/x-raw,width=320;video/x-raw,width=640 ! fakesink',
  'filesrc location="/a b/c.mp4" ! decodebin name=d d. ! queue ! fakesink d. ! queue ! fakesink',
  'fakesrc ! identity silent=false ! fakesink fakesrc ! fakesink',
  'textoverlay name=o text="a ! b" ! fakesink videotestsrc ! o.video_sink',
];

let machine: Gstreamer;

before(() => {
  machine = new Gstreamer(nvidiaElements(targetNamed('')));
});
after(() => machine.close());

const examples = rules
  .filter(({ on }) => on === 'launch')
  .flatMap((rule) => rule.examples.filter(({ language }) => language === undefined || language === 'gst-launch'))
  .map(({ good }) => good);

const world = testWorld();
for (const text of new Set([...shapes, ...examples])) {
  for (const layout of [
    defaultLayout,
    { ...defaultLayout, indent: '\t', width: 30 },
    { ...defaultLayout, breaks: false },
  ]) {
    const laidOut = applyEdits(text, format(look(text, 'gst-launch'), world, layout));
    if (laidOut === text) continue;
    test(`width ${layout.width}, ${layout.breaks ? 'lines' : 'blanks'}: ${text}`, async () => {
      assert.deepEqual(await read(laidOut), await read(text), laidOut);
    });
  }
}

/** GStreamer counts names over the life of a process; here they are counted anew for each pipeline. */
async function read(text: string): Promise<unknown> {
  const verdict = await machine.ask(text);
  const names = new Map(
    verdict.elements.flatMap(({ factory, name }, i) => (text.includes(name) ? [] : [[name, `${factory} ${i}`]])),
  );
  const pads = new Map<string, string>();
  return JSON.parse(JSON.stringify(verdict), (_key, value) => {
    if (typeof value !== 'string') return value;
    if (/^(?:ghost|proxypad)\d+$/.test(value) && !pads.has(value)) pads.set(value, `pad ${pads.size}`);
    return names.get(value) ?? pads.get(value) ?? value;
  });
}
