/** The other half of a page: what it is sent, and what it is told. */
import type { Keep } from '../views/panel-messages.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
};

/**
 * Speaks to the editor. Says that the page is ready once `take` is set. Where a message cannot be shown, says so once
 * again: what there is to show is sent anew then.
 */
export function connect<ToPage extends { readonly type: string }, ToHost>(
  take: (message: Exclude<ToPage, Keep>) => void,
): (message: ToHost) => void {
  const api = acquireVsCodeApi();
  let failed = false;
  window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (typeof data?.type !== 'string') return;
    if (data.type === 'keep') api.setState((data as unknown as Keep).state);
    else {
      try {
        take(data as Exclude<ToPage, Keep>);
        failed = false;
      } catch (error) {
        console.error(error);
        // Once only: what the editor sends may be what cannot be shown.
        if (!failed) api.postMessage({ type: 'ready' });
        failed = true;
      }
    }
  });
  // Once the page's own script has run to its end, so that it can show what it is sent.
  queueMicrotask(() => api.postMessage({ type: 'ready' }));
  return (message) => api.postMessage(message);
}
