/** What one connected editor has open and has asked for. Knows LSP's documents and our store, and keeps them in step. */
import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Target } from '../model/target.ts';
import { type DeviceParams, defaultSettings, type Settings } from '../protocol.ts';
import { LineIndex } from '../text/line-index.ts';
import { analyze } from '../workspace/analyze.ts';
import type { Analysis } from '../workspace/document.ts';
import type { Files } from '../workspace/files.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';
import { Project } from '../workspace/project.ts';
import { Store } from '../workspace/store.ts';
import { type LiveTables, PROJECT_FILE, type Targets } from '../workspace/targets.ts';
import type { DiagnosticPowers, Lines } from './convert.ts';

/** What the program around the server gives it: the outside world, as far as it may be touched. */
export interface Outside {
  readonly files: Files;
  /** The machines that can be named, with what the text of a project's file and a live device say of them. */
  targets(projectText: string | undefined, live?: LiveTables): Targets;
  /** Address of the page that explains the rules, without an anchor; undefined where it is not shipped. */
  readonly rulesPage: string | undefined;
}

/** A document and what is known of it, at one moment. */
export interface Looked {
  readonly uri: string;
  readonly analysis: Analysis;
  readonly lines: Lines;
}

export class Session {
  readonly documents = new TextDocuments(TextDocument);
  readonly store: Store;
  /** Folders of the workspace, as absolute paths. */
  #folders: readonly string[] = [];
  capabilities: ClientCapabilities = {};
  /** What the connected device has; undefined where none is connected. */
  device: DeviceParams | undefined;
  /** Why the target that was set is not used; undefined where it is. */
  targetProblem: string | undefined;
  #settings: Settings = defaultSettings;
  #targets: Targets;
  #projectText: string | undefined;
  #live: LiveTables | undefined;
  #epoch = 0;
  #surroundings = 0;
  constructor(
    readonly connection: Connection,
    readonly outside: Outside,
  ) {
    this.#targets = outside.targets(undefined);
    // What is typed but not saved counts: a file that another one names is read as the editor shows it.
    const files: Files = {
      read: (path) => this.documents.get(uriOf(path))?.getText() ?? outside.files.read(path),
      exists: (path) => outside.files.exists(path),
      list: (path) => outside.files.list(path),
    };
    this.store = new Store({
      files,
      target: this.#target(),
      targetNamed: (words) => this.#targets.named(words),
      severities: {},
      project: new Project(),
      log: (message) => connection.console.error(message),
    });
    this.documents.onDidChangeContent(({ document }) => {
      const { uri, version, languageId } = document;
      this.store.update({ uri, version, languageId, text: document.getText() });
    });
    this.documents.onDidClose(({ document }) => this.store.close(document.uri));
    this.documents.listen(connection);
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Takes the folders of the workspace, and what the file of the first one says of targets. */
  set folders(folders: readonly string[]) {
    this.#folders = folders;
    this.#readProject();
  }

  /** The machines that a person can choose from. */
  get targets(): Targets {
    return this.#targets;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Takes new settings; all analyses are made anew when next asked for. */
  configure(settings: Settings): void {
    this.#settings = settings;
    this.store.world = { ...this.store.world, target: this.#target(), severities: settings.rules };
    this.#epoch++;
  }

  /** Takes what a device says of its own elements, in place of what another said before; undefined takes it away. */
  useTables(live: Omit<LiveTables, 'revision'> | undefined): void {
    this.#live = live && { ...live, revision: this.#epoch + 1 };
    this.#targets = this.outside.targets(this.#projectText, this.#live);
    this.configure(this.#settings);
  }

  /** Files beside the open documents have changed, which findings may speak of. */
  invalidate(): void {
    this.#readProject();
    this.store.invalidate();
    this.#surroundings++;
  }

  /** Grows whenever settings or the target change. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Grows whenever files beside the documents change. */
  get surroundings(): number {
    return this.#surroundings;
  }

  /** What the client can show of a finding. */
  get powers(): DiagnosticPowers {
    const shown = this.capabilities.textDocument?.diagnostic ?? this.capabilities.textDocument?.publishDiagnostics;
    return {
      related: shown?.relatedInformation === true,
      tags: shown?.tagSupport !== undefined,
      rulesPage: shown?.codeDescriptionSupport === true ? this.outside.rulesPage : undefined,
    };
  }

  /** The document's analysis: of the open one, else of the file. Undefined where there is neither. */
  look(uri: string): Looked | undefined {
    const open = this.documents.get(uri);
    const analysis = open ? this.store.analysis(uri) : undefined;
    if (open && analysis) return { uri, analysis, lines: open };
    const text = uri.startsWith('file:') ? this.outside.files.read(pathOf(uri)) : undefined;
    return text === undefined ? undefined : this.read(uri, text);
  }

  /** The analysis of a file that is not open; nothing of it is kept. */
  read(uri: string, text: string): Looked {
    const analysis = analyze({ uri, version: 0, languageId: '', text }, this.store.world);
    return { uri, analysis, lines: new LineIndex(text) };
  }

  /** The lines of any document, for places that findings relate to. */
  linesOf(uri: string): Lines | undefined {
    const open = this.documents.get(uri);
    if (open) return open;
    const text = uri.startsWith('file:') ? this.outside.files.read(pathOf(uri)) : undefined;
    return text === undefined ? undefined : new LineIndex(text);
  }

  #readProject(): void {
    const texts = this.#folders.map((folder) => this.store.world.files.read(`${folder}/${PROJECT_FILE}`));
    const text = texts.find((one) => one !== undefined);
    if (text === this.#projectText) return;
    this.#projectText = text;
    this.#targets = this.outside.targets(text, this.#live);
    for (const problem of this.#targets.projectProblems) this.connection.console.warn(`${PROJECT_FILE}: ${problem}`);
    this.configure(this.#settings);
  }

  #target(): Target {
    const words = this.#settings.target.split(/\s+/).filter((word) => word !== '');
    const wanted = this.#targets.named(words);
    this.targetProblem = wanted ? this.#targets.projectProblems[0] : `No target is called "${this.#settings.target}".`;
    const target = wanted ?? this.#targets.named([]);
    if (!target) throw new Error('the default target is missing from the tables');
    return target;
  }
}
