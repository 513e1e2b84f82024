/**
 * What devices print: `npm run acceptance:device -- FOLDER` reads a folder with `tegrastats/` and `logs/`. Every sample of
 * tegrastats is to be read with no field lost, and broken ones never throw; every line of the logs is told apart, and few are
 * plain; what `logs/catalog.json` has an example of is recognised; clean runs of the real gst-launch-1.0, recorded here,
 * have no false match; and its failures are explained at their place. The last line holds the figures; exits 1 where a bar is missed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Explainer } from '../../client/src/remote/causes/explain.ts';
import { loadCauses } from '../../client/src/remote/causes/table.ts';
import { LogReader, readTegrastats, type TegraSample } from '../../client/src/remote/streams/index.ts';
import { checkFailure, failureFolder, failures } from '../support/failures.ts';
import { Random } from '../support/random.ts';
import { count, type Figure, reached, share } from './figures.ts';

const MUTATIONS = 200_000;
const CLEAN_LINES = 10_000;
const SHOWN = 20;

/** Pipelines that run well; each is recorded at several levels of GST_DEBUG. */
const CLEAN: readonly string[] = [
  'videotestsrc num-buffers=60 ! videoconvert ! fakesink',
  'videotestsrc num-buffers=60 ! video/x-raw,width=320,height=240 ! queue ! videoscale ! video/x-raw,width=160,height=120 ! fakesink sync=true',
  'videotestsrc num-buffers=30 ! x264enc tune=zerolatency ! h264parse ! avdec_h264 ! fakesink',
  'videotestsrc num-buffers=30 ! jpegenc ! jpegdec ! fakesink silent=false',
  'audiotestsrc num-buffers=60 ! audioconvert ! audioresample ! fakesink',
  'videotestsrc num-buffers=30 ! tee name=t t. ! queue ! fakesink t. ! queue ! videoflip method=clockwise ! fakesink',
  'videotestsrc num-buffers=30 ! mux. audiotestsrc num-buffers=30 ! mux. matroskamux name=mux ! fakesink',
  'videotestsrc num-buffers=30 is-live=true ! timeoverlay ! compositor ! fakesink',
];
const LEVELS = ['0', '2', '3', '4', '*:4,GST_CAPS:5', 'GST_PADS:6,GST_STATES:6,*:4', '6'];

const table = loadCauses(join(import.meta.dirname, '../../schemas/causes'));
const all = process.argv.includes('--all');
const folder = process.argv.slice(2).find((word) => !word.startsWith('--'));
if (folder === undefined || !existsSync(join(folder, 'tegrastats')) || !existsSync(join(folder, 'logs'))) {
  console.error('usage: npm run acceptance:device -- FOLDER [--all]   (a folder with tegrastats/ and logs/)');
  process.exit(2);
}
const figures = [
  ...tegrastatsFigures(join(folder, 'tegrastats')),
  ...logFigures(join(folder, 'logs')),
  ...catalogFigures(join(folder, 'logs', 'catalog.json')),
  ...cleanFigures(),
  ...failureFigures(),
];
for (const figure of figures) print(figure);
console.log(`\n${figures.map((figure) => `${figure.name}: ${written(figure)}`).join(' | ')}`);
process.exitCode = figures.every(reached) ? 0 : 1;

function textsOf(place: string): { readonly name: string; readonly lines: readonly string[] }[] {
  return readdirSync(place)
    .filter((name) => /\.(?:txt|log)$/.test(name))
    .sort()
    .map((name) => {
      const lines = readFileSync(join(place, name), 'utf8').split(/\r\n|\n|\r/);
      return { name, lines: lines.at(-1) === '' ? lines.slice(0, -1) : lines };
    });
}

