/** Types of vscode.mjs, for the tests. */
import type { ChildProcess } from 'node:child_process';

export type Kind = 'new' | 'old';

export const versions: Readonly<Record<Kind, { readonly codeServer: string; readonly vscode: string }>>;
export const quietSettings: Readonly<Record<string, unknown>>;

export interface EditorServer {
  /** `127.0.0.1:PORT`. */
  readonly authority: string;
  /** Its settings, extensions and log. */
  readonly folder: string;
  readonly logFile: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

export function cacheFolder(kind: Kind): string;
export function isInstalled(kind: Kind): boolean;
export function unsupported(): string | undefined;
export function install(kind: Kind, say?: (line: string) => void): Promise<string>;
export function startServer(options: {
  readonly program: string;
  readonly folder: string;
  readonly vsix?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<EditorServer>;
export function workbenchAddress(
  server: Pick<EditorServer, 'authority'>,
  folder: string,
  files?: readonly string[],
): string;
