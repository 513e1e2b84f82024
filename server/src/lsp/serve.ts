/** The table: which function answers which request. No logic of its own beyond start, settings and changes. */
import {
  CodeLensRefreshRequest,
  type CompletionList,
  type CompletionParams,
  type Connection,
  type DefinitionParams,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  type Location,
  NotificationType,
  type ReferenceParams,
  RegistrationRequest,
  type RenameParams,
  RequestType,
  type SemanticTokens,
  type SemanticTokensRangeParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Target } from '../model/target.ts';
import * as own from '../protocol.ts';
import { pathOf } from '../workspace/paths.ts';
import { asCommand } from './as-command.ts';
import { blameOf, noBlame } from './blame.ts';
import { capabilities, registrations } from './capabilities.ts';
import { codeActions } from './code-actions.ts';
import { completion, resolveCompletion } from './completion.ts';
import { codeLenses, colorPresentations, documentColors, documentTokens, hints } from './decorations.ts';
import { Diagnostics } from './diagnostics.ts';
import { documentLanguage } from './document-language.ts';
import { formatDocument, formatOnType, formatRange } from './formatting.ts';
import { capsMeeting, graph, noGraph } from './graph.ts';
import { type Asked, handlers, tell } from './handler.ts';
import { hover } from './hover.ts';
import {
  definition,
  documentLinks,
  highlights,
  incoming,
  linkedEditing,
  outgoing,
  prepareHierarchy,
  prepareRename,
  references,
  rename,
} from './navigation.ts';
import { deviceOf } from './nearby.ts';
import { documentSymbols, foldingRanges, selectionRanges, workspaceSymbols } from './outline.ts';
import { inspected, rehearsal } from './rehearse.ts';
import { noRunnables, runnables } from './runnables.ts';
import { type Outside, Session } from './session.ts';
import { readSettings, sameSettings } from './settings.ts';
import { showReading } from './show-reading.ts';
import { liveTables } from './tables.ts';

const readingRequest = new RequestType<own.ShowReadingParams, own.ShowReadingResult, void>(own.SHOW_READING);

const graphRequest = new RequestType<own.GraphParams, own.GraphResult, void>(own.GRAPH);

const capsRequest = new RequestType<own.CapsMeetingParams, own.CapsMeeting | null, void>(own.CAPS_MEETING);

const runnablesRequest = new RequestType<own.RunnablesParams, own.RunnablesResult, void>(own.RUNNABLES);

const inspectRequest = new RequestType<own.InspectParams, readonly own.InspectedElement[], void>(own.INSPECT);

const rehearseRequest = new RequestType<own.RehearseParams, own.Rehearsal, void>(own.REHEARSE);
const blameRequest = new RequestType<own.BlameParams, own.BlameResult, void>(own.BLAME);

const deviceNotification = new NotificationType<own.DeviceParams>(own.DEVICE);

const tablesRequest = new RequestType<own.TablesParams, null, void>(own.TABLES);

const targetRequest = new RequestType<own.DocumentTargetParams, own.TargetShown | null, void>(own.DOCUMENT_TARGET);

const commandRequest = new RequestType<own.AsCommandParams, own.AsCommandResult, void>(own.AS_COMMAND);

const languageRequest = new RequestType<own.DocumentLanguageParams, own.DocumentLanguageResult, void>(
  own.DOCUMENT_LANGUAGE,
);

