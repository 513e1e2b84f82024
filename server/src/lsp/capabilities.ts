/**
 * What the server says it can do. Most is said for all documents. Some of it an editor takes from one server a document only,
 * and ours is a guest in Python or C++: that is registered for the languages that are ours, where the editor lets it be.
 */
import {
  CallHierarchyPrepareRequest,
  type ClientCapabilities,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  FoldingRangeRequest,
  type RegistrationParams,
  type SemanticTokensOptions,
  SemanticTokensRegistrationType,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { hosts } from '../hosts/index.ts';
import { codeActionKinds } from './code-actions.ts';
import { completionTriggers } from './completion.ts';
import { tokensLegend } from './decorations.ts';
import { ON_TYPE } from './formatting.ts';

/** The languages in which nobody else's server is asked. */
const OURS = ['gst-launch', 'deepstream-config'];

/** Languages whose own servers colour by meaning and know who calls whom. */
const GUEST_IN = new Set([
  'python',
  'c',
  'cpp',
  'cuda-cpp',
  'objective-c',
  'objective-cpp',
  'rust',
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'vue',
  'svelte',
  'go',
  'java',
  'kotlin',
  'csharp',
]);

const selector = (languages: Iterable<string>): { language: string }[] =>
  [...languages].map((language) => ({ language }));

/** Those in which no server is likely to stand beside ours: {@link OURS}, scripts, prose. */
const alone = (): string[] => [
  ...new Set([...OURS, ...hosts.flatMap(({ languageIds }) => languageIds).filter((one) => !GUEST_IN.has(one))]),
];

const tokens = (full: boolean): SemanticTokensOptions => ({ legend: tokensLegend, full, range: true });

/** What is said at the start. */
export function capabilities(client: ClientCapabilities): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    diagnosticProvider: { identifier: 'gst-lint', interFileDependencies: false, workspaceDiagnostics: true },
    codeActionProvider: { codeActionKinds },
    hoverProvider: true,
    completionProvider: { triggerCharacters: completionTriggers, resolveProvider: true },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    linkedEditingRangeProvider: true,
    documentLinkProvider: {},
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    selectionRangeProvider: true,
    inlayHintProvider: true,
    codeLensProvider: {},
    colorProvider: true,
    documentOnTypeFormattingProvider: ON_TYPE,
    ...(later(client, 'formatting') && later(client, 'rangeFormatting')
      ? {}
      : { documentFormattingProvider: true, documentRangeFormattingProvider: true }),
    ...(later(client, 'foldingRange') ? {} : { foldingRangeProvider: true }),
    ...(later(client, 'callHierarchy') ? {} : { callHierarchyProvider: true }),
    ...(later(client, 'semanticTokens') ? {} : { semanticTokensProvider: tokens(true) }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

/** What is said afterwards, for some languages only. Request ids are the methods' names. */
export function registrations(client: ClientCapabilities): RegistrationParams['registrations'] {
  const found: RegistrationParams['registrations'] = [];
  const add = (method: string, options: object, id = method): void => {
    found.push({ id, method, registerOptions: options });
  };
  if (later(client, 'formatting') && later(client, 'rangeFormatting')) {
    add(DocumentFormattingRequest.method, { documentSelector: selector(OURS) });
    add(DocumentRangeFormattingRequest.method, { documentSelector: selector(OURS) });
  }
  // One server's foldings would end those by indentation, which the editor makes in a script.
  if (later(client, 'foldingRange')) add(FoldingRangeRequest.method, { documentSelector: selector(OURS) });
  if (later(client, 'callHierarchy')) {
    add(CallHierarchyPrepareRequest.method, { documentSelector: selector(alone()) });
  }
  if (later(client, 'semanticTokens')) {
    const { method } = SemanticTokensRegistrationType;
    add(method, { ...tokens(true), documentSelector: selector(alone()) }, `${method} whole`);
    // Of two servers' tokens for a whole document the editor takes one; those of a range give way to them.
    add(method, { ...tokens(false), documentSelector: selector(GUEST_IN) }, `${method} range`);
  }
  return found;
}

const later = (
  { textDocument }: ClientCapabilities,
  what: 'formatting' | 'rangeFormatting' | 'foldingRange' | 'callHierarchy' | 'semanticTokens',
): boolean => textDocument?.[what]?.dynamicRegistration === true;
