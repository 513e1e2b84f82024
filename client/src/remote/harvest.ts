/**
 * What a device's own GStreamer says of its elements, as tables. All pages come from one program where that works; plugins
 * that have not changed since the last harvest are not asked again.
 */
import type { ElementSpec } from '../../../server/src/catalog/element.ts';
import { inspectElement } from '../../../server/src/catalog/inspect.ts';
import { collect, describeExit, endedWell, RemoteError, type Runner } from './runner.ts';

export interface HarvestOptions {
  /** Name of the layer that the elements get: the device's. */
  readonly layer: string;
  /** What the last harvest of this device gave back. */
  readonly cache?: HarvestCache;
  readonly progress?: (progress: HarvestProgress) => void;
  readonly abort?: AbortSignal;
  /** For the plugins that are found: `GST_PLUGIN_PATH`, `LD_PRELOAD`, `DISPLAY`. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface HarvestProgress {
  /** Elements read so far, those from the cache included, and all that the device lists. */
  readonly done: number;
  readonly total: number;
}

export interface Harvest {
  readonly elements: readonly ElementSpec[];
  /** To be kept for the next time. Plain JSON. */
  readonly cache: HarvestCache;
  /** Elements that were taken from the cache. */
  readonly reused: number;
  /** Elements that are listed, but whose page could not be had: the plugin crashes, hangs or cannot be loaded. */
  readonly unreadable: readonly string[];
  /** Files that GStreamer does not load because they crashed before. */
  readonly blacklisted: number;
}

/** The last harvest, plugin by plugin. */
export interface HarvestCache {
  readonly format: 1;
  /** First line of `gst-inspect-1.0 --version`. */
  readonly gstreamer: string;
  readonly plugins: Readonly<Record<string, CachedPlugin>>;
}

interface CachedPlugin {
  /** Names that the plugin listed, sorted. */
  readonly names: readonly string[];
  readonly file: string;
  readonly version: string;
  /** Size and time of the file on the device. */
  readonly stamp: string;
  readonly elements: readonly ElementSpec[];
}

/** Above this many elements to read one program prints all pages; below, each is asked for alone. */
const FEW = 60;

/** Seconds for the page of one element: plugins that probe hardware can hang. */
const PATIENCE = 20;

/** Reads all elements of the device. Rejects with a {@link RemoteError} where it has no GStreamer or the harvest is stopped. */
export async function harvest(runner: Runner, options: HarvestOptions): Promise<Harvest> {
  const env = { ...options.env, LC_ALL: 'C' };
  const { abort, cache } = options;
  const around = { env, ...(abort && { abort }) };
  const known = new Map(Object.entries(cache?.format === 1 ? cache.plugins : {}));
  const files = [...known.values()].map(({ file }) => file).filter((file) => file !== '');
  const list = await collect(
    runner.exec(['/bin/sh', '-c', LIST], { ...around, input: files.map((file) => `${file}\n`).join('') }),
  );
  const listing = readListing(list.out);
  throwIfStopped(abort);
  if ('lost' in list.exit) throw list.exit.lost;
  if (listing.plugins.size === 0) {
    throw new RemoteError(
      'failed',
      `${runner.where.title} has no gst-inspect-1.0 that lists elements (${describeExit(list.exit)}).`,
      'Install gstreamer1.0-tools on the device.',
    );
  }
  const same = listing.version === cache?.gstreamer;
  const reused = new Map<string, CachedPlugin>();
  const wanted: string[] = [];
  let total = 0;
  for (const [plugin, names] of listing.plugins) {
    total += names.length;
    const old = known.get(plugin);
    const unchanged =
      old &&
      same &&
      old.stamp !== '' &&
      listing.stamps.get(old.file) === old.stamp &&
      old.names.join() === names.join();
    if (unchanged) reused.set(plugin, old);
    else wanted.push(...names);
  }
  const specs = new Map<string, Page>();
  let kept = 0;
  for (const { elements } of reused.values()) kept += elements.length;
  const report = (): void => options.progress?.({ done: kept + specs.size, total });
  report();
  const take = (name: string, page: string): void => {
    const spec = inspectElement(page, {
      name,
      layer: options.layer,
      source: listing.version,
      live: true,
      blurbs: true,
    });
    if (!spec) return;
    specs.set(name, { spec, file: detail(page, 'Filename'), version: detail(page, 'Version') });
    if (specs.size % 50 === 0) report();
  };
  if (wanted.length > FEW) await readAll(runner, around, new Set(wanted), take);
  throwIfStopped(abort);
  const left = wanted.filter((name) => specs.get(name)?.spec.complete !== true);
  if (left.length > 0) await readEach(runner, around, left, take);
  throwIfStopped(abort);
  const stamps = await stampsOf(runner, around, specs, listing.stamps);
  report();
  const plugins: Record<string, CachedPlugin> = {};
  for (const [plugin, names] of listing.plugins) {
    const pages = names.flatMap((name) => specs.get(name) ?? []);
    const [page] = pages;
    const old = reused.get(plugin);
    if (old) plugins[plugin] = old;
    else if (page) {
      const stamp = stamps.get(page.file) ?? '';
      plugins[plugin] = {
        names,
        file: page.file,
        version: page.version,
        stamp,
        elements: pages.map(({ spec }) => spec),
      };
    }
  }
  const elements = Object.values(plugins).flatMap((plugin) => plugin.elements);
  const unreadable = wanted.filter((name) => !specs.has(name));
  return {
    elements,
    cache: { format: 1, gstreamer: listing.version, plugins },
    reused: kept,
    unreadable,
    blacklisted: listing.blacklisted,
  };
}

