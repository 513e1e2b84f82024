/**
 * Whether a host is the one it was before: `known_hosts` read and written as OpenSSH does (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"):
 * patterns, negation, `[host]:port`, hashed names, `@revoked`, several keys and files. Certificates are not read.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What the known hosts say of a key. */
export type KeyVerdict =
  | { readonly is: 'known' }
  /** Never seen; `knownTypes`: keys of other types that are known for this host. */
  | { readonly is: 'new'; readonly knownTypes: readonly string[] }
  /** Another key of the same type is known. `place` is `file:line`. */
  | { readonly is: 'changed'; readonly expected: string; readonly place: string }
  | { readonly is: 'revoked'; readonly place: string };

export interface HostKeys {
  judge(host: string, port: number, key: Uint8Array): Promise<KeyVerdict>;
  /** Remembers the key for the host. Rejects where the file cannot be written. */
  remember(host: string, port: number, key: Uint8Array): Promise<void>;
  /** Key types known for the host, so that the server can be asked for one of them. */
  types(host: string, port: number): Promise<readonly string[]>;
}

export interface KnownHostsOptions {
  /** Looked through in order; the first is written to. Those that do not exist count as empty. */
  readonly files: readonly string[];
  /** Names are written as a salted hash, so that the file does not tell where one has been. */
  readonly hash?: boolean;
}

/** The user's known hosts. Files are read again at every question: another program may write them. */
export function knownHosts({ files, hash = true }: KnownHostsOptions): HostKeys {
  const entries = async (): Promise<Entry[]> => {
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
    return texts.flatMap((text, at) => readKnownHosts(text, files[at]!));
  };
  return {
    judge: async (host, port, key) => judge(await entries(), host, port, key),
    remember: async (host, port, key) => {
      const [file] = files;
      if (file === undefined) return;
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const name = lookupName(host, port);
      const line = `${hash ? hashName(name) : name} ${keyType(key)} ${Buffer.from(key).toString('base64')}\n`;
      await appendFile(file, (await endsOpen(file)) ? `\n${line}` : line, { mode: 0o600 });
    },
    types: async (host, port) => {
      const mine = (await entries()).filter((entry) => !entry.revoked && covers(entry, host, port));
      return [...new Set(mine.map(({ type }) => type))];
    },
  };
}

/** `SHA256:…`, as `ssh-keygen -lf` prints it. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type that a public key names in its first field; empty for bytes that are no key. */
export function keyType(key: Uint8Array): string {
  const bytes = Buffer.from(key);
  if (bytes.length < 4) return '';
  const length = bytes.readUInt32BE(0);
  return length > 64 ? '' : bytes.toString('latin1', 4, 4 + length);
}

interface Entry {
  readonly revoked: boolean;
  readonly names: readonly string[];
  readonly type: string;
  readonly key: Buffer;
  /** `file:line`. */
  readonly place: string;
}

/** Lines that say nothing, or say it in a way that is not known, are passed over. */
function readKnownHosts(text: string, file: string): Entry[] {
  return text.split('\n').flatMap((line, at) => {
    const words = line.trim().split(/[ \t]+/);
    if (words[0] === '' || words[0]!.startsWith('#')) return [];
    const marker = words[0]!.startsWith('@') ? words.shift() : undefined;
    // A certificate authority vouches for certificates, which ssh2 does not ask for.
    if (marker !== undefined && marker !== '@revoked') return [];
    const [names, type, encoded] = words;
    if (!names || !type || !encoded || /^\d+$/.test(type)) return [];
    const key = Buffer.from(encoded, 'base64');
    if (keyType(key) !== type) return [];
    return [{ revoked: marker === '@revoked', names: names.split(','), type, key, place: `${file}:${at + 1}` }];
  });
}

function judge(entries: readonly Entry[], host: string, port: number, key: Uint8Array): KeyVerdict {
  const mine = entries.filter((entry) => covers(entry, host, port));
  const same = mine.filter((entry) => entry.key.length === key.length && entry.key.equals(key));
  const revoked = same.find((entry) => entry.revoked);
  if (revoked) return { is: 'revoked', place: revoked.place };
  if (same.length > 0) return { is: 'known' };
  const valid = mine.filter((entry) => !entry.revoked);
  const other = valid.find((entry) => entry.type === keyType(key));
  if (other) return { is: 'changed', expected: fingerprint(other.key), place: other.place };
  return { is: 'new', knownTypes: [...new Set(valid.map(({ type }) => type))] };
}

/** Port 22 is not written: `host`, `[host]:2222`. */
function lookupName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

function covers(entry: Entry, host: string, port: number): boolean {
  const name = lookupName(host, port);
  let found = false;
  for (const pattern of entry.names) {
    if (pattern.startsWith('|')) found ||= isHashOf(pattern, name);
    else if (pattern.startsWith('!')) {
      if (matches(pattern.slice(1), name)) return false;
    } else found ||= matches(pattern, name);
  }
  return found;
}

function isHashOf(pattern: string, name: string): boolean {
  const [, version, salt, digest] = pattern.split('|');
  if (version !== '1' || !salt || !digest) return false;
  const wanted = Buffer.from(digest, 'base64');
  const got = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

function hashName(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

/** `*` and `?` as in a shell. One pass with one place to go back to, so that no pattern takes long. */
function matches(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (from < name.length) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at++;
      mark = from;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === name[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}

/** Whether the file's last line lacks its end, so that a new one would be glued to it. */
async function endsOpen(file: string): Promise<boolean> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  return size > 0 && !(await readFile(file, 'utf8')).endsWith('\n');
}
