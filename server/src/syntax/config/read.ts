/** One way in for all syntaxes of configurations. DeepStream goes by the file's suffix; where there is none, by the look. */
import { readKeyFile } from './ini/lower.ts';
import type { ConfigSyntax, ConfigTree } from './tree.ts';
import { readYaml } from './yaml.ts';

/** The tree of the text. Never throws. */
export function readConfig(text: string, syntax: ConfigSyntax): ConfigTree {
  if (syntax === 'ini') return readKeyFile(text);
  if (syntax === 'yaml') return readYaml(text);
  return { kind: 'config', syntax, text, sections: [], loose: [], comments: [], problems: [] };
}

/** The syntax that the program would read the file in. `path` may be empty where it is not known. */
export function syntaxOf(text: string, path: string): ConfigSyntax {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  const first = firstLine(text);
  // Protobuf text opens a message with a brace or gives a field a value with a colon on one line.
  if (/^\w+\s*\{/.test(first)) return 'other';
  if (/\.\w+$/.test(path)) return 'ini';
  return /^%YAML|^---|^['"]?[A-Za-z][\w-]*['"]?\s*:(\s|$)/.test(first) ? 'yaml' : 'ini';
}

/** The first line with anything but blanks and comments on it. */
export function firstLine(text: string): string {
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).trim();
    if (line !== '' && !line.startsWith('#')) return line;
    if (end < 0) break;
    at = end + 1;
  }
  return '';
}
