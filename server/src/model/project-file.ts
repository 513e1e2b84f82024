/**
 * `.jetson-pipelines.json`: the target that a project is judged for and the devices that it adds or corrects. Its form is
 * `schemas/meta/project.schema.json`; where the file is found and read is not known here.
 */
import type { DeviceProfile } from '../catalog/device.ts';

export interface ProjectFile {
  /** The words of a target: `orin-nano-8gb deepstream-7.1`. */
  readonly target: string | undefined;
  /** Complete profiles, to be given to makeTarget. */
  readonly devices: readonly DeviceProfile[];
  /** What is wrong with the file, as sentences; what is right in it still counts. */
  readonly problems: readonly string[];
}

/** Reads the file. `known` gives a shipped profile by id, for devices that are `like` one or correct one. Never throws. */
export function readProjectFile(text: string, known: (id: string) => DeviceProfile | undefined): ProjectFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    return { target: undefined, devices: [], problems: [`The file is no JSON: ${(error as Error).message}`] };
  }
  if (!isRecord(file)) return { target: undefined, devices: [], problems: ['The file must hold one object.'] };
  const problems: string[] = [];
  const target = typeof file.target === 'string' ? file.target : undefined;
  if (file.target !== undefined && target === undefined)
    problems.push('"target" must be a text such as "orin-nano-8gb".');
  const entries = file.devices ?? [];
  if (!Array.isArray(entries)) problems.push('"devices" must be a list.');
  const devices = (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) => {
    const device = readDevice(entry, known);
    if (typeof device !== 'string') return [device];
    problems.push(device);
    return [];
  });
  return { target, devices, problems };
}

/** The profile, or why it is none. */
function readDevice(entry: unknown, known: (id: string) => DeviceProfile | undefined): DeviceProfile | string {
  if (!isRecord(entry)) return 'Every device must be an object.';
  const { id, like } = entry;
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9.-]*$/.test(id)) {
    return 'Every device needs an "id" of lower-case letters, digits, "-" and ".".';
  }
  const base = known(typeof like === 'string' ? like : id);
  if (!base && like !== undefined) return `Device "${id}" is like "${String(like)}", which is not known.`;
  const wrong = Object.entries(FORM).find(([key, fits]) => entry[key] !== undefined && !fits(entry[key]));
  if (wrong) return `"${wrong[0]}" of device "${id}" has a form that cannot be read; see the schema of this file.`;
  const missing = base ? undefined : ['title', 'family', 'arch', 'platform'].find((key) => entry[key] === undefined);
  if (missing) return `Device "${id}" is no shipped one and like none, so it needs "${missing}".`;
  const empty = { engines: {}, decode: [], encode: [], notes: [], sources: {} };
  return { ...empty, ...base, ...entry } as unknown as DeviceProfile;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isList = (value: unknown): boolean => Array.isArray(value);

const isLimits = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => isRecord(one) && isText(one.codec) && isText(one.source));

const FORM: Readonly<Record<string, (value: unknown) => boolean>> = {
  title: isText,
  family: isText,
  arch: (value) => value === 'aarch64' || value === 'x86_64',
  platform: (value) => value === 'tegra' || value === 'dgpu' || value === 'none',
  memory: (value) => isRecord(value) && typeof value.gib === 'number' && isText(value.source),
  engines: (value) => isRecord(value) && Object.values(value).every((count) => typeof count === 'number'),
  decode: isLimits,
  encode: isLimits,
  lacks: isLimits,
  noEncoder: (value) =>
    Array.isArray(value) && value.every((one) => isRecord(one) && isText(one.what) && isText(one.source)),
  jetpack: (value) => isRecord(value) && isText(value.first) && isText(value.last) && isText(value.source),
  notes: isList,
  sources: isRecord,
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
