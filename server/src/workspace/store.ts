/** Open documents and their analyses. An analysis is made when it is asked for, once for a version and a world. */
import { analyze, type World } from './analyze.ts';
import type { Analysis, Document } from './document.ts';
import { pathOf } from './paths.ts';

export class Store {
  readonly #open = new Map<string, { document: Document; analysis?: Analysis; stale: boolean }>();
  #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** What the analyses depend on. A new one (another target, new tables or settings) makes all of them anew when asked for. */
  get world(): World {
    return this.#world;
  }

  set world(world: World) {
    this.#world = world;
    for (const entry of this.#open.values()) entry.stale = true;
  }

  /** Opens a document, or gives the store its next version. Findings that depend on it are to be made again. */
  update(document: Document): void {
    const analysis = this.#open.get(document.uri)?.analysis;
    this.#open.set(document.uri, { document, stale: true, ...(analysis ? { analysis } : {}) });
    for (const uri of this.dependants(pathOf(document.uri))) this.#open.get(uri)!.stale = true;
  }

  /** The open documents whose findings look at the file, as far as they were made. */
  dependants(path: string): string[] {
    return [...this.#open].flatMap(([uri, { analysis }]) => (analysis?.asked.has(path) ? [uri] : []));
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  document(uri: string): Document | undefined {
    return this.#open.get(uri)?.document;
  }

  /** The open documents. */
  *documents(): Iterable<Document> {
    for (const { document } of this.#open.values()) yield document;
  }

  /** Something outside the documents has changed (a file that one of them names): findings are to be made again. */
  invalidate(): void {
    for (const entry of this.#open.values()) entry.stale = true;
  }

  /** The analysis of the newest version; undefined for documents that are not open. */
  analysis(uri: string): Analysis | undefined {
    const entry = this.#open.get(uri);
    if (!entry) return undefined;
    if (entry.stale || !entry.analysis) {
      entry.analysis = analyze(entry.document, this.#world, entry.analysis);
      entry.stale = false;
    }
    return entry.analysis;
  }
}
