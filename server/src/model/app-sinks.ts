/** Tiler, drawing and sinks of deepstream-app, as pieces of a command. Follows deepstream_sink_bin.c and create_processing_instance. */
import type { AppConfig, AppGroup } from './app-config.ts';
import { element, fixed, type Part, type PartChain } from './deepstream-app.ts';
import { atLeast, type Target } from './target.ts';

export interface Branches {
  /** What follows the work on the batches. */
  readonly trunk: PartChain;
  /** What branches off it. */
  readonly chains: readonly PartChain[];
}

/** All that stands behind the last inference. */
export function branchesOf(app: AppConfig, target: Target, streams: number): Branches {
  const home = app.osd ?? app.sinks[0] ?? app.mux;
  if (!home) return { trunk: [], chains: [] };
  const brokers = app.sinks.filter((sink) => sink.number('type') === 6);
  const shown = app.sinks.filter((sink) => sink.number('type') !== 6);
  const branches = (sinks: readonly AppGroup[], name: string): Branches => fan(sinks, brokers, home, target, name);
  if (app.tiler) {
    const { trunk, chains } = branches(shown, 'out');
    return { trunk: [element('nvmultistreamtiler', app.tiler, TILER), ...draw(app), ...trunk], chains };
  }
  // Without a tiler each sink takes the stream of its source-id.
  const chains: PartChain[] = [];
  for (let stream = 0; stream < streams; stream++) {
    const mine = shown.filter((sink) => (sink.number('source-id') ?? 0) === stream);
    if (mine.length === 0) continue;
    const { trunk, chains: more } = branches(mine, `out${stream}`);
    chains.push(
      [{ kind: 'pad', text: `demux.src_${stream}` }, element('queue', home), ...draw(app), ...trunk],
      ...more,
    );
  }
  if (chains.length === 0) return { trunk: [element('fakesink', home)], chains: [] };
  return { trunk: [element('nvstreamdemux', app.mux ?? home, [], [fixed('name', 'demux')])], chains };
}

const TILER: readonly (readonly [string, string])[] = [
  ['rows', 'rows'],
  ['columns', 'columns'],
  ['width', 'width'],
  ['height', 'height'],
  ['gpu-id', 'gpu-id'],
  ['nvbuf-memory-type', 'nvbuf-memory-type'],
  ['compute-hw', 'compute-hw'],
];

const draw = (app: AppConfig): Part[] =>
  app.osd
    ? [
        element('nvvideoconvert', app.osd),
        element('nvdsosd', app.osd, [
          ['process-mode', 'process-mode'],
          ['display-text', 'display-text'],
          ['display-bbox', 'display-bbox'],
          ['display-mask', 'display-mask'],
          ['show-clock', 'display-clock'],
        ]),
      ]
    : [];

/** One sink goes on in the trunk; several, and those for messages, hang on a tee. */
function fan(
  sinks: readonly AppGroup[],
  brokers: readonly AppGroup[],
  home: AppGroup,
  target: Target,
  name: string,
): Branches {
  const all = [...sinks, ...brokers];
  const [only] = all;
  if (!only) return { trunk: [element('fakesink', home)], chains: [] };
  if (all.length === 1) return { trunk: sinkOf(only, target), chains: [] };
  return {
    trunk: [element('tee', home, [], [fixed('name', name)])],
    chains: all.map((sink) => [{ kind: 'pad', text: `${name}.` }, element('queue', sink), ...sinkOf(sink, target)]),
  };
}

function sinkOf(sink: AppGroup, target: Target): PartChain {
  switch (sink.number('type')) {
    case 2:
      return windowSink(sink, target);
    case 3: {
      const muxer = sink.number('container') === 2 ? 'matroskamux' : 'mp4mux';
      return [
        ...encoded(sink, target),
        element(muxer, sink),
        element('filesink', sink, [
          ['output-file', 'location'],
          ['sync', 'sync'],
        ]),
      ];
    }
    case 4: {
      const pay = sink.number('codec') === 2 ? 'rtph265pay' : 'rtph264pay';
      const port = fixed('port', sink.text('udp-port') ?? '5000', sink.key('udp-port'));
      const to = [fixed('host', '224.224.255.255'), port, fixed('async', 'false')];
      return [...encoded(sink, target), element(pay, sink), element('udpsink', sink, [['sync', 'sync']], to)];
    }
    case 5: {
      const drm = target.deepstream === undefined || atLeast(target.deepstream, '6.1');
      return drm
        ? [
            element('nvdrmvideosink', sink, [
              ['conn-id', 'conn-id'],
              ['plane-id', 'plane-id'],
              ['sync', 'sync'],
            ]),
          ]
        : [
            element('nvoverlaysink', sink, [
              ['overlay-id', 'overlay'],
              ['display-id', 'display-id'],
              ['sync', 'sync'],
            ]),
          ];
    }
    case 6:
      return [
        element('nvmsgconv', sink, [
          ['msg-conv-config', 'config'],
          ['msg-conv-payload-type', 'payload-type'],
        ]),
        element('nvmsgbroker', sink, [
          ['msg-broker-proto-lib', 'proto-lib'],
          ['msg-broker-conn-str', 'conn-str'],
          ['msg-broker-config', 'config'],
          ['topic', 'topic'],
          ['sync', 'sync'],
        ]),
      ];
    default:
      return [element('fakesink', sink, [['sync', 'sync']])];
  }
}

/** SNK-02: nv3dsink on a Jetson from 6.2 on, the EGL sink before and on a discrete GPU. */
function windowSink(sink: AppGroup, target: Target): PartChain {
  const sync: readonly (readonly [string, string])[] = [['sync', 'sync']];
  if (target.platform !== 'tegra') return [element('nvvideoconvert', sink), element('nveglglessink', sink, sync)];
  return target.deepstream === undefined || atLeast(target.deepstream, '6.2')
    ? [element('nvvideoconvert', sink), element('nv3dsink', sink, sync)]
    : [element('nvegltransform', sink), element('nveglglessink', sink, sync)];
}

/** Conversion, encoder and parser. Bits a second for the hardware, kilobits for the software (SNK-10). */
function encoded(sink: AppGroup, target: Target): PartChain {
  const codec = sink.number('codec') ?? 1;
  const rate = sink.number('bitrate');
  const software = codec === 3 || sink.number('enc-type') === 1 || fallsBack(target);
  const [hard, soft, parser] = codec === 2 ? H265 : codec === 3 ? MPEG4 : H264;
  const bits = software && codec !== 3 ? rate && Math.max(1, Math.round(rate / 1000)) : rate;
  const settings = bits ? [fixed('bitrate', String(bits), sink.key('bitrate'))] : [];
  return [
    element('nvvideoconvert', sink),
    { kind: 'caps', text: software ? 'video/x-raw,format=I420' : 'video/x-raw(memory:NVMM),format=I420' },
    element(software ? soft : hard, sink, [], settings),
    element(parser, sink),
  ];
}

/** SNK-09: from 7.1 on the program takes the CPU where there is no encoder. */
const fallsBack = (target: Target): boolean =>
  target.device?.engines.nvenc === 0 && target.deepstream !== undefined && atLeast(target.deepstream, '7.1');

const H264 = ['nvv4l2h264enc', 'x264enc', 'h264parse'] as const;
const H265 = ['nvv4l2h265enc', 'x265enc', 'h265parse'] as const;
const MPEG4 = ['avenc_mpeg4', 'avenc_mpeg4', 'mpeg4videoparse'] as const;