interface Page {
  readonly spec: ElementSpec;
  readonly file: string;
  readonly version: string;
}

interface Listing {
  readonly version: string;
  /** Plugin → its elements, sorted. */
  readonly plugins: ReadonlyMap<string, readonly string[]>;
  readonly stamps: ReadonlyMap<string, string>;
  readonly blacklisted: number;
}

/** Size, time and name of each file that its input names. */
const STAMPS = 'while read -r f; do stat -L -c "@stamp %s %Y %n" "$f" 2>/dev/null; done';

/** The version, all elements, and the stamps of the files on its input. */
const LIST = `gst-inspect-1.0 --version </dev/null; gst-inspect-1.0 </dev/null; ${STAMPS}`;

function readListing(text: string): Listing {
  const plugins = new Map<string, string[]>();
  const stamps = new Map<string, string>();
  let version = '';
  let blacklisted = 0;
  for (const line of text.split('\n')) {
    const stamp = /^@stamp (\d+ \d+) (.*)$/.exec(line);
    const element = /^([\w.+-]+): +([\w.+-]+): (?!.*\(typefind\))/.exec(line);
    if (stamp) stamps.set(stamp[2]!, stamp[1]!);
    else if (line.startsWith('gst-inspect-1.0 version') && version === '') version = line.trim();
    else if (/^Total count:/.test(line)) blacklisted = Number(/\((\d+) blacklist/.exec(line)?.[1] ?? 0);
    else if (element) {
      const names = plugins.get(element[1]!) ?? [];
      names.push(element[2]!);
      plugins.set(element[1]!, names);
    }
  }
  for (const names of plugins.values()) names.sort();
  return { version, plugins, stamps, blacklisted };
}

type Take = (name: string, page: string) => void;
type Around = { readonly env: Readonly<Record<string, string>>; readonly abort?: AbortSignal };

/** `gst-inspect-1.0 -a`: every page in one go, each line with the element's name before it. A crash ends it early. */
async function readAll(runner: Runner, around: Around, wanted: ReadonlySet<string>, take: Take): Promise<void> {
  const running = runner.exec(['gst-inspect-1.0', '--print-all'], { ...around, input: '' });
  let current = '';
  let prefix = '';
  let page: string[] = [];
  const finish = (): void => {
    if (current !== '' && wanted.has(current)) take(current, page.join('\n'));
    page = [];
  };
  for await (const { text, from } of running.lines) {
    if (from === 'err') continue;
    const begins = /^([\w.+-]+): Factory Details:/.exec(text)?.[1];
    if (begins !== undefined) {
      finish();
      current = begins;
      prefix = `${begins}: `;
    }
    // Lines without the name are blank ones of the printer, or come from a plugin.
    if (current !== '')
      page.push(text.startsWith(prefix) ? text.slice(prefix.length) : text === prefix.trimEnd() ? '' : text);
  }
  // The last page is whole only if the program came to its end.
  if (endedWell(await running.exit)) finish();
}

/** A page each, so that an element that crashes or hangs takes nobody along. Names come by its input. */
const EACH = `while read -r n; do echo "@page $n"; if command -v timeout >/dev/null 2>&1; then timeout ${PATIENCE} gst-inspect-1.0 "$n" </dev/null; else gst-inspect-1.0 "$n" </dev/null; fi; done`;

async function readEach(runner: Runner, around: Around, names: readonly string[], take: Take): Promise<void> {
  const running = runner.exec(['/bin/sh', '-c', EACH], { ...around, input: names.map((name) => `${name}\n`).join('') });
  let current = '';
  let page: string[] = [];
  for await (const { text, from } of running.lines) {
    if (from === 'err') continue;
    if (text.startsWith('@page ')) {
      if (current !== '') take(current, page.join('\n'));
      current = text.slice('@page '.length);
      page = [];
    } else page.push(text);
  }
  if (current !== '') take(current, page.join('\n'));
}

async function stampsOf(
  runner: Runner,
  around: Around,
  specs: ReadonlyMap<string, Page>,
  known: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const files = [...new Set([...specs.values()].map(({ file }) => file))].filter(
    (file) => file !== '' && !known.has(file),
  );
  if (files.length === 0) return known;
  const { out } = await collect(
    runner.exec(['/bin/sh', '-c', STAMPS], { ...around, input: files.map((file) => `${file}\n`).join('') }),
  );
  return new Map([...known, ...readListing(out).stamps]);
}

/** A line of the page's "Plugin Details". */
function detail(page: string, name: string): string {
  const start = page.indexOf('Plugin Details:');
  return start < 0
    ? ''
    : (new RegExp(`^ {2}${name} +(\\S.*?)\\s*$`, 'm').exec(page.slice(start, start + 4000))?.[1] ?? '');
}

function throwIfStopped(abort: AbortSignal | undefined): void {
  if (abort?.aborted) throw new RemoteError('cancelled', 'The harvest was stopped.');
}
