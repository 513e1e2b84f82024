/** The checklist of a deployment that runs day and night, over the pipeline or configuration, its unit and its device. Pure. */
import type { Board } from './board-facts.ts';
import type { Diagnosis, Result } from './diagnosis.ts';
import type { PlannedElement } from './plan.ts';
import { isLive } from './service-unit.ts';

export interface Deployment {
  readonly kind: 'launch' | 'config';
  readonly elements: readonly PlannedElement[];
  /** Text of the unit that runs it; empty where there is none. */
  readonly unit: string;
  readonly board: Board;
}

interface Item {
  readonly id: string;
  readonly title: string;
  /** Undefined where it does not concern the deployment. */
  readonly look: (deployment: Deployment) => Result | undefined;
}

/** All points that concern the deployment, in the order of the list. */
export function productionCheck(deployment: Deployment): readonly Diagnosis[] {
  return ITEMS.flatMap(({ id, title, look }) => {
    const result = look(deployment);
    return result ? [{ id, title, ...result }] : [];
  });
}

const good = (text: string): Result => ({ is: 'good', text });
const bad = (text: string, fix: string): Result => ({ is: 'bad', text, fix: { text: fix } });
const note = (text: string, fix: string): Result => ({ is: 'note', text, fix: { text: fix } });

/** The last value of a key of the unit; undefined where it is not set. */
const setting = ({ unit }: Deployment, key: string): string | undefined =>
  [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].at(-1)?.[1]?.trim();

const has = ({ elements }: Deployment, pattern: RegExp): PlannedElement | undefined =>
  elements.find(({ factory }) => pattern.test(factory));

