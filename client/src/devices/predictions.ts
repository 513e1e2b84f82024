/** What a pipeline was predicted to ask of its machine, while it runs: to be compared with what is measured. */
import type * as vscode from 'vscode';
import { type BudgetLine, GRAPH, type GraphParams, type GraphResult } from '../../../server/src/protocol.ts';
import type { Server } from './device-tables.ts';
import type { ActiveRun, Runs } from './runs.ts';

export class Predictions implements vscode.Disposable {
  readonly #server: Server;
  readonly #budgets = new Map<ActiveRun, readonly BudgetLine[]>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(runs: Runs, server: Server) {
    this.#server = server;
    this.#subscriptions = [
      runs.onDidStart((run) => void this.#ask(run)),
      runs.onDidEnd(({ run }) => this.#budgets.delete(run)),
    ];
  }

  /** Of what runs on a device now; one list for each run. */
  of(device: string): readonly (readonly BudgetLine[])[] {
    return [...this.#budgets].flatMap(([{ order }, budget]) => (order.device === device ? [budget] : []));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #ask(run: ActiveRun): Promise<void> {
    const { source } = run.order;
    const first = source?.elements[0];
    if (!source || !first) return;
    this.#budgets.set(run, []);
    try {
      const params: GraphParams = { textDocument: { uri: source.uri }, position: first.range.start };
      const { graph } = await this.#server.request<GraphResult>(GRAPH, params);
      // It may have ended in between.
      if (graph && this.#budgets.has(run)) this.#budgets.set(run, graph.budget);
    } catch {
      // Without the server there is no prediction, and the figures stand alone.
    }
  }
}