/** Serves one editor until its connection ends. */
export function serve(connection: Connection, outside: Outside): void {
  const session = new Session(connection, outside);
  const diagnostics = new Diagnostics(session);
  const handle = handlers(session);

  connection.onInitialize((params) => initialize(session, params));
  connection.onInitialized(() => tell(connection, started(session, diagnostics)));
  connection.onDidChangeConfiguration(({ settings }) => tell(connection, reconfigure(session, diagnostics, settings)));
  const outsideChanged = outsideChanges(session, diagnostics);
  connection.onDidChangeWatchedFiles(({ changes }) => outsideChanged(changes.map(({ uri }) => pathOf(uri))));
  session.documents.onDidChangeContent(({ document: { uri } }) => {
    diagnostics.changed(uri);
    // What is typed in a file that others name changes their findings.
    const path = pathOf(uri);
    if (session.store.dependants(path).length > 0 || diagnostics.workspace.dependants(path).length > 0) {
      outsideChanged([path]);
    }
  });
  session.documents.onDidClose(({ document }) => diagnostics.closed(document.uri));

  connection.languages.diagnostics.on((params) => diagnostics.pull(params));
  connection.languages.diagnostics.onWorkspace((params, token, _progress, parts) =>
    diagnostics.workspace.pull(params, token, parts),
  );
  connection.onCodeAction(handle.document([], codeActions));
  connection.onHover(handle.place(null, hover));
  connection.onCompletion(
    handle.document<CompletionParams, CompletionList>({ isIncomplete: false, items: [] }, completion),
  );
  connection.onCompletionResolve((item) => resolveCompletion(session, item));
  connection.onDocumentFormatting(handle.document([], formatDocument));
  connection.onDocumentRangeFormatting(handle.document([], formatRange));
  connection.onDocumentOnTypeFormatting(handle.document([], formatOnType));
  connection.onDefinition(handle.place<DefinitionParams, Location[]>([], definition));
  connection.onReferences(handle.place<ReferenceParams, Location[]>([], references));
  connection.onDocumentHighlight(handle.place([], highlights));
  connection.onPrepareRename(handle.place(null, prepareRename));
  connection.onRenameRequest(handle.place<RenameParams, WorkspaceEdit | null>(null, rename));
  connection.languages.onLinkedEditingRange(handle.place(null, linkedEditing));
  connection.onDocumentLinks(handle.document([], documentLinks));
  connection.onDocumentSymbol(handle.document([], documentSymbols));
  connection.onWorkspaceSymbol(({ query }, token) => workspaceSymbols(session, query, token));
  connection.onFoldingRanges(handle.document([], foldingRanges));
  connection.onSelectionRanges(handle.document([], selectionRanges));
  connection.languages.callHierarchy.onPrepare(handle.place(null, prepareHierarchy));
  connection.languages.callHierarchy.onIncomingCalls(handle.item([], incoming));
  connection.languages.callHierarchy.onOutgoingCalls(handle.item([], outgoing));
  connection.languages.semanticTokens.on(handle.document({ data: [] }, (asked) => documentTokens(asked)));
  connection.languages.semanticTokens.onRange(
    handle.document<SemanticTokensRangeParams, SemanticTokens>({ data: [] }, (asked, { range }) =>
      documentTokens(asked, range),
    ),
  );
  connection.languages.inlayHint.on(handle.document([], hints));
  connection.onCodeLens(handle.document([], codeLenses));
  connection.onDocumentColor(handle.document([], documentColors));
  connection.onColorPresentation(handle.document([], (_asked, params) => colorPresentations(params)));
  connection.onRequest(readingRequest, handle.document({ text: '' }, showReading));
  connection.onRequest(graphRequest, handle.document(noGraph, graph));
  connection.onRequest(capsRequest, handle.document<own.CapsMeetingParams, own.CapsMeeting | null>(null, capsMeeting));
  connection.onRequest(targetRequest, handle.document(null, documentTarget));
  connection.onRequest(commandRequest, handle.document({}, asCommand));
  connection.onRequest(languageRequest, handle.document({}, documentLanguage));
  connection.onRequest(runnablesRequest, handle.document(noRunnables, runnables));
  connection.onRequest(inspectRequest, (params) => inspected(params, session.store.world));
  connection.onRequest(rehearseRequest, (params) => rehearsal(params, session.store.world));
  connection.onNotification(deviceNotification, (params) => {
    session.device = deviceOf(params);
  });
  connection.onRequest(blameRequest, handle.document(noBlame, blameOf));
  connection.onRequest(tablesRequest, (params) => {
    session.useTables(liveTables(params));
    tellStatus(session);
    refresh(session, diagnostics, 'all');
    return null;
  });
  connection.onRequest(own.TARGETS, () => session.targets.choices());

  connection.listen();
}

