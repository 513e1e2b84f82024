import type { FormatStyle } from './literals.ts';

// Calls whose value is a string made of the strings that they are given.

/** Calls that give back the string they are given. */
export const passes = new Set(
  'string String QString QStringLiteral QLatin1String str c_str g_strdup _ N_ tr from to_string strdup String::from std::string TEXT L dedent cleandoc'.split(
    ' ',
  ),
);
/** Calls that put their arguments together. */
export const concatenates = new Set(['concat!', 'g_strconcat', 'StrCat']);
const formats = new Map<string, FormatStyle>(
  (
    [
      [
        'printf',
        'g_strdup_printf g_string_printf g_string_append_printf sprintf snprintf g_snprintf asprintf Sprintf Printf Fprintf Errorf asprintf_append StrFormat StringPrintf format_printf vsprintf FormatString stringf strfmt',
      ],
      ['braces', 'format! println! print! eprintln! write! writeln! panic! format_args! vformat'],
    ] as const
  ).flatMap(([style, names]) => names.split(' ').map((name) => [name, style] as const)),
);

/** Whether the value of a call is a string that is made of its arguments. `path` is the callee with all that stands before its name. */
export const givesString = (name: string, path: string): boolean =>
  passes.has(name) || concatenates.has(name) || formatStyle(name, path) !== undefined;

/** How the format of a call is written; undefined where it has none. */
export function formatStyle(name: string, path: string): FormatStyle | undefined {
  const known = formats.get(name);
  if (known) return known;
  if (name === 'format' || name === 'Format') {
    if (/^String\./.test(path)) return name === 'Format' ? 'braces' : 'printf';
    if (/^(?:string|std|fmt|absl|core)?(?:\.|::)?[fF]ormat$/.test(path)) return 'braces';
  }
  return undefined;
}
