/**
 * What goes wrong in a run as problems of its text, on the element, link, property or group that they are about. They stay until
 * the same document is run again; where they stand is asked anew when the text changes.
 */
import * as vscode from 'vscode';
import {
  BLAME,
  type Blamed,
  type BlameParams,
  type BlameResult,
  type PlaceRange,
} from '../../../server/src/protocol.ts';
import type { Explanation } from '../remote/causes/explain.ts';
import type { Server } from './device-tables.ts';
import type { Explained, RunLog, RunLogs } from './run-logs.ts';
import type { RunOrder } from './runs.ts';

/** How long a text rests before the places are asked for anew, in milliseconds. */
const REST = 400;
/** Problems of one run that are shown. */
const MOST = 50;

/** The problems of the last run of a document. */
interface Problems {
  readonly log: RunLog;
  readonly order: RunOrder & Required<Pick<RunOrder, 'source'>>;
  readonly explanations: Explanation[];
  timer: NodeJS.Timeout | undefined;
  /** Grows with every question, so that a late answer is not shown over a newer one. */
  asked: number;
}

export class RunProblems implements vscode.Disposable {
  readonly #server: Server;
  readonly #collection = vscode.languages.createDiagnosticCollection('jetson-run');
  readonly #documents = new Map<string, Problems>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(logs: RunLogs, server: Server) {
    this.#server = server;
    this.#subscriptions = [
      this.#collection,
      logs.onDidChange((log) => this.#begin(log)),
      logs.onExplained((explained) => this.#take(explained)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const problems = this.#documents.get(document.uri.toString());
        if (problems && contentChanges.length > 0) this.#later(problems);
      }),
    ];
  }

  dispose(): void {
    for (const { timer } of this.#documents.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** A new run of a document: what went wrong in the last one is past. */
  #begin(log: RunLog): void {
    const { order, running } = log;
    const uri = order?.source && vscode.Uri.parse(order.source.uri);
    if (!order?.source || !uri || !running) return;
    const key = uri.toString();
    const before = this.#documents.get(key);
    if (before?.log === log) return;
    clearTimeout(before?.timer);
    this.#collection.delete(uri);
    this.#documents.set(key, {
      ...{ log, order: { ...order, source: order.source }, explanations: [], timer: undefined, asked: 0 },
    });
  }

  #take({ log, explanations }: Explained): void {
    const source = log.order?.source;
    const problems = source && this.#documents.get(vscode.Uri.parse(source.uri).toString());
    if (problems?.log !== log) return;
    const grave = explanations.filter(({ severity }) => severity === 'error' || severity === 'warning');
    if (grave.length === 0 || problems.explanations.length >= MOST) return;
    problems.explanations.push(...grave);
    this.#later(problems, 0);
  }

  #later(problems: Problems, rest = REST): void {
    clearTimeout(problems.timer);
    problems.timer = setTimeout(() => void this.#place(problems), rest);
  }

  async #place(problems: Problems): Promise<void> {
    const { order, explanations } = problems;
    const asked = ++problems.asked;
    const uri = vscode.Uri.parse(order.source.uri);
    // What follows from another error would only hide it.
    const first = explanations.some(({ cause, severity }) => severity === 'error' && !cause?.follows);
    const shown = explanations.filter(({ cause }) => !(first && cause?.follows)).slice(0, MOST);
    let blamed: BlameResult['blamed'];
    try {
      const params: BlameParams = {
        textDocument: { uri: order.source.uri },
        text: order.source.text,
        clues: shown.map(({ clues }) => clues),
      };
      ({ blamed } = await this.#server.request<BlameResult>(BLAME, params));
    } catch {
      // Without the server nobody knows the places; the log has the messages all the same.
      return;
    }
    if (asked !== problems.asked || this.#documents.get(uri.toString()) !== problems) return;
    const found = shown.flatMap((explanation, i) => {
      const where = blamed[i];
      return where ? [problemOf(explanation, where, order, uri)] : [];
    });
    this.#collection.set(uri, found);
  }
}

function problemOf(
  explanation: Explanation,
  where: Blamed<PlaceRange>,
  { device }: RunOrder,
  uri: vscode.Uri,
): vscode.Diagnostic {
  const { headline, meaning, usually, fix, severity, cause } = explanation;
  const { meeting, finding, related } = where;
  const parts = [
    headline,
    meaning,
    meeting && `${meeting.from} gives ${meeting.gives}; ${meeting.to} takes ${meeting.takes}.`,
    usually && `Usual cause: ${usually}`,
    fix && `What helps: ${fix}`,
  ];
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const text = parts.filter((part) => part !== undefined && part !== '').join('\n');
  const diagnostic = new vscode.Diagnostic(toRange(where.place), text, level);
  diagnostic.source = `run on ${device}`;
  if (cause) diagnostic.code = cause.id;
  diagnostic.relatedInformation = [
    ...(finding ? [{ place: finding.place, message: `${finding.rule}: ${finding.message}` }] : []),
    ...related,
  ].map(
    ({ place, message }) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRange(place)), message),
  );
  return diagnostic;
}

const toRange = ({ start, end }: PlaceRange): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);