function initialize(session: Session, params: InitializeParams): InitializeResult {
  session.capabilities = params.capabilities;
  session.folders = foldersOf(params);
  session.configure(readSettings(params.initializationOptions));
  return { serverInfo: { name: 'jetson-pipelines' }, capabilities: capabilities(params.capabilities) };
}

async function started(session: Session, diagnostics: Diagnostics): Promise<void> {
  const { connection, capabilities: client } = session;
  if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
    tell(connection, connection.client.register(DidChangeConfigurationNotification.type, { section: own.SECTION }));
  }
  const some = registrations(client);
  if (some.length > 0) {
    tell(connection, connection.sendRequest(RegistrationRequest.type, { registrations: some }));
  }
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    // Any file may be one that a configuration names, or a .gitignore; the editor watches them all anyway.
    const watchers = [{ globPattern: '**/*' }];
    tell(connection, connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }
  if (client.workspace?.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
      session.folders = [
        ...session.folders.filter((folder) => !gone.has(folder)),
        ...added.map(({ uri }) => pathOf(uri)),
      ];
      diagnostics.workspace.wake('all');
    });
  }
  await reconfigure(session, diagnostics, undefined);
  tellStatus(session);
}

/** Settings are asked for where the editor can be asked; else what it sent counts. */
async function reconfigure(session: Session, diagnostics: Diagnostics, sent: unknown): Promise<void> {
  const { connection, capabilities: client } = session;
  const value = client.workspace?.configuration
    ? ((await connection.workspace.getConfiguration(own.SECTION)) ?? sent)
    : sent;
  if (value === undefined || value === null) return;
  const settings = readSettings(value);
  if (sameSettings(settings, session.settings)) return;
  session.configure(settings);
  tellStatus(session);
  refresh(session, diagnostics, 'all');
}

/** All that is shown of the open documents may be other now. */
function refresh(session: Session, diagnostics: Diagnostics, elsewhere: 'all' | readonly string[]): void {
  const {
    connection,
    capabilities: { workspace },
  } = session;
  diagnostics.refresh(elsewhere);
  if (workspace?.inlayHint?.refreshSupport) tell(connection, connection.languages.inlayHint.refresh());
  if (workspace?.codeLens?.refreshSupport) tell(connection, connection.sendRequest(CodeLensRefreshRequest.type));
  if (workspace?.semanticTokens?.refreshSupport)
    tell(connection, Promise.resolve(connection.languages.semanticTokens.refresh()));
}

const shown = ({ id, title, assumed }: Target): own.TargetShown => ({ id, title, assumed });

/** A comment in the document may name another target than the settings do. */
const documentTarget = ({ session, analysis }: Asked): own.TargetShown =>
  shown(analysis.readings[0]?.target ?? session.store.world.target);

function tellStatus({ connection, store, targetProblem }: Session): void {
  const status: own.Status = {
    target: shown(store.world.target),
    ...(targetProblem ? { problem: targetProblem } : {}),
  };
  tell(connection, connection.sendNotification(own.STATUS, status));
}

/** How long files must rest before what depends on them is looked at again, in milliseconds. */
const REST = 400;

/** Collects changes of files until they rest: a build or a checkout changes thousands at once. */
function outsideChanges(session: Session, diagnostics: Diagnostics): (paths: readonly string[]) => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = new Set<string>();
  return (paths) => {
    for (const path of paths) changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = [...changed];
      changed.clear();
      session.invalidate();
      refresh(session, diagnostics, all.some(concernsAll) ? 'all' : all);
    }, REST);
  };
}

/** What git ignores has changed, or a folder has come or gone (files have an ending as a rule). */
const concernsAll = (path: string): boolean => path.endsWith('/.gitignore') || !/\.[^/]*$/.test(path);

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => pathOf(uri));
  return rootUri ? [pathOf(rootUri)] : [];
}
