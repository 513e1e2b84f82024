import * as vscode from 'vscode';
import type { Command } from '../command.ts';

/** Opens the regions, lines and directions of an nvdsanalytics file as a drawing beside it. */
export const command: Command = {
  id: 'jetsonPipelines.drawRegions',
  title: 'Draw Analytics Regions',
  icon: '$(symbol-ruler)',
  async run({ canvases }, uri) {
    const document =
      uri instanceof vscode.Uri
        ? await vscode.workspace.openTextDocument(uri)
        : vscode.window.activeTextEditor?.document;
    if (document) canvases.show(document);
    else void vscode.window.showInformationMessage('Open a configuration of nvdsanalytics first.');
  },
};