const ITEMS: readonly Item[] = [
  {
    id: 'unit',
    title: 'It is a service',
    look: ({ unit }) =>
      unit === ''
        ? bad('No service runs it: after a restart of the device nothing does.', 'Deploy as a Service makes one.')
        : good('A unit runs it.'),
  },
  {
    id: 'boot',
    title: 'Starts with the device',
    look: (deployment) =>
      deployment.unit === ''
        ? undefined
        : setting(deployment, 'WantedBy') === undefined
          ? bad('The unit is wanted by nothing.', 'WantedBy=multi-user.target under [Install], then systemctl enable.')
          : good('It is wanted by the system’s start.'),
  },
  {
    id: 'restart',
    title: 'Starts again when it ends',
    look: (deployment) => {
      if (deployment.unit === '') return undefined;
      const restart = setting(deployment, 'Restart') ?? 'no';
      const live = isLive(deployment.elements.map(({ factory }) => factory));
      if (restart === 'no')
        return bad('When it fails it stays down.', 'Restart=always for live sources, else on-failure.');
      if (live && restart === 'on-failure') {
        return note('A camera or network stream that ends well is not started again.', 'Restart=always.');
      }
      const limited = setting(deployment, 'StartLimitIntervalSec') !== '0';
      const often = 'After five failures in ten seconds systemd gives up.';
      return limited
        ? note(often, 'StartLimitIntervalSec=0 under [Unit], and RestartSec=5.')
        : good(`Restart=${restart}, however often.`);
    },
  },
  {
    id: 'stop',
    title: 'Finishes its files when it is stopped',
    look: (deployment) => {
      if (deployment.unit === '') return undefined;
      const signal = setting(deployment, 'KillSignal') ?? 'SIGTERM';
      if (!/^(?:SIG)?INT$|^2$/.test(signal)) {
        return bad(
          `It is stopped by ${signal}, on which gst-launch and deepstream-app end at once.`,
          'KillSignal=SIGINT.',
        );
      }
      const command = setting(deployment, 'ExecStart') ?? '';
      if (
        /gst-launch-1\.0/.test(command) &&
        !/gst-launch-1\.0 (?:-\w+ )*(?:-\w*e\w*|--eos-on-shutdown)\b/.test(command)
      ) {
        return bad('gst-launch-1.0 runs without -e: an interrupt ends it at once.', 'Add -e behind gst-launch-1.0.');
      }
      return good('An interrupt, and time to finish.');
    },
  },
  {
    id: 'watchdog',
    title: 'No watchdog that nobody feeds',
    look: (deployment) => {
      const seconds = setting(deployment, 'WatchdogSec');
      if (deployment.unit === '' || seconds === undefined || seconds === '0') return undefined;
      const text = `WatchdogSec=${seconds} ends a program that does not tell systemd that it is alive; these never do.`;
      return bad(text, 'Take the line out.');
    },
  },
  {
    id: 'user',
    title: 'Not as root',
    look: (deployment) => {
      if (deployment.unit === '') return undefined;
      const user = setting(deployment, 'User') ?? 'root';
      if (user !== 'root') return good(`It runs as ${user}.`);
      return note(
        'It runs as root: whoever breaks into it owns the device.',
        'User= one in the groups video and render.',
      );
    },
  },
  {
    id: 'log',
    title: 'The log stays small',
    look: (deployment) =>
      deployment.unit === ''
        ? undefined
        : setting(deployment, 'LogRateLimitBurst') === undefined
          ? note('A flood of messages fills the journal.', 'LogRateLimitIntervalSec=30 and LogRateLimitBurst=1000.')
          : good('Its lines are limited.'),
  },
  {
    id: 'display',
    title: 'Needs no screen',
    look: (deployment) => {
      const sink = has(deployment, /^(?:nv3dsink|nveglglessink|xvimagesink|ximagesink|glimagesink|autovideosink)$/);
      // Type 2 of deepstream-app's sinks is a window.
      const window = deployment.elements.some(({ factory, settings }) => factory === 'sink' && settings.type === '2');
      if (!sink && !window) return good('No window is opened.');
      return bad(
        `${sink?.factory ?? 'A sink of type 2'} opens a window: without a screen it fails.`,
        'A file, a network sink or fakesink.',
      );
    },
  },
  {
    id: 'end',
    title: 'Does not end by itself',
    look: ({ elements }) => {
      const limited = elements.find(
        ({ settings }) => settings['num-buffers'] !== undefined && settings['num-buffers'] !== '-1',
      );
      return limited
        ? note(`${limited.factory} ends after ${limited.settings['num-buffers']} buffers.`, 'Take num-buffers out.')
        : undefined;
    },
  },
  {
    id: 'reconnect',
    title: 'Network sources come back',
    look: ({ elements, kind }) => {
      if (kind === 'config') {
        const source = elements.find(({ factory, settings }) => factory === 'source' && settings.type === '4');
        if (!source) return undefined;
        const seconds = Number(source.settings['rtsp-reconnect-interval-sec'] ?? 0);
        return seconds > 0
          ? good(`A stream that stops is asked for again after ${seconds} s.`)
          : bad('A stream that stops stays away.', 'rtsp-reconnect-interval-sec=10 in the section of the source.');
      }
      if (!elements.some(({ factory }) => factory === 'rtspsrc')) return undefined;
      return note(
        'rtspsrc does not connect again: the pipeline ends with an error, and the service has to start it.',
        'Restart=always; or nvurisrcbin with rtsp-reconnect-interval=10.',
      );
    },
  },
  {
    id: 'recording',
    title: 'Recordings survive a power cut and do not fill the disk',
    look: (deployment) => {
      const { elements } = deployment;
      const split = has(deployment, /^splitmuxsink$/);
      if (split) {
        const files = Number(split.settings['max-files'] ?? 0);
        return files > 0
          ? good(`Files are split, and the latest ${files} are kept.`)
          : note('Files are split, but all are kept.', 'max-files= on splitmuxsink, or a job that removes old ones.');
      }
      const sink = has(deployment, /^(?:filesink|multifilesink)$/);
      if (!sink) return undefined;
      const muxer = elements.find(({ factory }) => /^(?:mp4mux|qtmux|mp4mux)$/.test(factory));
      if (muxer && muxer.settings['fragment-duration'] === undefined) {
        return bad(
          'An MP4 is of no use until its end is written: a power cut loses all of it, and one file grows without end.',
          'splitmuxsink with max-size-time and max-files; or fragment-duration=1000 on the muxer.',
        );
      }
      return note('One file grows without end.', 'splitmuxsink with max-size-time and max-files.');
    },
  },
  {
    id: 'engine',
    title: 'Starts without building engines',
    look: ({ elements, kind }) => {
      if (kind !== 'config') return undefined;
      const infers = elements.filter(({ factory }) => /-gie$/.test(factory));
      if (infers.length === 0) return undefined;
      const without = infers.find(({ settings }) => settings['model-engine-file'] === undefined);
      if (!without) return good('Engine files are named.');
      const text = `[${without.factory}] names no model-engine-file: where its own configuration names none either, each start builds it for minutes.`;
      return note(text, 'model-engine-file= the file that the first start wrote.');
    },
  },
  {
    id: 'disk',
    title: 'Room on the disk',
    look: ({ board: { said } }) => {
      const mebibytes = Math.round(Number(said.disk ?? Number.NaN) / 1024);
      if (Number.isNaN(mebibytes)) return undefined;
      return mebibytes < 2048 ? bad(`${mebibytes} MiB are free.`, 'Make room.') : good(`${mebibytes} MiB are free.`);
    },
  },
  {
    id: 'heat',
    title: 'Cool enough for the day',
    look: ({ board: { said } }) => {
      if (said.temperature === undefined) return undefined;
      const degrees = Number(said.temperature);
      const text = `${degrees.toFixed(0)} °C in the hottest zone now`;
      return degrees >= 75
        ? note(`${text}: a warm day brings it to its limit.`, 'A better fan or heat sink, or a smaller power mode.')
        : good(`${text}.`);
    },
  },
];
