/** Which groups of a configuration count: a program skips those that are switched off, and what is wrong there waits. */
import type { ConfigFormat } from '../catalog/config-format.ts';
import { asInteger } from '../syntax/config/values.ts';
import { type ConfigFile, type ConfigKey, type ConfigSection, keyNamed, keyOf } from './config-file.ts';
import { numberOf } from './config-value.ts';
import type { Severity } from './finding.ts';

/**
 * Whether the program does not even read the group's other keys: deepstream-app looks at `enable` of sources, sinks and
 * inferences first and goes on when it is 0, missing or no integer (APP-07); nvmsgconv does the same (CNV-01).
 */
export function isSkipped(config: ConfigFile, section: ConfigSection): boolean {
  if (!config.format || !READS_ENABLE_FIRST.test(`${config.format.id} ${section.spec?.name}`)) return false;
  // A group that is written twice is one; the other half may hold the key.
  const enable = keyNamed(config, section.name, 'enable');
  if (!enable) return true;
  // The switch is read as a whole number there, so `true` is none.
  const read = config.tree.syntax === 'ini' && enable.spec?.reader === 'integer' ? asInteger(enable.value) : undefined;
  return read ? !read.ok || read.value === 0 : (numberOf(config, enable) ?? 0) === 0;
}

/** Whether the group is switched off: skipped, or read and then not built. */
export function isOff(config: ConfigFile, section: ConfigSection): boolean {
  if (isSkipped(config, section)) return true;
  const enable = keyOf(section, 'enable');
  return enable !== undefined && numberOf(config, enable) === 0;
}

/** The severity in this group: what is wrong in one that is skipped matters only when it is switched on. */
export const severityIn = (config: ConfigFile, section: ConfigSection, severity: Severity): Severity =>
  isSkipped(config, section) ? 'hint' : severity;

/** Whether a value that GLib refuses surely ends the program. */
export function refusesUnread(format: ConfigFormat, section: ConfigSection, key: ConfigKey): boolean {
  if (format.strict !== true) return false;
  // Of a skipped group's `enable`, and of any group that reads it first, a refusal only means "off".
  return !(key.name === 'enable' && READS_ENABLE_FIRST.test(`${format.id} ${section.spec?.name}`));
}

const READS_ENABLE_FIRST =
  /^(?:deepstream-(?:app|audio|app-yaml) (?:source%u|sink%u|primary-gie|secondary-gie%u|audio-classifier)|nvmsgconv .*)$/;

/** Whether the program ends where it cannot open the file (APP-12, APP-13, INF-25). */
export const refusesMissing = ({
  key,
  holds,
}: {
  readonly key: ConfigKey | undefined;
  readonly holds: string;
}): boolean => holds === 'labels' || (holds === 'config' && key?.name === 'config-file');
