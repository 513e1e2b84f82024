/** Which run under way is meant: the node that was clicked, the only one, else a question. */
import * as vscode from 'vscode';
import type { ActiveRun, Runs } from './runs.ts';

/** Undefined where there is none, or the person turned away. */
export async function askActiveRun(runs: Runs, word: unknown, title: string): Promise<ActiveRun | undefined> {
  const given = (word as { active?: ActiveRun } | undefined)?.active;
  if (given) return given;
  const { active } = runs;
  if (active.length === 0) void vscode.window.showInformationMessage('Nothing of this window runs on a device.');
  if (active.length <= 1) return active[0];
  const items = active.map((run) => ({ label: run.order.title, description: run.order.device, run }));
  return (await vscode.window.showQuickPick(items, { title }))?.run;
}
