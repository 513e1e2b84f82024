/** The bundled language server over standard input and output, spoken to as an editor does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  type FullDocumentDiagnosticReport,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type Range,
  type Registration,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const program = join(import.meta.dirname, '../../dist/server.cjs');

/** What VS Code says it can do, as far as the server asks. */
export const fullCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    diagnostic: {
      dynamicRegistration: false,
      relatedInformation: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    publishDiagnostics: {},
    hover: { contentFormat: ['markdown'] },
  },
};

export interface StartOptions {
  readonly capabilities?: ClientCapabilities;
  /** Files of the workspace, path → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** What `workspace/configuration` is answered with. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export class LanguageServer {
  readonly #texts = new Map<string, TextDocument>();

  private constructor(
    readonly connection: ProtocolConnection,
    readonly process: ChildProcess,
    /** The workspace, an absolute path. */
    readonly folder: string,
    public settings: Readonly<Record<string, unknown>>,
    readonly initialized: InitializeResult,
    /** What the server registered for some languages only; never resolves where it registers nothing of that kind. */
    readonly registered: Promise<readonly Registration[]>,
  ) {}

  static async start({ capabilities = fullCapabilities, files = {}, settings = {} }: StartOptions = {}) {
    if (!existsSync(program)) throw new Error('dist/server.cjs is missing: run `node esbuild.mjs` first');
    const folder = mkdtempSync(join(tmpdir(), 'gst-lint-protocol-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    let server: LanguageServer | undefined;
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => server?.settings ?? settings));
    const registrations: Registration[] = [];
    const registered = new Promise<readonly Registration[]>((resolve) => {
      connection.onRequest(RegistrationRequest.type, (params) => {
        registrations.push(...params.registrations);
        if (params.registrations.some(({ method }) => method.startsWith('textDocument/'))) resolve(registrations);
      });
    });
    connection.onRequest(DiagnosticRefreshRequest.type, () => {});
    connection.listen();
    const initialized = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'test' }],
      capabilities,
    });
    server = new LanguageServer(connection, child, folder, settings, initialized, registered);
    await connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  uri(name: string): string {
    return pathToFileURL(join(this.folder, name)).href;
  }

  open(name: string, languageId: string, text: string): string {
    const uri = this.uri(name);
    this.#texts.set(uri, TextDocument.create(uri, languageId, 1, text));
    void this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
    return uri;
  }

  /** Replaces the stretch of text as an editor would, by its range. */
  change(uri: string, start: number, end: number, text: string): void {
    const document = this.#document(uri);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const contentChanges: TextDocumentContentChangeEvent[] = [{ range, text }];
    const version = document.version + 1;
    this.#texts.set(uri, TextDocument.update(document, contentChanges, version));
    void this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  close(uri: string): void {
    this.#texts.delete(uri);
    void this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  text(uri: string): string {
    return this.#document(uri).getText();
  }

  /** The place in front of the `number`-th time (from 0) that the words stand in the document. */
  at(uri: string, words: string, number = 0): Position {
    let offset = -1;
    for (let i = 0; i <= number; i++) offset = this.text(uri).indexOf(words, offset + 1);
    if (offset < 0) throw new Error(`"${words}" is not in the document`);
    return this.#document(uri).positionAt(offset);
  }

  /** The text that a range of the document covers. */
  covered(uri: string, range: Range): string {
    return this.#document(uri).getText(range);
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    return (report as FullDocumentDiagnosticReport).items;
  }

  async codeActions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    const actions = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
    return (actions ?? []) as CodeAction[];
  }

  /** The document's text with an edit made; the document itself stays. */
  edited(uri: string, edit: WorkspaceEdit | undefined): string {
    const changes =
      edit?.changes?.[uri] ??
      edit?.documentChanges?.flatMap((change) => ('textDocument' in change && 'edits' in change ? change.edits : []));
    return TextDocument.applyEdits(this.#document(uri), (changes ?? []) as never);
  }

  configure(settings: Readonly<Record<string, unknown>>): void {
    this.settings = settings;
    void this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  /** Ends the server as an editor does; gives its exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const code = await ended;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  #document(uri: string): TextDocument {
    const document = this.#texts.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  }
}
