/**
 * Findings of files that are not open. Follows LSP 3.17, "Workspace Diagnostics": an editor that takes parts is answered
 * when something was found to have changed, and asks again; until then its request waits here.
 */
import {
  type CancellationToken,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { hostFor } from '../workspace/host-for.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';
import { search } from '../workspace/search.ts';
import { describe } from './handler.ts';
import { lateProgress } from './progress.ts';
import type { Looked, Session } from './session.ts';

/** A pass over the workspace stops at so many files: a folder with more is no project that people keep pipelines in. */
const MOST_FILES = 10_000;

/** Result id of a file that is gone, or that is no longer looked at. */
const NOTHING = 'nothing';

/** By path, since editors write the same URI in more than one way. */
type Known = ReadonlyMap<string, { readonly uri: string; readonly value: string }>;

type Report = (item: WorkspaceDocumentDiagnosticReport) => void;

export class WorkspaceDiagnostics {
  readonly #session: Session;
  readonly #run: string;
  readonly #itemsOf: (looked: Looked) => Diagnostic[];
  /** Files without a finding that the editor was never told of, with the result id that says so. */
  readonly #clean = new Map<string, string>();
  /** The other files that the findings of a file depend on. */
  readonly #asked = new Map<string, ReadonlySet<string>>();
  /** How often such files have changed: the findings may be others while the text is the same. */
  readonly #rounds = new Map<string, number>();
  /** What the last search came upon. */
  #listed: ReadonlySet<string> = new Set();
  /** Wakes requests that wait for a change. */
  readonly #waiting = new Set<() => void>();
  /** What has changed since the last pass began. */
  #stale: 'all' | Set<string> = 'all';

  /** `run` tells this process's result ids from those of one that ran before. */
  constructor(session: Session, run: string, itemsOf: (looked: Looked) => Diagnostic[]) {
    this.#session = session;
    this.#run = run;
    this.#itemsOf = itemsOf;
  }

  /** These files have changed; or anything may have: settings, the target, the folders. */
  wake(changed: 'all' | readonly string[]): void {
    this.#doubt(changed === 'all' ? [...this.#asked.keys()] : changed.flatMap((path) => this.dependants(path)));
    if (changed === 'all') this.#stale = 'all';
    else if (this.#stale !== 'all') for (const path of changed) this.#stale.add(path);
    for (const go of [...this.#waiting]) go();
  }

  /** The findings of these files may be others, though no file has changed. */
  #doubt(paths: readonly string[]): void {
    for (const path of paths) {
      this.#rounds.set(path, (this.#rounds.get(path) ?? 0) + 1);
      if (this.#stale !== 'all') this.#stale.add(path);
    }
  }

  /** The files that are not open and whose findings look at this one. */
  dependants(path: string): string[] {
    return [...this.#asked].flatMap(([other, asked]) => (asked.has(path) ? [other] : []));
  }

  /** Answers `workspace/diagnostic`. */
  async pull(
    params: WorkspaceDiagnosticParams,
    token: CancellationToken,
    parts: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    const known: Known = new Map(params.previousResultIds.map(({ uri, value }) => [pathOf(uri), { uri, value }]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const report: Report = (item) => {
      if (parts) parts.report({ items: [item] });
      else items.push(item);
    };
    // An editor that takes no parts wants all at once, and asks when it thinks fit.
    if (!parts) this.#stale = 'all';
    try {
      while (!token.isCancellationRequested) {
        const found = await this.#pass(known, token, report);
        if (found || !parts) break;
        await this.#change(token);
      }
    } catch (error) {
      this.#session.connection.console.error(describe(error));
    }
    return { items };
  }

  /** Looks once at what is stale; true where there was anything to report. */
  async #pass(known: Known, token: CancellationToken, report: Report): Promise<boolean> {
    const session = this.#session;
    const stale = this.#stale;
    this.#stale = new Set();
    const open = new Set(session.documents.keys().map(pathOf));
    const gone = new Map(known);
    let reported = false;
    let finished = false;
    const send = (uri: string, items: Diagnostic[], resultId: string): void => {
      report({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items, resultId });
      reported = true;
    };
    const progress = lateProgress(session.connection, session.capabilities, 'Checking pipelines');
    try {
      let count = 0;
      for (const path of this.#paths(stale)) {
        // A turn of the loop a file keeps the editor's other requests quick.
        await new Promise(setImmediate);
        if (token.isCancellationRequested || progress.cancelled()) return reported;
        if (++count > MOST_FILES) {
          const message = `More than ${MOST_FILES} files: the others are checked when they are opened.`;
          session.connection.console.info(message);
          break;
        }
        progress.tell(path);
        const text = session.outside.files.read(path);
        if (text === undefined) continue;
        gone.delete(path);
        if (open.has(path)) continue;
        const before = known.get(path);
        const resultId = `${this.#run}.${session.epoch}.${this.#rounds.get(path) ?? 0}.${fingerprint(text)}`;
        if (before?.value === resultId || (!before && this.#clean.get(path) === resultId)) continue;
        const looked = session.read(before?.uri ?? uriOf(path), text);
        if (looked.analysis.asked.size > 0) this.#asked.set(path, looked.analysis.asked);
        else this.#asked.delete(path);
        const items = this.#itemsOf(looked);
        if (items.length === 0) this.#clean.set(path, resultId);
        if (items.length > 0 || before) send(before?.uri ?? uriOf(path), items, resultId);
      }
      for (const [path, { uri, value }] of gone) {
        const looked = stale === 'all' || stale.has(path);
        if (looked && !open.has(path) && value !== NOTHING) send(uri, [], NOTHING);
      }
      // Files that were looked at before the one that names them may be of another format now.
      const changed = session.store.world.project?.takeChanged() ?? [];
      this.#doubt(changed.filter((path) => this.#listed.has(path)));
      finished = true;
    } finally {
      progress.done();
      // What a pass that was given up did not come to is looked at by the next one.
      if (!finished && !progress.cancelled()) this.wake(stale === 'all' ? 'all' : [...stale]);
    }
    return reported;
  }

  /** The stale ones among the files that are looked at. Only a search knows whether git ignores a file that is new. */
  *#paths(stale: 'all' | ReadonlySet<string>): Iterable<string> {
    const { folders, outside, settings } = this.#session;
    if (settings.scope !== 'workspace') return;
    if (stale !== 'all') {
      const readable = [...stale].filter((path) => hostFor({ path }));
      if (readable.every((path) => this.#listed.has(path))) {
        yield* readable;
        return;
      }
    }
    const listed = new Set<string>();
    for (const path of search(folders, outside.files)) {
      listed.add(path);
      if (stale === 'all' || stale.has(path)) yield path;
    }
    this.#listed = listed;
  }

  /** Until something is stale or the request is given up. */
  async #change(token: CancellationToken): Promise<void> {
    if (this.#stale === 'all' || this.#stale.size > 0 || token.isCancellationRequested) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.#waiting.delete(go);
        cancellation.dispose();
        resolve();
      };
      const cancellation = token.onCancellationRequested(go);
      this.#waiting.add(go);
    });
  }
}

/** A short name for a text, to see whether it is still the same: two 32-bit hashes and the length. */
function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b + c, 0x01000193) ^ (b >>> 15);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}.${text.length}`;
}
