/** The language server's life as the editor sees it: start, restart, what it says of itself. */
import * as vscode from 'vscode';
import {
  type Disposable,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { type ClientExperiments, STATUS, type Status } from '../../server/src/protocol.ts';
import { languages } from './languages.ts';
import { ruleLinks } from './rule-links.ts';

export type ServerState = 'starting' | 'running' | 'stopped';

export class Language implements Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: Disposable[] = [];
  #state: ServerState = 'starting';
  #status: Status | undefined;

  /** Fires when {@link state} or {@link status} have changed. */
  readonly onDidChange = this.#changed.event;

  /** `commands` are those of the client that the server may offer. */
  constructor(context: vscode.ExtensionContext, rulesPage: string, commands: readonly string[]) {
    const module = context.asAbsolutePath('dist/server.cjs');
    const server: ServerOptions = {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    };
    const links = ruleLinks(rulesPage);
    const options: LanguageClientOptions = {
      documentSelector: languages.flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      markdown: { isTrusted: { enabledCommands: ['jetsonPipelines.openRule'] } },
      initializationOptions: vscode.workspace.getConfiguration('jetsonPipelines'),
      middleware: {
        provideDiagnostics: async (document, previous, token, next) => {
          const report = await next(document, previous, token);
          if (report && 'items' in report) report.items.forEach(links.ofDiagnostic);
          return report;
        },
        provideWorkspaceDiagnostics: (previous, token, reporter, next) =>
          next(previous, token, (chunk) => {
            for (const item of chunk?.items ?? []) if ('items' in item) item.items.forEach(links.ofDiagnostic);
            reporter(chunk);
          }),
        provideHover: async (document, position, token, next) => {
          const hover = await next(document, position, token);
          for (const part of hover?.contents ?? [])
            if (typeof part !== 'string') part.value = links.inMarkdown(part.value);
          return hover;
        },
      },
    };
    this.#client = new LanguageClient('jetsonPipelines', 'Jetson Pipelines', server, options);
    this.#client.registerFeature({
      fillClientCapabilities(capabilities) {
        const experiments: ClientExperiments = { commands: { commands } };
        capabilities.experimental = { ...capabilities.experimental, ...experiments };
      },
      initialize() {},
      getState: () => ({ kind: 'static' }),
      clear() {},
    });
    this.#subscriptions.push(
      this.#client.onDidChangeState(({ newState }) => {
        this.#state = newState === State.Running ? 'running' : newState === State.Starting ? 'starting' : 'stopped';
        this.#changed.fire();
      }),
      this.#client.onNotification(STATUS, (status: Status) => {
        this.#status = status;
        this.#changed.fire();
      }),
    );
  }

  get state(): ServerState {
    return this.#state;
  }

  /** What the server last said of itself; undefined before it has. */
  get status(): Status | undefined {
    return this.#status;
  }

  /** Resolves when the server answers; a failure is shown by the client itself and leaves the state `stopped`. */
  async start(): Promise<void> {
    await this.#client.start();
  }

  async restart(): Promise<void> {
    await this.#client.restart();
  }

  /** A request of our own; rejects where the server does not run. */
  request<R>(method: string, params: unknown): Promise<R> {
    return this.#client.sendRequest<R>(method, params);
  }

  /** A notification of our own; nothing happens where the server does not run. */
  notify(method: string, params: unknown): void {
    if (this.#state === 'running') this.#client.sendNotification(method, params).catch(() => {});
  }

  /** How the server knows a document. */
  uriOf(document: vscode.TextDocument): string {
    return this.#client.code2ProtocolConverter.asUri(document.uri);
  }

  /** Shows what client and server have logged. */
  showLog(): void {
    this.#client.outputChannel.show(true);
  }

  async dispose(): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    await this.#client.dispose();
  }
}
