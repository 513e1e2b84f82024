/** Settings as they arrive from any editor: unknown values in, whole and typed ones out. */
import { defaultSettings, type HintSettings, SECTION, type Settings } from '../protocol.ts';

/**
 * Reads settings from whatever the editor sent: our section, or an object that has it as a member. What is missing or
 * of a wrong type falls back to its default, so that one slip in a settings file does not switch the linter off.
 */
export function readSettings(value: unknown): Settings {
  const outer = record(value);
  const own = record(outer[SECTION] ?? outer);
  return {
    target: typeof own.target === 'string' ? own.target.trim() : defaultSettings.target,
    rules: readRules(own.rules),
    scope: own.scope === 'open' || own.scope === 'workspace' ? own.scope : defaultSettings.scope,
    hints: readHints(own.hints),
    codeLens: typeof own.codeLens === 'boolean' ? own.codeLens : defaultSettings.codeLens,
  };
}

/** Whether two settings ask for the same. */
export function sameSettings(a: Settings, b: Settings): boolean {
  const names = Object.keys(a.rules);
  return (
    a.target === b.target &&
    a.scope === b.scope &&
    a.codeLens === b.codeLens &&
    HINTS.every((name) => a.hints[name] === b.hints[name]) &&
    names.length === Object.keys(b.rules).length &&
    names.every((name) => a.rules[name] === b.rules[name])
  );
}

const HINTS = Object.keys(defaultSettings.hints) as (keyof HintSettings)[];

function readHints(value: unknown): HintSettings {
  const own = record(value);
  const read = (name: keyof HintSettings): boolean => {
    const said = own[name];
    return typeof said === 'boolean' ? said : defaultSettings.hints[name];
  };
  return { links: read('links'), copies: read('copies'), names: read('names'), values: read('values') };
}

function readRules(value: unknown): Settings['rules'] {
  const rules: Record<string, Settings['rules'][string]> = {};
  for (const [id, severity] of Object.entries(record(value))) {
    if (severity === 'error' || severity === 'warning' || severity === 'hint' || severity === 'off') {
      rules[id] = severity;
    }
  }
  return rules;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
