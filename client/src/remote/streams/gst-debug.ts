/**
 * One line of GST_DEBUG, coloured or not, of GStreamer 1.14 to 1.28: line in, record out. Lines without a head belong to
 * the record before; that is for `log.ts`. The format is that of gst/gstinfo.c.
 */

export type DebugLevel = 'ERROR' | 'WARN' | 'FIXME' | 'INFO' | 'DEBUG' | 'LOG' | 'TRACE' | 'MEMDUMP';

export interface DebugRecord {
  /** Seconds since gst_init of that process; undefined where GStreamer printed an invalid time. */
  readonly seconds: number | undefined;
  readonly pid: number;
  /** Address of the thread; a number from GStreamer 1.28. */
  readonly thread: string;
  readonly level: DebugLevel;
  readonly category: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** `decoder0:sink` for a pad; empty where the message is about none. */
  readonly object: string;
  readonly message: string;
}

/** 1.14 and 1.16 write three digits, `ESC[333m`, so any number is taken. */
const ESCAPES = /\x1b\[[0-9;]*[A-Za-z]/g;

/** A text without colours and other terminal sequences. */
export const withoutEscapes = (text: string): string => (text.includes('\x1b[') ? text.replace(ESCAPES, '') : text);

const RECORD =
  /^(\d+):(\d\d):(\d\d\.\d{9}) +(\d+) +(0x[0-9a-fA-F]+|\d+) +(ERROR|WARN|FIXME|INFO|DEBUG|LOG|TRACE|MEMDUMP) +(\S+) +([^:\s][^:]*|):(\d+):([^:<]*(?:::[^:<]+)*):(?:<([^>]*)>)? ?(.*)$/;

/** The record, or undefined for a line that has no such head. `line` is without escapes. */
export function readDebugLine(line: string): DebugRecord | undefined {
  const first = line.charCodeAt(0);
  if (first < 48 || first > 57) return undefined;
  const match = RECORD.exec(line);
  if (!match) return undefined;
  const [, hours, minutes, seconds, pid, thread, level, category, file, number, where, object, message] = match;
  return {
    seconds: minutes === '99' ? undefined : Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds),
    pid: Number(pid),
    thread: thread ?? '',
    level: level as DebugLevel,
    category: category ?? '',
    file: file ?? '',
    line: Number(number),
    function: where ?? '',
    object: object ?? '',
    message: message ?? '',
  };
}

/** Name of the element that an object is or belongs to: `decoder0` of `decoder0:sink`; empty for caps and other texts. */
export function elementOfObject(object: string): string {
  const name = object.split(':', 1)[0] ?? '';
  return /^[\w.+-]+$/.test(name) && !/^0x[0-9a-f]+$/i.test(name) ? name : '';
}
