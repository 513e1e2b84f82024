/**
 * Times a language server as the user of an editor meets it: start-up, first diagnostics, from a keystroke to fresh
 * diagnostics, memory. Speaks just enough LSP over standard input and output to treat every server alike.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Subject {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly languageId: string;
  readonly text: string;
  /** Ending of the document's name. */
  readonly ending: string;
  /** Where keys are struck: an offset of `text`. */
  readonly at: number;
  /** How many keystrokes; each second one takes back the one before. */
  readonly keystrokes: number;
}

/** Times in milliseconds, memory in MiB. */
export interface Timing {
  readonly start: number;
  readonly open: number;
  readonly p50: number;
  readonly p95: number;
  readonly memory: number;
  readonly diagnostics: number;
}

/** Nothing takes longer; a server that says nothing for so long has failed. */
const PATIENCE = 60_000;

export async function timeServer(subject: Subject): Promise<Timing> {
  const begun = performance.now();
  const { child, peer } = startServer(subject.command);
  try {
    const uri = `file:///bench/document${subject.ending}`;
    const { capabilities } = await peer.request<{ capabilities: Capabilities }>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: { publishDiagnostics: {}, diagnostic: { dynamicRegistration: false } },
      },
    });
    const start = performance.now() - begun;
    peer.notify('initialized', {});
    const pulls = capabilities.diagnosticProvider !== undefined;
    const fresh = async (change: () => void): Promise<number> => {
      const pushed = pulls ? undefined : peer.pushed(uri);
      change();
      const report = pulls
        ? await peer.request<{ items?: unknown[] }>('textDocument/diagnostic', { textDocument: { uri } })
        : await pushed!;
      return (report as { items?: unknown[]; diagnostics?: unknown[] }).items?.length ?? 0;
    };
    let version = 1;
    const { text, languageId, at } = subject;
    const opened = performance.now();
    const diagnostics = await fresh(() =>
      peer.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
    );
    const open = performance.now() - opened;
    const sync = capabilities.textDocumentSync;
    const incremental = (typeof sync === 'object' ? sync.change : sync) === 2;
    const before = text.slice(0, at);
    const here = { line: before.split('\n').length - 1, character: at - before.lastIndexOf('\n') - 1 };
    const times: number[] = [];
    for (let key = 0; key < subject.keystrokes; key++) {
      const adding = key % 2 === 0;
      const end = adding ? here : { ...here, character: here.character + 1 };
      const whole = adding ? `${before}x${text.slice(at)}` : text;
      const change = incremental ? { range: { start: here, end }, text: adding ? 'x' : '' } : { text: whole };
      const struck = performance.now();
      await fresh(() =>
        peer.notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [change] }),
      );
      times.push(performance.now() - struck);
    }
    times.sort((a, b) => a - b);
    const quantile = (q: number): number => times[Math.min(times.length - 1, Math.floor(q * times.length))] ?? 0;
    return { start, open, p50: quantile(0.5), p95: quantile(0.95), memory: residentMemory(child), diagnostics };
  } finally {
    child.kill();
  }
}

/** The program and a connection to it; ended by killing the child. */
export function startServer([program, ...words]: readonly string[]): { child: ChildProcess; peer: Peer } {
  const child = spawn(program!, words, { stdio: ['pipe', 'pipe', 'ignore'] });
  return { child, peer: new Peer(child) };
}

interface Capabilities {
  readonly diagnosticProvider?: unknown;
  readonly textDocumentSync?: number | { readonly change?: number };
}

function residentMemory({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly uri?: string;
    readonly items?: readonly unknown[];
    readonly type?: number;
    readonly message?: string;
  };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** LSP's number for a message that is an error. */
const LOGGED_ERROR = 1;

/** The other end of a connection. */
export class Peer {
  /** What the server logged as errors. */
  readonly errors: string[] = [];
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #pushes: { uri: string; go: (params: unknown) => void }[] = [];
  #buffer = Buffer.alloc(0);
  #last = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout!.on('data', (piece: Buffer) => this.#read(piece));
  }

  notify(method: string, params: unknown): void {
    this.#write({ method, params });
  }

  async request<Result>(method: string, params: unknown): Promise<Result> {
    const id = ++this.#last;
    const answered = new Promise<Message>((go) => this.#pending.set(id, go));
    this.#write({ id, method, params });
    const { result, error } = await this.#orGiveUp(answered, method);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as Result;
  }

  /** The next diagnostics that the server pushes for a document. */
  pushed(uri: string): Promise<unknown> {
    return this.#orGiveUp(new Promise((go) => this.#pushes.push({ uri, go })), 'diagnostics');
  }

  async #orGiveUp<T>(promise: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error(`no answer: ${what}`)), PATIENCE);
    });
    try {
      return await Promise.race([promise, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  #write(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(piece: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, piece]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.#buffer.toString('latin1', 0, head))?.[1]);
      const end = head + 4 + length;
      if (this.#buffer.length < end) return;
      const message: Message = JSON.parse(this.#buffer.toString('utf8', head + 4, end));
      this.#buffer = this.#buffer.subarray(end);
      this.#take(message);
    }
  }

  #take(message: Message): void {
    if (message.method === undefined) {
      this.#pending.get(message.id!)?.(message);
      this.#pending.delete(message.id!);
    } else if (message.id !== undefined) {
      const asked = message.params?.items ?? [];
      const result = message.method === 'workspace/configuration' ? asked.map(() => null) : null;
      this.#write({ id: message.id, result });
    } else if (message.method === 'window/logMessage' && message.params?.type === LOGGED_ERROR) {
      this.errors.push(message.params.message ?? '');
    } else if (message.method === 'textDocument/publishDiagnostics') {
      const ours = this.#pushes.filter(({ uri }) => uri === message.params?.uri);
      for (const one of ours) {
        this.#pushes.splice(this.#pushes.indexOf(one), 1);
        one.go(message.params);
      }
    }
  }
}
