/** Graphviz in a thread of its own: a file that takes it for ever is given up without the editor noticing. */
import { parentPort } from 'node:worker_threads';
import { Graphviz } from '@hpcc-js/wasm-graphviz';

export interface LayoutJob {
  readonly id: number;
  readonly dot: string;
}

export type LayoutDone =
  | { readonly id: number; readonly svg: string }
  | { readonly id: number; readonly error: string };

parentPort?.on('message', async ({ id, dot }: LayoutJob) => {
  const done = (answer: LayoutDone): void => parentPort?.postMessage(answer);
  try {
    const graphviz = await Graphviz.load();
    done({ id, svg: graphviz.layout(dot, 'svg', 'dot') });
  } catch (error) {
    done({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
