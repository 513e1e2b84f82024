/** The item in the status bar: for which machine pipelines are judged, how many problems this file has, the server's state. */
import * as vscode from 'vscode';
import { DOCUMENT_TARGET, type DocumentTargetParams, type TargetShown } from '../../../server/src/protocol.ts';
import type { Language } from '../language-client.ts';
import { languages } from '../languages.ts';

export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('target', vscode.StatusBarAlignment.Right, 90);
  readonly #language: Language;
  readonly #subscriptions: vscode.Disposable[];
  /** The last document that was asked about. */
  #asked: { readonly uri: string; readonly target: TargetShown } | undefined;

  constructor(language: Language) {
    this.#language = language;
    this.#item.name = 'Jetson Pipelines';
    const show = () => this.#show();
    this.#subscriptions = [
      this.#item,
      language.onDidChange(show),
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const active = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === active)) show();
      }),
    ];
    this.#show();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Asks for which machine the document is judged, and shows it when the answer is another than before. */
  async #ask(document: vscode.TextDocument): Promise<void> {
    if (this.#language.state !== 'running') return;
    const uri = document.uri.toString();
    const params: DocumentTargetParams = { textDocument: { uri: this.#language.uriOf(document) } };
    // A server that is just being restarted does not answer; its status will have this asked again.
    const target = await this.#language.request<TargetShown | null>(DOCUMENT_TARGET, params).catch(() => undefined);
    if (!target || (this.#asked?.uri === uri && this.#asked.target.id === target.id)) return;
    this.#asked = { uri, target };
    this.#show();
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !languages.includes(document.languageId)) {
      this.#item.hide();
      return;
    }
    const { state, status } = this.#language;
    const problems = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'gst-lint').length;
    const target = this.#asked?.uri === document.uri.toString() ? this.#asked.target : status?.target;
    const name = target?.title.split(',')[0] ?? 'Jetson';
    void this.#ask(document);
    const stopped = state === 'stopped';
    this.#item.text = stopped
      ? '$(error) Jetson Pipelines'
      : `${state === 'starting' ? '$(loading~spin)' : '$(circuit-board)'} ${name}${problems ? `: ${problems}` : ''}`;
    this.#item.command = stopped ? 'jetsonPipelines.restartServer' : 'jetsonPipelines.chooseTarget';
    this.#item.backgroundColor =
      stopped || status?.problem
        ? new vscode.ThemeColor(`statusBarItem.${stopped ? 'error' : 'warning'}Background`)
        : undefined;
    this.#item.tooltip = tooltip(state, status?.problem, target?.title, problems);
    this.#item.accessibilityInformation = {
      label: stopped
        ? 'Jetson Pipelines: the server has stopped'
        : `Pipelines are judged for ${name}, ${count(problems)}`,
    };
    this.#item.show();
  }
}

function tooltip(state: string, problem: string | undefined, title: string | undefined, problems: number) {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = {
    enabledCommands: [
      'jetsonPipelines.chooseTarget',
      'jetsonPipelines.restartServer',
      'jetsonPipelines.showReading',
      'workbench.actions.view.problems',
    ],
  };
  if (state === 'stopped') text.appendMarkdown('The language server has stopped.\n\n');
  if (problem) text.appendMarkdown('$(warning) ').appendText(problem).appendMarkdown('\n\n');
  if (title) text.appendMarkdown('Pipelines are judged for ').appendText(title).appendMarkdown('.\n\n');
  text.appendMarkdown(`[${count(problems)}](command:workbench.actions.view.problems) in this file.\n\n`);
  text.appendMarkdown(
    '[Choose target](command:jetsonPipelines.chooseTarget) · ' +
      '[Show how this was read](command:jetsonPipelines.showReading) · ' +
      '[Restart](command:jetsonPipelines.restartServer)',
  );
  return text;
}

const count = (problems: number): string => (problems === 1 ? '1 problem' : `${problems || 'no'} problems`);
