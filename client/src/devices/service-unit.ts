/** A pipeline or configuration as a systemd unit that runs it day and night. Follows systemd.service(5), systemd.exec(5) and systemd.syntax(7). */

/** What the unit is made of. */
export interface ServiceOrder {
  /** Without `.service`. */
  readonly name: string;
  readonly description: string;
  /** The program by its absolute path, and its words. */
  readonly words: readonly string[];
  /** Absolute, on the device. */
  readonly folder: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  /** A live source never ends by itself: whenever it ends it is to start again. A file's end is no failure. */
  readonly restart: 'always' | 'on-failure';
  /** Number of the power mode that is set before the start. */
  readonly powerMode?: string;
  /** Highest clocks before the start. */
  readonly clocks?: boolean;
}

/** What units of ours begin with, so that they are found again. */
export const MARK = '# Written by Jetson Pipelines';

/** The text of the unit file. */
export function unitText(order: ServiceOrder): string {
  const { description, words, folder, user, env, restart, powerMode, clocks } = order;
  const settings = Object.entries(env).map(([name, value]) => `Environment=${quoted(`${name}=${value}`, false)}`);
  const lines = [
    MARK,
    '[Unit]',
    `Description=${oneLine(description)}`,
    'Wants=network-online.target',
    'After=network-online.target nvargus-daemon.service nvpmodel.service',
    '# It is started again however often it fails.',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=simple',
    `User=${user}`,
    `WorkingDirectory=${specifiers(oneLine(folder))}`,
    ...settings,
    ...(env.DISPLAY === undefined
      ? ['# Without a screen; a display that was left over makes EGL fail.', 'UnsetEnvironment=DISPLAY']
      : []),
    ...(powerMode !== undefined ? [`ExecStartPre=-+/usr/sbin/nvpmodel -m ${powerMode}`] : []),
    ...(clocks ? ['ExecStartPre=-+/usr/bin/jetson_clocks'] : []),
    `ExecStart=${words.map((word) => quoted(word, true)).join(' ')}`,
    '# An interrupt makes it finish its files; TERM would leave an MP4 broken.',
    'KillSignal=SIGINT',
    'TimeoutStopSec=20',
    '# The first start may build TensorRT engines for minutes.',
    'TimeoutStartSec=infinity',
    `Restart=${restart}`,
    'RestartSec=5',
    '# A program that floods must not fill the journal.',
    'LogRateLimitIntervalSec=30',
    'LogRateLimitBurst=1000',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ];
  return lines.join('\n');
}

/** A name that systemd takes for a unit; empty where the text holds no letter or digit. */
export function serviceName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/\.[a-z0-9]+$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name.slice(0, 60);
}

/** Why a name cannot be a unit's; undefined where it can. */
export const nameProblem = (name: string): string | undefined =>
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,200}$/.test(name) ? undefined : 'Letters, digits, "-", "_" and "." only.';

/** Only elements that read from something that does not end by itself. */
const LIVE =
  /^(?:nvarguscamerasrc|v4l2src|nvv4l2camerasrc|rtspsrc|udpsrc|srtsrc|rtmpsrc|rtmp2src|tcpclientsrc|alsasrc|pulsesrc|nvdsudpsrc|ximagesrc)$/;

/** Whether the end of a pipeline is a failure: all its sources are live. */
export const isLive = (factories: readonly string[]): boolean => {
  const sources = factories.filter((factory) => /src$/.test(factory));
  return sources.length > 0 && sources.every((factory) => LIVE.test(factory));
};

/** A word as systemd takes it unchanged. `%` begins a specifier everywhere, `$` a variable in command lines. */
function quoted(word: string, isCommand: boolean): string {
  const doubled = isCommand ? specifiers(word).replaceAll('$', '$$$$') : specifiers(word);
  if (/^[\w@+=:,./$%-]+$/.test(doubled)) return doubled;
  const escaped = doubled
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}

const specifiers = (text: string): string => text.replaceAll('%', '%%');

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();
