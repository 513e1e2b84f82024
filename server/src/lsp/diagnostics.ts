/**
 * How findings of open documents reach the editor: pulled by it (LSP 3.17, "Pull Diagnostics"), or pushed with a short
 * delay to editors that cannot pull. Files that are not open are workspace-diagnostics.ts's.
 */
import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver/node';
import { pathOf } from '../workspace/paths.ts';
import { toDiagnostic } from './convert.ts';
import { describe, tell } from './handler.ts';
import type { Looked, Session } from './session.ts';
import { WorkspaceDiagnostics } from './workspace-diagnostics.ts';

/** How long a push waits for the next keystroke, in milliseconds. */
const PUSH_DELAY = 120;

export class Diagnostics {
  readonly #session: Session;
  /** Tells the result ids of this process from those of one that ran before. */
  readonly #run = Date.now().toString(36);
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly workspace: WorkspaceDiagnostics;

  constructor(session: Session) {
    this.#session = session;
    this.workspace = new WorkspaceDiagnostics(session, this.#run, (looked) => this.#items(looked));
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
    if (this.#pulled) this.workspace.wake([pathOf(uri)]);
    else tell(this.#session.connection, this.#session.connection.sendDiagnostics({ uri, diagnostics: [] }));
  }

  /**
   * Findings of unchanged open documents may be others now. `elsewhere` says which other files have changed: `all` where
   * settings or the target have.
   */
  refresh(elsewhere: 'all' | readonly string[]): void {
    const { capabilities, connection, documents } = this.#session;
    if (!this.#pulled) for (const uri of documents.keys()) this.#push(uri);
    else if (capabilities.workspace?.diagnostics?.refreshSupport) {
      // Its type hides that it is a request, and an editor may refuse it.
      tell(connection, Promise.resolve(connection.languages.diagnostics.refresh()));
    }
    this.workspace.wake(elsewhere);
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
    return document && `${this.#run}.${this.#session.epoch}.${this.#session.surroundings}.${document.version}`;
  }
}
