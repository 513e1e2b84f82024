/** How to see on another machine what a pipeline sends: one command for each sink that goes out to the network. */
import type { PlannedElement } from './plan.ts';

export interface Receiver {
  /** `udpsink → port 5000`. */
  readonly title: string;
  /** A command line for the machine that looks; empty where there is none. */
  readonly command: string;
  /** What has to be so for it to work; empty where nothing has. */
  readonly note: string;
}

/** Payloaders by what they put into RTP packets, and what takes it out and shows it. Encoding names are those of IANA. */
const PAYLOADS: Readonly<Record<string, { readonly encoding: string; readonly clock: number; readonly rest: string }>> =
  {
    rtph264pay: { encoding: 'H264', clock: 90_000, rest: 'rtph264depay ! h264parse ! avdec_h264' },
    rtph265pay: { encoding: 'H265', clock: 90_000, rest: 'rtph265depay ! h265parse ! avdec_h265' },
    rtpav1pay: { encoding: 'AV1', clock: 90_000, rest: 'rtpav1depay ! av1parse ! dav1ddec' },
    rtpvp8pay: { encoding: 'VP8', clock: 90_000, rest: 'rtpvp8depay ! vp8dec' },
    rtpvp9pay: { encoding: 'VP9', clock: 90_000, rest: 'rtpvp9depay ! vp9dec' },
    rtpjpegpay: { encoding: 'JPEG', clock: 90_000, rest: 'rtpjpegdepay ! jpegdec' },
    rtpmp2tpay: { encoding: 'MP2T', clock: 90_000, rest: 'rtpmp2tdepay ! tsdemux ! decodebin' },
  };

const SHOW = 'videoconvert ! autovideosink';

/** The receivers of a pipeline on a device with this address, in the order of its sinks. */
export function receivers(elements: readonly PlannedElement[], address: string): readonly Receiver[] {
  const host = address === '' ? 'localhost' : address;
  return elements.flatMap((element, at) => {
    const make = SINKS[element.factory];
    return make ? make(element.settings, host, elements.slice(0, at)) : [];
  });
}

type Settings = Readonly<Record<string, string>>;
type Make = (settings: Settings, host: string, before: readonly PlannedElement[]) => readonly Receiver[];

/** What names this machine alone, so that nothing goes out. */
const isLoopback = (host: string): boolean => /^(?:localhost|127\.[\d.]+|::1)$/.test(host);

const udp: Make = (settings, _host, before) => {
  const port = settings.port ?? '5004';
  const to = settings.host ?? 'localhost';
  const multicast = /^(?:22[4-9]|23\d)\./.test(to);
  const source = multicast ? `udpsrc address=${to} port=${port}` : `udpsrc port=${port}`;
  const note = multicast
    ? ''
    : isLoopback(to)
      ? 'It sends to the device itself: set host= to the address of the machine that looks.'
      : `To be run on ${to}; a firewall there must let UDP port ${port} in.`;
  return [{ title: `udpsink → port ${port}`, command: gst(`${source} ! ${unpacked(before)}`), note }];
};

