/** Keys and groups without which the program does not start, or does not do what the group is for. */
import { type ConfigFile, type ConfigSection, keyOf, sectionsNamed } from '../model/config-file.ts';
import { isOff, isSkipped } from '../model/config-groups.ts';
import { fits } from '../model/config-names.ts';
import { numberOf } from '../model/config-value.ts';
import type { Finding, Rule, Severity } from '../model/finding.ts';

export const rule: Rule = {
  id: 'missing-key',
  title: 'A key that the program needs is missing',
  why: 'Without it the program ends at the start, or passes the whole group over.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[osd]\nenable=1\n\n[primary-gie]\nenable=1\nbatch-size=1\n',
      good: '[osd]\nenable=1\n\n[primary-gie]\nenable=1\nbatch-size=1\nconfig-file=config_infer_primary.txt\n',
    },
    {
      bad: '[osd]\nenable=1\n\n[sink0]\ntype=1\n',
      good: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config } = reading;
    const { format } = config;
    // What a file that is refused as a whole lacks is not to be said before it can be read.
    if (!format?.judged || config.tree.problems.length > 0) return;
    for (const spec of format.sections) {
      if (!spec.required || config.sections.some((section) => section.spec === spec)) continue;
      const first = config.sections[0];
      if (!first) continue;
      yield {
        span: first.header,
        message: `The ${format.title} needs a group [${spec.name}]; without it the program ends.`,
      };
    }
    const told = new Set<string>();
    for (const section of config.sections) {
      if (!section.spec || told.has(section.name)) continue;
      told.add(section.name);
      const whole = merged(config, section);
      yield* lacks(config, whole);
    }
  },
};

/** The group with the keys of all groups of its name, as GLib makes one of them. */
const merged = (config: ConfigFile, section: ConfigSection): ConfigSection => ({
  ...section,
  keys: sectionsNamed(config, section.name).flatMap((other) => other.keys),
});

function* lacks(config: ConfigFile, section: ConfigSection): Generator<Finding> {
  const has = (name: string): boolean =>
    section.keys.some((key) => !key.dropped && fits(name, key.name) && key.value.trim() !== '');
  const missing = (name: string, why: string, severity: Severity): Finding => ({
    span: section.header,
    severity,
    message: `${config.tree.syntax === 'ini' ? `[${section.name}]` : section.name} has no ${name.replace(/%[us]$/, '…')}: ${why}.`,
  });
  if (isSkipped(config, section)) {
    if (!keyOf(section, 'enable')) {
      yield missing('enable', 'the whole group is passed over without a word; write enable=1', 'warning');
    }
    return;
  }
  if (isOff(config, section)) return;
  // The YAML readers take the same keys, but which of them they insist on was not examined.
  const surely: Severity = config.tree.syntax === 'ini' ? 'error' : 'warning';
  if (!config.format!.id.startsWith('nvmsg') && !UNSURE.has(config.format!.id)) {
    for (const spec of section.spec!.keys) {
      if (spec.required && !has(spec.name)) yield missing(spec.name, 'the program ends without it', surely);
    }
  }
  for (const { name, why, severity } of conditional(config, section, has)) {
    yield missing(name, why, severity === 'error' ? surely : severity);
  }
}

/** Formats of samples, whose readers were not examined for what they insist on. */
const UNSURE: ReadonlySet<string> = new Set(['deepstream-3d-action-recognition', 'c2d-sensor-list', 'nvdewarper']);

interface Lack {
  readonly name: string;
  readonly why: string;
  readonly severity: Severity;
}

/** What is needed because of other keys of the group. */
function* conditional(config: ConfigFile, section: ConfigSection, has: (name: string) => boolean): Generator<Lack> {
  const value = (name: string, fallback?: string): number | undefined =>
    numberOf(config, keyOf(section, name), fallback);
  const format = config.format!.id;
  const name = section.spec!.name;
  if (format === 'deepstream-app' || format === 'deepstream-audio' || format === 'deepstream-app-yaml') {
    if (name === 'source%u' && [2, 3, 4, 7].includes(value('type') ?? 0) && !has('uri')) {
      yield { name: 'uri', why: 'sources of this type need an address', severity: 'error' };
    }
    if (name === 'sink%u' && value('type') === 3 && !has('output-file')) {
      yield { name: 'output-file', why: 'a file sink needs to know its file', severity: 'error' };
    }
    if (name === 'sink%u' && value('type') === 6) {
      if (!has('msg-broker-proto-lib')) {
        yield {
          name: 'msg-broker-proto-lib',
          why: 'a broker sink needs the library of its protocol',
          severity: 'error',
        };
      }
      // A module of Azure IoT Edge is connected by its runtime.
      const edge = keyOf(section, 'msg-broker-proto-lib')?.value.includes('azure_edge');
      if (!edge && !has('msg-broker-conn-str') && !has('msg-broker-config')) {
        yield { name: 'msg-broker-conn-str', why: 'a broker sink needs it, or msg-broker-config', severity: 'error' };
      }
    }
    if (name === 'tracker' && value('enable') && !has('ll-lib-file')) {
      yield {
        name: 'll-lib-file',
        why: 'the tracker element does nothing by itself and ends without a library',
        severity: 'error',
      };
    }
    // Audio has no size.
    if (format !== 'deepstream-audio' && name === 'streammux' && (!has('width') || !has('height'))) {
      const which = has('width') ? 'height' : 'width';
      yield {
        name: which,
        why: 'the old muxer needs width and height; only the new one goes without',
        severity: 'warning',
      };
    }
    if (name === 'source-list' && sectionsNamed(config, 'source-attr-all').length === 0) {
      yield { name: '[source-attr-all] beside it', why: 'deepstream-app ends without that group', severity: 'error' };
    }
  }
  if (format === 'nvinfer' && name === 'property') {
    if (has('tlt-encoded-model') && !has('tlt-model-key')) {
      yield { name: 'tlt-model-key', why: 'an encrypted model cannot be read without its key', severity: 'warning' };
    }
    const detects = value('network-type', '0') === 0 && !value('is-classifier');
    if (detects && !has('num-detected-classes')) {
      yield {
        name: 'num-detected-classes',
        why: 'a detector (network-type=0) then knows no class',
        severity: 'warning',
      };
    }
  }
  if (format === 'nvmsgbroker-mqtt' && (keyOf(section, 'enable-tls')?.value ?? '').startsWith('1')) {
    if (!has('tls-cafile') && !has('tls-capath')) {
      yield { name: 'tls-cafile', why: 'TLS needs it, or tls-capath', severity: 'error' };
    }
  }
}
