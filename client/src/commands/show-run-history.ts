import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import type { PastRun } from '../devices/runs.ts';
import { shellLine } from '../remote/quote.ts';

/** Lists the earlier runs of this workspace; the chosen one is run again or its command copied. */
export const command: Command = {
  id: 'jetsonPipelines.showRunHistory',
  title: 'Show Run History',
  icon: '$(history)',
  async run({ devices: { runs } }) {
    const again: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy the command line' };
    const items = runs.history.map((past) => ({
      label: `${past.how === 'finished' || past.how === 'stopped' ? '$(pass)' : '$(error)'} ${past.order.title}`,
      description: `${past.order.device} · ${new Date(past.startedAt).toLocaleString()} · ${(past.milliseconds / 1000).toFixed(1)} s`,
      detail: [past.error ?? past.text, ...figuresOf(past), shellLine(past.order.words)].join('   '),
      buttons: [again],
      past,
    }));
    if (items.length === 0) {
      void vscode.window.showInformationMessage('Nothing has been run in this workspace yet.');
      return;
    }
    const pick = vscode.window.createQuickPick<(typeof items)[number]>();
    pick.title = 'Earlier runs; choose one to run it again';
    pick.items = items;
    pick.matchOnDetail = true;
    pick.onDidTriggerItemButton(async ({ item }) => {
      await vscode.env.clipboard.writeText(shellLine(item.past.order.words));
      pick.hide();
    });
    pick.onDidAccept(() => {
      const past = pick.selectedItems[0]?.past;
      pick.hide();
      if (past) void vscode.commands.executeCommand('jetsonPipelines.restartRun', { past });
    });
    pick.onDidHide(() => pick.dispose());
    pick.show();
  },
};

/** What was measured while it ran, most of all its peak load. */
const figuresOf = ({ figures = {} }: PastRun): readonly string[] =>
  Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`);