const SINKS: Readonly<Record<string, Make>> = {
  udpsink: udp,
  multiudpsink: (settings, host, before) =>
    (settings.clients ?? '').split(',').flatMap((client) => {
      const [to, port] = client.trim().split(':');
      return to && port ? udp({ host: to, port }, host, before) : [];
    }),
  tcpserversink: (settings, host) => {
    const port = settings.port ?? '4953';
    const note = isLoopback(settings.host ?? 'localhost')
      ? 'It listens for the device itself alone: set host=0.0.0.0 to be reached from outside.'
      : '';
    return [
      {
        title: `tcpserversink → port ${port}`,
        command: gst(`tcpclientsrc host=${host} port=${port} ! decodebin`),
        note,
      },
    ];
  },
  tcpclientsink: ({ host: to = 'localhost', port = '4953' }) => [
    {
      title: `tcpclientsink → ${to}:${port}`,
      command: gst(`tcpserversrc host=0.0.0.0 port=${port} ! decodebin`),
      note: `To be run on ${to}, before the pipeline starts.`,
    },
  ],
  srtsink: srt,
  srtserversink: srt,
  srtclientsink: srt,
  rtspclientsink: ({ location = '' }) => [
    byAddress('rtspclientsink', location, `rtspsrc location=${location} latency=100 ! decodebin`),
  ],
  rtmpsink: ({ location = '' }) => [
    byAddress('rtmpsink', location, `rtmp2src location=${plain(location)} ! decodebin`),
  ],
  rtmp2sink: ({ location = '' }) => [
    byAddress('rtmp2sink', location, `rtmp2src location=${plain(location)} ! decodebin`),
  ],
  // deepstream-app: a sink of type 4 serves RTSP under this path.
  sink: (settings, host) => {
    if (settings.type !== '4') return [];
    const location = `rtsp://${host}:${settings['rtsp-port'] ?? '8554'}/ds-test`;
    return [byAddress('RTSP of deepstream-app', location, `rtspsrc location=${location} latency=100 ! decodebin`)];
  },
  hlssink: hls,
  hlssink2: hls,
  hlssink3: hls,
  webrtcsink: (_settings, host) => [
    {
      title: 'webrtcsink',
      command: '',
      note: `Looked at in a browser, through its signalling server (port 8443 of ${host}, where none is set).`,
    },
  ],
};

function srt(settings: Settings, host: string): readonly Receiver[] {
  const uri = settings.uri ?? 'srt://:7001';
  const [, to = '', port = '7001', query = ''] = /^srt:\/\/([^:/?]*)(?::(\d+))?(?:\?(.*))?$/.exec(uri) ?? [];
  const mode = settings.mode ?? /mode=(\w+)/.exec(query)?.[1] ?? (to === '' ? 'listener' : 'caller');
  const title = `srtsink → port ${port}`;
  if (mode === 'caller') {
    const note = `To be run on ${to}, before the pipeline starts.`;
    return [{ title, command: gst(`srtsrc uri="srt://:${port}?mode=listener" ! decodebin`), note }];
  }
  return [{ title, command: gst(`srtsrc uri="srt://${host}:${port}?mode=caller" ! decodebin`), note: '' }];
}

function hls(settings: Settings): readonly Receiver[] {
  const root = settings['playlist-root'];
  const name = (settings['playlist-location'] ?? settings.location ?? 'playlist.m3u8').replace(/^.*\//, '');
  const note = 'It writes files only: a web server has to serve their folder.';
  return [{ title: 'hlssink', command: root ? `ffplay ${root.replace(/\/$/, '')}/${name}` : '', note }];
}

const byAddress = (factory: string, location: string, pipeline: string): Receiver => ({
  title: `${factory} → ${plain(location) || 'no address'}`,
  command: location === '' ? '' : gst(pipeline),
  note: location === '' ? 'It has no location to look at.' : `Also with: ffplay ${plain(location)}`,
});

/** What stands behind an RTMP address is for the library. */
const plain = (location: string): string => location.split(' ')[0] ?? '';

/** What brings a picture out of the packets: by the last payloader before the sink, else by what the stream is. */
function unpacked(before: readonly PlannedElement[]): string {
  const payloader = before.findLast(({ factory }) => factory in PAYLOADS);
  const muxer = before.findLast(({ factory }) => factory === 'mpegtsmux');
  const known = payloader && PAYLOADS[payloader.factory];
  if (!known) return muxer ? 'tsparse ! tsdemux ! decodebin' : 'decodebin';
  const payload =
    payloader.settings.pt ??
    (payloader.factory === 'rtpjpegpay' ? '26' : payloader.factory === 'rtpmp2tpay' ? '33' : '96');
  const caps = `application/x-rtp,media=video,clock-rate=${known.clock},encoding-name=${known.encoding},payload=${payload}`;
  return `${caps} ! rtpjitterbuffer ! ${known.rest}`;
}

/** The whole command line; quotes for a shell stand where caps or addresses need them. */
function gst(pipeline: string): string {
  const words = pipeline.split(' ! ').map((part) => (/^application\//.test(part) ? `'${part}'` : part));
  return `gst-launch-1.0 ${words.join(' ! ')} ! ${SHOW}`;
}
