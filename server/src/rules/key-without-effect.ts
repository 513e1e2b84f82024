/** Keys that are read and then not used, because of what another key says. */
import { type ConfigFile, type ConfigKey, type ConfigSection, keyOf, sectionNamed } from '../model/config-file.ts';
import { isOff } from '../model/config-groups.ts';
import { keySpec } from '../model/config-names.ts';
import { numberOf } from '../model/config-value.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'key-without-effect',
  title: 'The key has no effect here',
  why: 'Another key switches off what this one sets: a threshold of a clustering that is not used, a port of a sink that has none.',
  severity: 'hint',
  on: 'config',
  examples: [
    {
      bad: '[property]\ngie-unique-id=1\nnetwork-type=0\nnum-detected-classes=4\ncluster-mode=2\n\n[class-attrs-all]\neps=0.2\n',
      good: '[property]\ngie-unique-id=1\nnetwork-type=0\nnum-detected-classes=4\ncluster-mode=2\n\n[class-attrs-all]\ntopk=20\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config } = reading;
    if (!config.format?.judged) return;
    for (const section of config.sections) {
      if (!section.spec || isOff(config, section)) continue;
      for (const key of section.keys) {
        const reason = unused(config, section, key);
        if (reason) yield { span: key.nameSpan, tag: 'unnecessary', message: `${key.name} has no effect: ${reason}.` };
      }
    }
  },
};

function unused(config: ConfigFile, section: ConfigSection, key: ConfigKey): string | undefined {
  if (!key.spec || key.value.trim() === key.spec.default) return undefined;
  return conditional(config, section, key) ?? special(config, section, key);
}

/** What the table says: the key counts only with certain values of another. */
function conditional(config: ConfigFile, section: ConfigSection, key: ConfigKey): string | undefined {
  const when = key.spec!.appliesWhen;
  if (!when) return undefined;
  const home = when.section === undefined ? section : sectionNamed(config, when.section);
  if (!home?.spec) return undefined;
  const other = keyOf(home, when.key);
  const spec = keySpec(home.spec, when.key)?.spec;
  const value = numberOf(config, other, spec?.default);
  // Where nothing is written and no default is known, nothing can be said.
  if (value === undefined || when.values.includes(String(value))) return undefined;
  if (other === undefined && INDIRECT.has(when.key) && keyOf(home, INDIRECT.get(when.key)!)) return undefined;
  return `it counts with ${when.key}=${when.values.join(' or ')}, and ${when.key} is ${value}${other ? '' : ' by default'}`;
}

/** Keys that set another one in the old way. */
const INDIRECT: ReadonlyMap<string, string> = new Map([
  ['cluster-mode', 'enable-dbscan'],
  ['network-type', 'is-classifier'],
]);

function special(config: ConfigFile, section: ConfigSection, key: ConfigKey): string | undefined {
  const format = config.format!.id;
  if (format === 'nvinfer' && section.name === 'property') {
    if (key.name === 'use-dla-core' && !numberOf(config, keyOf(section, 'enable-dla'))) return 'enable-dla is not set';
    if (key.name === 'symmetric-padding' && !numberOf(config, keyOf(section, 'maintain-aspect-ratio')))
      return 'maintain-aspect-ratio is not set';
    if (key.name.startsWith('operate-on-') && numberOf(config, keyOf(section, 'process-mode'), '1') === 1)
      return 'it counts in secondary mode, and process-mode is 1';
    return undefined;
  }
  if (format === 'deepstream-app') {
    if (section.spec?.name === 'source%u' && RTSP_ONLY.test(key.name)) {
      const type = numberOf(config, keyOf(section, 'type'));
      const uri = keyOf(section, 'uri')?.value ?? '';
      if (type !== undefined && type !== 4 && !/^rtsps?:/i.test(uri)) return 'the source is no RTSP source (type=4)';
    }
    if (key.name === 'tracker-surface-type') return 'it is read and never handed on; tracking-surface-type is';
    if (section.name === 'streammux' && key.name === 'buffer-pool-size' && (numberOf(config, key) ?? 4) < 4)
      return 'it is used from 4 on only';
  }
  return undefined;
}

/** Keys of the RTSP source (SRC-08). */
const RTSP_ONLY =
  /^(?:init-)?rtsp-reconnect-|^smart-rec|^select-rtp-protocol$|^set-rtp-protocol$|^latency$|^udp-buffer-size$/;
