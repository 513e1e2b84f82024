/**
 * The words by which a person names a target (`orin-nano-8gb deepstream-7.1 headless`, `jetpack-5.1.2`, `pc`), and what they stand for:
 * modules, releases and the layers of element tables in force.
 */
import { bundledCatalog, type Load } from '../catalog/bundled.ts';
import { type Catalog, layer } from '../catalog/catalog.ts';
import type { DeviceProfile } from '../catalog/device.ts';
import { compareVersions, isVersionOf, type JetsonRelease, type Releases } from './releases.ts';
import type { Target } from './target.ts';

/** What targets are made from. */
export interface TargetSources {
  /** Files under `schemas/`. */
  readonly load: Load;
  /** Devices that a project adds or corrects; one with a known id replaces it. */
  readonly devices?: readonly DeviceProfile[];
  /** Tables that come before the bundled ones: a live harvest, then the workspace's own. */
  readonly catalogs?: readonly Catalog[];
  /** True where a catalog given above is known to be all that the machine has. */
  readonly complete?: boolean;
  readonly revision?: number;
}

/** A choice that names nothing, or what does not go together; `problem` is a sentence for a person. */
export interface NoTarget {
  readonly problem: string;
}

/** One line of a list of targets. */
export interface TargetChoice {
  /** What to write: `orin-nano-8gb`. */
  readonly id: string;
  readonly title: string;
  /** What comes with it when nothing else is said: `JetPack 6.2.2, DeepStream 7.1, GStreamer 1.20`. */
  readonly detail: string;
}

/**
 * The target that the words name. No words: the Jetson Orin family on the newest JetPack 6. A module alone takes the newest
 * JetPack 6 that supports it, else its newest; DeepStream is the newest made for that JetPack.
 */
