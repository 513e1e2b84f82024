/** The Doctor's page: what is installed and works, what does not, and what to do next. */
import * as vscode from 'vscode';
import {
  DOCUMENT_TARGET,
  RUNNABLES,
  type RunnablesResult,
  TARGETS,
  type TargetChoice,
  type TargetShown,
} from '../../../server/src/protocol.ts';
import { type Board, factsOf } from '../devices/board-facts.ts';
import { askMachine, type CheckGroup, checksOf, type Health, textOf } from '../devices/health.ts';
import type { DeviceRooms } from '../devices/rooms.ts';
import type { Language } from '../language-client.ts';
import { languages } from '../languages.ts';
import { sshAliases } from '../remote/ssh-aliases.ts';
import { pageHtml, pageRoot } from './page.ts';
import type { DoctorToPage } from './panel-messages.ts';
import { doctorMessage } from './read-message.ts';

const TYPE = 'jetsonPipelines.doctor';

export class DoctorPanel implements vscode.Disposable {
  readonly #extension: vscode.Extension<unknown>;
  readonly #language: Language;
  readonly #rooms: DeviceRooms;
  #panel: vscode.WebviewPanel | undefined;
  #ready = false;
  #shown: readonly CheckGroup[] | undefined;
  /** Grows with every look, so that a late one is not shown over a newer. */
  #looks = 0;
  /** The last file of the person's: the page itself is none. */
  #document: vscode.TextDocument | undefined;

  constructor(extension: vscode.Extension<unknown>, language: Language, rooms: DeviceRooms) {
    this.#extension = extension;
    this.#language = language;
    this.#rooms = rooms;
  }

  /** Looks at everything and shows what was found. */
  show(): void {
    this.#document = vscode.window.activeTextEditor?.document ?? this.#document;
    if (this.#panel) this.#panel.reveal();
    else this.#open();
    void this.#look();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): void {
    const uri = this.#extension.extensionUri;
    const panel = vscode.window.createWebviewPanel(TYPE, 'Jetson Doctor', vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [pageRoot(uri)],
    });
    const icon = (theme: string) => vscode.Uri.joinPath(uri, 'docs', 'images', `pipeline-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#panel = panel;
    this.#ready = false;
    const again = (): void => void this.#look();
    const subscriptions = [
      panel.webview.onDidReceiveMessage((sent: unknown) => void this.#take(sent)),
      this.#language.onDidChange(again),
      this.#rooms.known.onDidChange(again),
      this.#rooms.connections.onDidChange(again),
      vscode.workspace.onDidGrantWorkspaceTrust(again),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
      this.#panel = undefined;
      this.#shown = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, uri, 'doctor', 'Jetson Doctor');
  }

  async #take(sent: unknown): Promise<void> {
    const message = doctorMessage(sent);
    switch (message?.type) {
      case 'ready':
        this.#ready = true;
        if (this.#shown) this.#send({ type: 'show', groups: this.#shown });
        break;
      case 'again':
        await this.#look();
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(textOf(this.#shown ?? []));
        void vscode.window.setStatusBarMessage('Copied what the Doctor says.', 4000);
        break;
      case 'do': {
        // Only what the page offers is done.
        const next = this.#shown?.[message.group]?.checks[message.check]?.next;
        if (next) await vscode.commands.executeCommand(next.command, ...(next.words ?? []));
        break;
      }
    }
  }

  async #look(): Promise<void> {
    const look = ++this.#looks;
    const groups = checksOf(await this.#ask());
    if (look !== this.#looks || !this.#panel) return;
    this.#shown = groups;
    this.#send({ type: 'show', groups });
  }

  async #ask(): Promise<Health> {
    const { state, status } = this.#language;
    const document = this.#document;
    const ours = document && languages.includes(document.languageId) ? document : undefined;
    const params = ours && { textDocument: { uri: this.#language.uriOf(ours) } };
    // A server that does not answer is what the page is to say.
    const ask = async <R>(method: string, words: unknown): Promise<R | undefined> =>
      state === 'running' ? this.#language.request<R>(method, words).catch(() => undefined) : undefined;
    const trusted = vscode.workspace.isTrusted;
    const [choices, own, runnables, machine] = await Promise.all([
      ask<readonly TargetChoice[]>(TARGETS, {}),
      params ? ask<TargetShown | null>(DOCUMENT_TARGET, params) : undefined,
      params ? ask<RunnablesResult>(RUNNABLES, params) : undefined,
      trusted ? sshAliases().then(askMachine) : undefined,
    ]);
    const name = document && vscode.workspace.asRelativePath(document.uri);
    return {
      extension: String((this.#extension.packageJSON as { version?: unknown }).version),
      editor: `${vscode.env.appName} ${vscode.version}${vscode.env.remoteName ? `, ${vscode.env.remoteName}` : ''}`,
      server: { state, ...(status?.problem === undefined ? {} : { problem: status.problem }) },
      target: own ?? status?.target,
      machines: choices?.length,
      file: name === undefined ? undefined : { name, runnable: runnables?.runnables.length },
      trusted,
      machine,
      devices: this.#rooms.known.all().map((device) => {
        const connection = this.#rooms.connections.state(device.name);
        const text =
          connection.is === 'ready' ? boardText(connection.board) : 'why' in connection ? connection.why : '';
        // It comes back by itself.
        return { name: device.name, state: connection.is === 'waiting' ? 'connecting' : connection.is, text };
      }),
    };
  }

  #send(message: DoctorToPage): void {
    if (this.#ready) void this.#panel?.webview.postMessage(message);
  }
}

/** The few facts that tell boards apart. */
function boardText(board: Board): string {
  const wanted = ['model', 'jetpack', 'deepstream', 'gstreamer'];
  const facts = factsOf(board).filter(({ id, value }) => wanted.includes(id) && value !== undefined);
  return facts.length === 0
    ? 'It is connected, but says nothing of itself.'
    : `${facts.map(({ title, value }) => `${title} ${value}`).join(', ')}.`;
}
