/**
 * How findings reach the editor: pulled by it, document by document and for the workspace, or pushed with a short delay
 * to editors that cannot pull. Follows LSP 3.17, "Pull Diagnostics".
 */
import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { pathOf, uriOf } from '../workspace/paths.ts';
import { search } from '../workspace/search.ts';
import { toDiagnostic } from './convert.ts';
import { describe, tell } from './handler.ts';
import { lateProgress } from './progress.ts';
import type { Looked, Session } from './session.ts';

/** How long a push waits for the next keystroke, in milliseconds. */
const PUSH_DELAY = 120;

/** A pass over the workspace stops at so many files: a folder with more is no project that people keep pipelines in. */
const MOST_FILES = 10_000;

export class Diagnostics {
  readonly #session: Session;
  /** Tells the result ids of this process from those of one that ran before. */
  readonly #run = Date.now().toString(36);
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Wakes workspace requests that wait for a change. */
  readonly #waiting = new Set<() => void>();
  #changes = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whether the editor asks by itself. */
  get #pulled(): boolean {
    return this.#session.capabilities.textDocument?.diagnostic !== undefined;
  }

  /** An open document has changed; editors that pull will ask. */
  changed(uri: string): void {
    if (this.#pulled) return;
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(
      uri,
      setTimeout(() => this.#push(uri), PUSH_DELAY),
    );
  }

  closed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    if (this.#pulled) this.wake();
    else tell(this.#session.connection, this.#session.connection.sendDiagnostics({ uri, diagnostics: [] }));
  }

  /** Findings of unchanged documents may be others now: settings, target or files have changed. */
  refresh(): void {
    const { capabilities, connection, documents } = this.#session;
    if (!this.#pulled) for (const uri of documents.keys()) this.#push(uri);
    else if (capabilities.workspace?.diagnostics?.refreshSupport) {
      // Its type hides that it is a request, and an editor may refuse it.
      tell(connection, Promise.resolve(connection.languages.diagnostics.refresh()));
    }
    this.wake();
  }

  /** Files that are not open have changed. */
  wake(): void {
    this.#changes++;
    for (const go of [...this.#waiting]) go();
  }

  /** Answers `textDocument/diagnostic`. */
  async pull(params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport> {
    const { uri } = params.textDocument;
    // Keystrokes that have arrived already are taken first: their findings are the ones that are wanted.
    await new Promise(setImmediate);
    const resultId = this.#resultId(uri);
    if (resultId !== undefined && resultId === params.previousResultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    }
    const report = { kind: DocumentDiagnosticReportKind.Full, items: this.#itemsOf(uri) } as const;
    return resultId === undefined ? report : { ...report, resultId };
  }

  /**
   * Answers `workspace/diagnostic`: files that are not open, in parts as they are read. An editor that takes parts is
   * answered when something was found to have changed, and asks again; until then its request waits here, as LSP advises.
   */
  async pullWorkspace(
    params: WorkspaceDiagnosticParams,
    token: CancellationToken,
    parts: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    // By path: editors write the same URI in more than one way.
    const known = new Map(params.previousResultIds.map(({ uri, value }) => [pathOf(uri), { uri, value }]));
    const collected: WorkspaceDocumentDiagnosticReport[] = [];
    const report = (item: WorkspaceDocumentDiagnosticReport): void => {
      if (parts) parts.report({ items: [item] });
      else collected.push(item);
    };
    for (;;) {
      const changes = this.#changes;
      try {
        if (await this.#pass(known, token, report)) break;
      } catch (error) {
        this.#session.connection.console.error(describe(error));
        break;
      }
      if (!parts || token.isCancellationRequested) break;
      await this.#change(changes, token);
      if (token.isCancellationRequested) break;
    }
    return { items: collected };
  }

  /** Looks once at all files; true where there was anything to report. */
  async #pass(
    known: Known,
    token: CancellationToken,
    report: (item: WorkspaceDocumentDiagnosticReport) => void,
  ): Promise<boolean> {
    const session = this.#session;
    const open = new Set(session.documents.keys().map(pathOf));
    const gone = new Map(known);
    let reported = false;
    const send = (uri: string, items: Diagnostic[], resultId: string): void => {
      report({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items, resultId });
      reported = true;
    };
    const progress = lateProgress(session.connection, session.capabilities, 'Checking pipelines');
    try {
      let count = 0;
      const folders = session.settings.scope === 'workspace' ? session.folders : [];
      for (const path of search(folders, session.outside.files)) {
        // A turn of the loop a file keeps the editor's other requests quick.
        await new Promise(setImmediate);
        if (token.isCancellationRequested || progress.cancelled()) return reported;
        if (++count > MOST_FILES) {
          session.connection.console.info(
            `More than ${MOST_FILES} files: the others are checked when they are opened.`,
          );
          break;
        }
        progress.tell(path);
        gone.delete(path);
        if (open.has(path)) continue;
        const text = session.outside.files.read(path);
        if (text === undefined) continue;
        const before = known.get(path);
        const resultId = `${this.#run}.${session.epoch}.${fingerprint(text)}`;
        if (before?.value === resultId || (!before && this.#clean.get(path) === resultId)) continue;
        const uri = before?.uri ?? uriOf(path);
        const items = this.#items(session.read(uri, text));
        if (items.length === 0) this.#clean.set(path, resultId);
        if (items.length > 0 || before) send(uri, items, resultId);
      }
      for (const [path, { uri, value }] of gone) {
        if (!open.has(path) && value !== NOTHING) send(uri, [], NOTHING);
      }
    } finally {
      progress.done();
    }
    return reported;
  }

  /** Files without a finding that the editor was never told of, with the result id that says so. */
  readonly #clean = new Map<string, string>();

  /** Until something changes, the request is given up, or both happened already. */
  async #change(since: number, token: CancellationToken): Promise<void> {
    if (this.#changes !== since || token.isCancellationRequested) return;
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

  #push(uri: string): void {
    const { connection, documents } = this.#session;
    const document = documents.get(uri);
    if (!document) return;
    tell(connection, connection.sendDiagnostics({ uri, version: document.version, diagnostics: this.#itemsOf(uri) }));
  }

  #itemsOf(uri: string): Diagnostic[] {
    try {
      const looked = this.#session.look(uri);
      return looked ? this.#items(looked) : [];
    } catch (error) {
      this.#session.connection.console.error(describe(error));
      return [];
    }
  }

  #items({ analysis, lines }: Looked): Diagnostic[] {
    const { powers } = this.#session;
    return analysis.findings.map((finding) =>
      toDiagnostic(finding, lines, powers, (uri) =>
        uri === analysis.document.uri ? lines : this.#session.linesOf(uri),
      ),
    );
  }

  /** Undefined for documents that are not open: nothing tells whether their file is still the same. */
  #resultId(uri: string): string | undefined {
    const document = this.#session.documents.get(uri);
    return document && `${this.#run}.${this.#session.epoch}.${document.version}`;
  }
}

type Known = ReadonlyMap<string, { readonly uri: string; readonly value: string }>;

/** Result id of a file that is gone, or that is no longer looked at. */
const NOTHING = 'nothing';

/** A short name for a text, to see whether it is still the same (FNV-1a, 32 bits twice over, with the length). */
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