export function makeTarget(choice: string | undefined, from: TargetSources): Target | NoTarget {
  const words = (choice ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const target = targetNamed(
    words.filter((word) => word !== HEADLESS),
    from,
  );
  if ('problem' in target || !words.includes(HEADLESS)) return target;
  return { ...target, id: `${target.id} ${HEADLESS}`, title: `${target.title}, no display`, headless: true };
}

/** The word for a machine without a display. */
const HEADLESS = 'headless';

function targetNamed(words: readonly string[], from: TargetSources): Target | NoTarget {
  const known = knownOf(from);
  const wish = readWords(words, known);
  if ('problem' in wish) return wish;
  if (wish.devices?.every((device) => device.platform === 'none')) return pcTarget(wish, wish.devices, from);
  if (wish.devices?.every((device) => device.platform === 'dgpu')) return dgpuTarget(wish, wish.devices, known, from);
  return jetsonTarget(wish, known, from);
}

/** Every target that can be named by one word. */
export function listTargets(from: TargetSources): TargetChoice[] {
  const known = knownOf(from);
  const devices = known.devices.map((device) => device.id);
  const families = [
    ...new Set(known.devices.filter((device) => device.platform === 'tegra').map((device) => device.family)),
  ];
  const packs = new Set(known.releases.jetson.filter((release) => !release.preview).map((release) => release.jetpack));
  const ids = [
    ...devices,
    ...families.filter((family) => !devices.includes(family)),
    ...[...packs].map((pack) => `jetpack-${pack}`),
  ];
  return ids.flatMap((id) => {
    const target = makeTarget(id, from);
    if ('problem' in target) return [];
    const versions = [
      target.jetpack && `JetPack ${target.jetpack}`,
      target.deepstream && `DeepStream ${target.deepstream}`,
      `GStreamer ${target.gstreamer}`,
    ];
    const title =
      target.device?.title ??
      (id.startsWith('jetpack') ? `Any Jetson with JetPack ${target.jetpack}` : familyTitle(id));
    return [{ id, title, detail: versions.filter((text) => text).join(', ') }];
  });
}

interface Known {
  readonly devices: readonly DeviceProfile[];
  readonly releases: Releases;
}

function knownOf({ load, devices: extra = [] }: TargetSources): Known {
  const ids = parse<{ devices: readonly string[] }>(load('devices/index.json'))?.devices ?? [];
  const shipped = ids.flatMap((id) => parse<DeviceProfile>(load(`devices/${id}.json`)) ?? []);
  const replaced = new Set(extra.map((device) => device.id));
  return {
    devices: [...shipped.filter((device) => !replaced.has(device.id)), ...extra],
    releases: parse<Releases>(load('releases.json')) ?? { jetson: [], dgpu: [] },
  };
}

function parse<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

interface Wish {
  readonly words: readonly string[];
  readonly devices?: readonly DeviceProfile[];
  readonly jetpack?: string;
  readonly l4t?: string;
  readonly deepstream?: string;
  readonly gstreamer?: string;
}

const RELEASE = /^(jetpack|jp|l4t|deepstream|ds|gstreamer|gst)[-=:]?r?(\d+(?:\.\d+){0,2})$/;

function readWords(words: readonly string[], known: Known): Wish | NoTarget {
  let wish: Wish = { words };
  for (const word of words) {
    const release = RELEASE.exec(word);
    if (release) {
      const [, kind, version] = release;
      if (kind === 'jetpack' || kind === 'jp') wish = { ...wish, jetpack: version };
      else if (kind === 'l4t') wish = { ...wish, l4t: version };
      else if (kind === 'gstreamer' || kind === 'gst') wish = { ...wish, gstreamer: version };
      else wish = { ...wish, deepstream: version };
      continue;
    }
    if (/^r\d+(\.\d+)*$/.test(word)) {
      wish = { ...wish, l4t: word.slice(1) };
      continue;
    }
    const devices = devicesOf(word, known.devices);
    if (devices.length === 0) {
      return {
        problem: `"${word}" is no target; write a module (orin-nano-8gb), jetpack-6.2, deepstream-7.1, dgpu or pc`,
      };
    }
    wish = { ...wish, devices };
  }
  return wish;
}

/** One device by id, or all that a family or the beginning of an id stands for. */
function devicesOf(word: string, devices: readonly DeviceProfile[]): readonly DeviceProfile[] {
  const name = word.replace(/^jetson-?/, '');
  const exact = devices.filter((device) => device.id === word || device.id === name);
  if (exact.length > 0) return exact;
  const family = devices.filter((device) => device.family === name);
  if (family.length > 0) return family;
  return name === ''
    ? devices.filter((device) => device.platform === 'tegra')
    : devices.filter((device) => device.id.startsWith(`${name}-`));
}

function jetsonTarget(wish: Wish, known: Known, from: TargetSources): Target | NoTarget {
  const assumed = wish.words.length === 0;
  const tegra = known.devices.filter((device) => device.platform === 'tegra');
  const orin = tegra.filter((device) => device.family === 'orin');
  const release =
    releaseFor(wish, wish.devices ?? orin, known) ?? (wish.devices ? undefined : releaseFor(wish, tegra, known));
  if (!release) return { problem: refusal(wish) };
  const candidates = wish.devices ?? (releaseNamed(wish) ? tegra : orin);
  const devices = candidates.filter((device) => runs(device, release, known.releases));
  const device = devices.length === 1 ? devices[0] : undefined;
  const deepstream = release.deepstream.find((version) => !wish.deepstream || isVersionOf(version, wish.deepstream));
  const gstreamer = wish.gstreamer ?? release.gstreamer;
  const layers = [
    ...(deepstream ? [`deepstream-${deepstream.split('.').slice(0, 2).join('.')}`] : []),
    release.layer,
    `gstreamer-${gstreamer}`,
  ];
  const title = device?.title ?? (wish.devices || assumed ? familyTitle(devices[0]?.family ?? 'orin') : 'Jetson');
  return {
    id: assumed ? 'orin' : wish.words.join(' '),
    title: [title, `JetPack ${release.jetpack}`, ...(deepstream ? [`DeepStream ${deepstream}`] : [])].join(', '),
    device,
    devices,
    assumed,
    platform: 'tegra',
    arch: 'aarch64',
    gstreamer,
    l4t: release.l4t.findLast((version) => !wish.l4t || isVersionOf(version, wish.l4t)) ?? release.l4t.at(-1),
    jetpack: release.jetpack,
    deepstream,
    ...tablesOf(layers, from),
  };
}

function releaseNamed(wish: Wish): boolean {
  return (wish.jetpack ?? wish.l4t ?? wish.deepstream) !== undefined;
}

/** The newest release that fits; without a version named, the newest JetPack 6 comes before newer ones. */
function releaseFor(wish: Wish, devices: readonly DeviceProfile[], known: Known): JetsonRelease | undefined {
  const fitting = known.releases.jetson
    .filter((release) => devices.some((device) => runs(device, release, known.releases)))
    .filter((release) => wish.jetpack === undefined || isVersionOf(release.jetpack, wish.jetpack))
    .filter(({ l4t }) => wish.l4t === undefined || l4t.some((version) => isVersionOf(version, wish.l4t!)))
    .filter(
      ({ deepstream }) => !wish.deepstream || deepstream.some((version) => isVersionOf(version, wish.deepstream!)),
    )
    .sort((a, b) => Number(b.preview ?? false) - Number(a.preview ?? false) || compareVersions(a.jetpack, b.jetpack));
  const usual = releaseNamed(wish) ? undefined : fitting.findLast((release) => isVersionOf(release.jetpack, '6'));
  const exact = fitting.findLast((release) => release.jetpack === wish.jetpack || release.l4t.includes(wish.l4t ?? ''));
  // A release that DeepStream was made for serves better than a newer one without.
  return usual ?? exact ?? fitting.findLast((release) => release.deepstream.length > 0) ?? fitting.at(-1);
}

function runs(device: DeviceProfile, release: JetsonRelease, { jetson }: Releases): boolean {
  if (device.platform !== 'tegra') return false;
  const { jetpack } = device;
  if (jetpack && compareVersions(release.jetpack, jetpack.first) < 0) return false;
  if (jetpack && compareVersions(release.jetpack, jetpack.last) > 0) return false;
  const id = device.like ?? device.id;
  const names = ({ modules }: JetsonRelease): boolean =>
    modules.some((start) => id === start || id.startsWith(`${start}-`));
  // A device that no release names is a project's own: its range alone says where it runs.
  return names(release) || !jetson.some(names);
}

function refusal(wish: Wish): string {
  const named = wish.words.filter((word) => RELEASE.test(word) || /^r\d/.test(word)).join(' and ');
  const device = wish.devices?.[0];
  if (!device) return `no JetPack that is known here has ${named}`;
  const range = device.jetpack ? `; it runs JetPack ${device.jetpack.first} to ${device.jetpack.last}` : '';
  return `${wish.devices!.length === 1 ? device.title : familyTitle(device.family)} has no release with ${named}${range}`;
}

function dgpuTarget(
  wish: Wish,
  devices: readonly DeviceProfile[],
  known: Known,
  from: TargetSources,
): Target | NoTarget {
  if (wish.jetpack ?? wish.l4t)
    return { problem: 'JetPack and L4T are releases for Jetson modules; a PC has a DeepStream release only' };
  const release = known.releases.dgpu.findLast(
    ({ deepstream }) => !wish.deepstream || isVersionOf(deepstream, wish.deepstream),
  );
  if (!release) return { problem: `DeepStream ${wish.deepstream} is not known for a discrete GPU` };
  const gstreamer = wish.gstreamer ?? release.gstreamer;
  const short = release.deepstream.split('.').slice(0, 2).join('.');
  return {
    id: wish.words.join(' '),
    title: `${devices[0]!.title}, DeepStream ${release.deepstream}`,
    device: devices.length === 1 ? devices[0] : undefined,
    devices,
    assumed: false,
    platform: 'dgpu',
    arch: devices[0]!.arch,
    gstreamer,
    l4t: undefined,
    jetpack: undefined,
    deepstream: release.deepstream,
    ...tablesOf([`deepstream-${short}-dgpu`, 'dgpu', `gstreamer-${gstreamer}`], from),
  };
}

function pcTarget(wish: Wish, devices: readonly DeviceProfile[], from: TargetSources): Target | NoTarget {
  if (releaseNamed(wish)) return { problem: `${devices[0]!.title} has neither JetPack nor DeepStream` };
  const gstreamer = wish.gstreamer ?? '1.22';
  return {
    id: wish.words.join(' '),
    title: `${devices[0]!.title}, GStreamer ${gstreamer}`,
    device: devices.length === 1 ? devices[0] : undefined,
    devices,
    assumed: false,
    platform: 'none',
    arch: devices[0]!.arch,
    gstreamer,
    l4t: undefined,
    jetpack: undefined,
    deepstream: undefined,
    ...tablesOf([`gstreamer-${gstreamer}`], from),
  };
}

function tablesOf(
  layers: readonly string[],
  from: TargetSources,
): Pick<Target, 'headless' | 'layers' | 'catalog' | 'complete' | 'revision'> {
  return {
    headless: false,
    layers,
    catalog: layer(...(from.catalogs ?? []), bundledCatalog(layers, from.load)),
    complete: from.complete ?? false,
    revision: from.revision ?? 0,
  };
}

function familyTitle(family: string): string {
  const known: Readonly<Record<string, string>> = { tx2: 'Jetson TX2 family', dgpu: 'PC with a discrete NVIDIA GPU' };
  return known[family] ?? `Jetson ${family.charAt(0).toUpperCase()}${family.slice(1)} family`;
}