/** Lines of a recording that are samples; other tools' lines between them (a date) are not. */
function samplesOf(place: string): string[] {
  return textsOf(place).flatMap(({ lines }) => lines.filter((line) => /\bRAM \d|\b[cC][pP][uU] \[/.test(line)));
}

function tegrastatsFigures(place: string): Figure[] {
  const lines = samplesOf(place);
  const unread: string[] = [];
  const lost: string[] = [];
  let fields = 0;
  for (const line of lines) {
    const sample = readTegrastats(line);
    if (!sample) {
      unread.push(line);
      continue;
    }
    fields += numbersIn(line).length;
    for (const unknown of sample.unknown) lost.push(`${unknown} in ${line}`);
    const kept = numbersOf(sample);
    for (const number of numbersIn(line)) {
      const left = kept.get(number) ?? 0;
      if (left === 0) lost.push(`${number} of ${line}`);
      else kept.set(number, left - 1);
    }
  }
  const random = new Random(1);
  const thrown: string[] = [];
  const whole = lines.length > 0 ? lines : [''];
  for (let i = 0; i < MUTATIONS; i++) {
    const line = mutated(random.pick(whole), random);
    try {
      readTegrastats(line);
    } catch (error) {
      thrown.push(`${String(error)}: ${line}`);
    }
  }
  return [
    share('tegrastats samples read', lines.length - unread.length, lines.length, 1, unread),
    count('tegrastats fields unknown or lost', lost.length, 0, lost, { fields }),
    count('mutated samples that throw', thrown.length, 0, thrown, { tried: MUTATIONS }),
  ];
}

/** Every number of a line but those of names and of the time, as it must be found again in the sample. */
function numbersIn(line: string): string[] {
  return [...line.replace(/\d\d-\d\d-\d{4} \d\d:\d\d:\d\d/, '').matchAll(/(?<![A-Za-z0-9_.])-?\d+(?:\.\d+)?/g)].map(
    ([text]) => String(Number(text)),
  );
}

function numbersOf(sample: TegraSample): Map<string, number> {
  const found = new Map<string, number>();
  const put = (...numbers: readonly (number | undefined)[]): void => {
    for (const number of numbers) {
      if (number === undefined) continue;
      const key = String(number);
      found.set(key, (found.get(key) ?? 0) + 1);
    }
  };
  const { ram, swap, iram, largestFree, cores, engines, temperatures, rails, translation, electricalLimit } = sample;
  // Sizes are kept in one unit, so a number that was written in another counts for both.
  const size = (...numbers: readonly (number | undefined)[]): void => {
    for (const number of numbers) if (number !== undefined) put(...new Set([number, number * 1_024, number / 1_024]));
  };
  size(ram?.used, ram?.total, swap?.used, swap?.total, swap?.cached, iram?.used, iram?.total, iram?.largestFree);
  put(largestFree?.count);
  size(largestFree?.size);
  for (const { load, clock } of cores) put(load, clock);
  // A clock that stands once behind the list of all cores is each core's own; one that cannot be read is -1.
  put(...new Set(cores.map(({ clock }) => clock)), -1);
  for (const { load, clocks } of engines) put(load, ...clocks);
  for (const { celsius, second } of temperatures) put(celsius, second);
  for (const { now, average, maximum } of rails) put(now, average, maximum);
  put(translation?.foreground, translation?.background, electricalLimit);
  return found;
}

function mutated(line: string, random: Random): string {
  let text = line;
  for (let i = 0; i <= random.below(4); i++) {
    const at = random.below(text.length + 1);
    const length = random.below(12);
    const put = random.pick([
      '',
      ' ',
      '%',
      '@',
      '/',
      '-',
      '99999999999999999999',
      '[',
      ']',
      'off',
      'RAM ',
      'é',
      '\0',
      ',',
    ]);
    text = text.slice(0, at) + put + text.slice(at + length);
  }
  return text;
}

function logFigures(place: string): Figure[] {
  const figures: Figure[] = [];
  const full: string[] = [];
  let lines = 0;
  let classified = 0;
  let plain = 0;
  for (const { name, lines: own } of textsOf(place)) {
    const reader = new LogReader();
    const kinds = own.map((line) => reader.read(line).kind);
    const none = kinds.filter((kind) => kind === 'plain').length;
    lines += own.length;
    classified += kinds.filter((kind) => kind.length > 0).length;
    plain += none;
    if (none > own.length / 10) full.push(`${name}: ${none} of ${own.length} lines are plain`);
  }
  figures.push(share('log lines told apart', classified, lines, 1));
  figures.push(share('log lines that are more than plain', lines - plain, lines, 0.9, full, { plain }));
  return figures;
}

interface CatalogEntry {
  readonly id: string;
  readonly example: string | null;
}

function catalogFigures(path: string): Figure[] {
  if (!existsSync(path)) return [];
  const entries = (JSON.parse(readFileSync(path, 'utf8')) as readonly CatalogEntry[]).filter(({ example }) => example);
  const unknown = entries.filter(({ example }) => {
    const reader = new LogReader();
    return example!.split('\n').every((line) => !table.recognise(reader.read(line).text));
  });
  const missed = unknown.map(({ id, example }) => `${id}: ${example}`);
  return [share('known messages recognised', entries.length - unknown.length, entries.length, 1, missed)];
}

function cleanFigures(): Figure[] {
  const found: string[] = [];
  let lines = 0;
  let others = 0;
  for (const level of LEVELS) {
    for (const pipeline of CLEAN) {
      const { stdout, status, error } = spawnSync(
        'sh',
        ['-c', 'exec gst-launch-1.0 -v "$@" 2>&1', 'sh', ...pipeline.split(' ')],
        { encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, GST_DEBUG: level, GST_DEBUG_NO_COLOR: '1' } },
      );
      if (error || status !== 0) {
        found.push(`${pipeline} did not run: ${error?.message ?? stdout.slice(-300)}`);
        continue;
      }
      const reader = new LogReader();
      const explainer = new Explainer(table);
      const own = stdout.split('\n');
      lines += own.length;
      const told = [...own.flatMap((line, i) => explainer.take(reader.read(line), i)), ...explainer.finish()];
      for (const { severity, cause, headline } of told) {
        if (severity === 'noise' || severity === 'info') others++;
        else found.push(`${cause?.id}: ${headline} (${pipeline}, GST_DEBUG=${level})`);
      }
    }
  }
  return [
    count('false matches in clean runs', found.length, 0, found, { lines, 'told to be no failure': others }),
    count('lines of clean runs missing', Math.max(0, CLEAN_LINES - lines), 0),
  ];
}

/** Failures provoked with the real gst-launch-1.0. */
function failureFigures(): Figure[] {
  const place = failureFolder();
  const missed: string[] = [];
  for (const failure of failures) {
    try {
      checkFailure(failure, place);
    } catch (error) {
      missed.push(`${failure.cause}: ${failure.pipeline}: ${(error as Error).message}`);
    }
  }
  rmSync(place, { recursive: true, force: true });
  const name = 'provoked failures explained at their place';
  return [share(name, failures.length - missed.length, failures.length, 1, missed)];
}

function print(figure: Figure): void {
  const counts = Object.entries(figure.counts).map(([what, number]) => `${what} ${number}`);
  console.log(`${reached(figure) ? '✓' : '✗'} ${figure.name}: ${written(figure)}   (${counts.join(', ')})`);
  for (const one of figure.exceptions.slice(0, all ? undefined : SHOWN)) console.log(`    ${one.slice(0, 300)}`);
}

function written({ value, unit }: Figure): string {
  return unit === 'share' ? `${(Math.floor(value * 10_000 + 1e-9) / 100).toFixed(2)} %` : String(value);
}
