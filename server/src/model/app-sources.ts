/** The sources of deepstream-app and its muxer, as pieces of a command. Follows deepstream_source_bin.c and deepstream_streammux.c. */
import { asList } from '../syntax/config/values.ts';
import type { AppConfig, AppGroup } from './app-config.ts';
import { element, fixed, type Part, type PartChain } from './deepstream-app.ts';
import type { Target } from './target.ts';

export interface SourceChains {
  /** One a stream, each ending at the muxer. */
  readonly chains: readonly PartChain[];
  /** What the batches come out of. */
  readonly start: PartChain;
  readonly streams: number;
}

/** More sources than deepstream-app takes (APP-09). */
const MOST_STREAMS = 1024;

/** The chains of the sources; undefined where they are not written in the file itself. */
export function sourceChains(app: AppConfig, target: Target): SourceChains | undefined {
  if (app.csv) return undefined;
  const { mux } = app;
  if (app.list?.number('use-nvmultiurisrcbin')) {
    const uris = listed(app.list);
    const settings = [fixed('uri-list', uris.join(','), app.list.key('list'))];
    const start = element('nvmultiurisrcbin', app.list, [['max-batch-size', 'max-batch-size']], settings);
    return { chains: [], start: [start], streams: app.list.number('max-batch-size') ?? uris.length };
  }
  const streams = app.list ? listed(app.list).map((uri) => ofAddress(uri, app.list!, target)) : ofGroups(app, target);
  if (streams.length === 0 || !mux) return undefined;
  const chains = streams.map((chain, i): PartChain => [...chain, { kind: 'pad', text: `mux.sink_${i}` }]);
  return { chains, start: [element('nvstreammux', mux, MUX, [fixed('name', 'mux')])], streams: streams.length };
}

const MUX: readonly (readonly [string, string])[] = [
  ['batch-size', 'batch-size'],
  ['width', 'width'],
  ['height', 'height'],
  ['live-source', 'live-source'],
  ['batched-push-timeout', 'batched-push-timeout'],
  ['enable-padding', 'enable-padding'],
  ['gpu-id', 'gpu-id'],
  ['nvbuf-memory-type', 'nvbuf-memory-type'],
  ['compute-hw', 'compute-hw'],
  ['attach-sys-ts-as-ntp', 'attach-sys-ts'],
  ['sync-inputs', 'sync-inputs'],
];

const listed = (list: AppGroup): readonly string[] => {
  const read = asList(list.text('list') ?? '', 'string');
  return read.ok ? read.value.map(String).slice(0, MOST_STREAMS) : [];
};

function ofGroups(app: AppConfig, target: Target): PartChain[] {
  const chains: PartChain[] = [];
  for (const source of app.sources) {
    const copies = source.number('type') === 3 ? Math.max(1, source.number('num-sources') ?? 1) : 1;
    for (let i = 0; i < copies && chains.length < MOST_STREAMS; i++) {
      const chain = ofGroup(source, i, target);
      if (chain) chains.push(chain);
    }
  }
  return chains;
}

/** One stream of the group; undefined for types that have no picture. */
function ofGroup(source: AppGroup, copy: number, target: Target): PartChain | undefined {
  switch (source.number('type')) {
    case 1: {
      const device = source.number('camera-v4l2-dev-node') ?? 0;
      return [
        element('v4l2src', source, [], [fixed('device', `/dev/video${device}`, source.key('camera-v4l2-dev-node'))]),
        { kind: 'caps', text: `video/x-raw${size(source)}` },
        element('nvvideoconvert', source),
        { kind: 'caps', text: 'video/x-raw(memory:NVMM),format=NV12' },
      ];
    }
    case 5:
      return target.platform === 'tegra'
        ? [
            element('nvarguscamerasrc', source, [['camera-csi-sensor-id', 'sensor-id']]),
            { kind: 'caps', text: `video/x-raw(memory:NVMM),format=NV12${size(source)}` },
          ]
        : [
            element('videotestsrc', source, [], [fixed('is-live', 'true')]),
            { kind: 'caps', text: `video/x-raw${size(source)}` },
            element('nvvideoconvert', source),
            { kind: 'caps', text: 'video/x-raw(memory:NVMM),format=NV12' },
          ];
    case 2:
    case 3:
    case 4:
      return ofAddress((source.text('uri') ?? '').replace(/%0?\d*d/, String(copy)), source, target);
    default:
      return undefined;
  }
}

function size(source: AppGroup): string {
  const [width, height, n] = ['camera-width', 'camera-height', 'camera-fps-n'].map((name) => source.number(name));
  const pixels = width && height ? `,width=${width},height=${height}` : '';
  return n ? `${pixels},framerate=${n}/${source.number('camera-fps-d') ?? 1}` : pixels;
}

/** nvurisrcbin where the release has it; before, uridecodebin and a converter. */
function ofAddress(uri: string, source: AppGroup, target: Target): PartChain {
  const settings = [fixed('uri', uri, source.key('uri') ?? source.key('list'))];
  if (target.catalog.element('nvurisrcbin')) {
    const mapping = source.number('type') === 4 ? [...SOURCE, ...RTSP] : SOURCE;
    return [element('nvurisrcbin', source, mapping, settings)];
  }
  const convert: Part = element('nvvideoconvert', source);
  return [
    element('uridecodebin', source, [], settings),
    convert,
    { kind: 'caps', text: 'video/x-raw(memory:NVMM),format=NV12' },
  ];
}

const SOURCE: readonly (readonly [string, string])[] = [
  ['num-extra-surfaces', 'num-extra-surfaces'],
  ['drop-frame-interval', 'drop-frame-interval'],
  ['cudadec-memtype', 'cudadec-memtype'],
  ['gpu-id', 'gpu-id'],
];

const RTSP: readonly (readonly [string, string])[] = [
  ['latency', 'latency'],
  ['rtsp-reconnect-interval-sec', 'rtsp-reconnect-interval'],
  ['rtsp-reconnect-attempts', 'rtsp-reconnect-attempts'],
  ['select-rtp-protocol', 'select-rtp-protocol'],
];
