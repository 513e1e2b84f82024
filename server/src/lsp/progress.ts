/** Progress that shows only when the work turns out to take long, so that short work does not flicker. */
import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';

export interface LateProgress {
  /** What is being done now. */
  tell(what: string): void;
  /** Whether the person gave it up. */
  cancelled(): boolean;
  done(): void;
}

/** In milliseconds. */
const PATIENCE = 700;
const BETWEEN_REPORTS = 100;

export function lateProgress(connection: Connection, capabilities: ClientCapabilities, title: string): LateProgress {
  if (!capabilities.window?.workDoneProgress) return { tell() {}, cancelled: () => false, done() {} };
  const started = Date.now();
  let reported = 0;
  let finished = false;
  let asked = false;
  let shown: Awaited<ReturnType<typeof connection.window.createWorkDoneProgress>> | undefined;

  async function show(): Promise<void> {
    asked = true;
    const progress = await connection.window.createWorkDoneProgress();
    if (finished) return;
    shown = progress;
    progress.begin(title, undefined, undefined, true);
  }

  return {
    tell(what) {
      const now = Date.now();
      if (!asked && now - started > PATIENCE) {
        show().catch((error: unknown) => connection.console.error(String(error)));
      } else if (shown && now - reported > BETWEEN_REPORTS) {
        reported = now;
        shown.report(what.slice(what.lastIndexOf('/') + 1));
      }
    },
    cancelled: () => shown?.token.isCancellationRequested === true,
    done() {
      finished = true;
      shown?.done();
    },
  };
}
