/** A cable between a client and a server on this machine, which can be pulled, cut after so many bytes, or go silent. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface Cable {
  /** What to connect to in the server's place. */
  readonly port: number;
  /** Ends all connections at once, as when the server's machine goes down. */
  cut(): void;
  /** Ends them once so many more bytes have come from the server. */
  cutAfter(bytes: number): void;
  /** Ends them once so many more bytes have gone to the server. */
  cutAfterSending(bytes: number): void;
  /** Nothing goes through any more, and nobody is told. */
  silence(): void;
  /** Lets nobody through (`false`), or everybody again. */
  plug(into: boolean): void;
  stop(): Promise<void>;
}

export async function startCable(to: number): Promise<Cable> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let plugged = true;
  let silent = false;
  let coming = Number.POSITIVE_INFINITY;
  let going = Number.POSITIVE_INFINITY;
  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  const server = createServer((near) => {
    if (!plugged) {
      near.destroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const pass = (from: Socket, into: Socket, left: () => number, spend: (bytes: number) => void): void => {
      from.setNoDelay(true);
      from.on('data', (piece) => {
        if (silent) return;
        const part = piece.subarray(0, Math.max(0, left()));
        spend(piece.length);
        into.write(part);
        if (left() > 0) return;
        // What has come so far is still to arrive.
        into.end(() => cut());
        setTimeout(cut, 20);
      });
      from.on('error', () => {});
      from.on('close', () => {
        if (silent) return;
        into.destroy();
        pairs.delete(pair);
      });
    };
    pass(
      far,
      near,
      () => coming,
      (bytes) => void (coming -= bytes),
    );
    pass(
      near,
      far,
      () => going,
      (bytes) => void (going -= bytes),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAfter: (bytes) => void (coming = bytes),
    cutAfterSending: (bytes) => void (going = bytes),
    silence: () => void (silent = true),
    plug: (into) => {
      plugged = into;
      if (!into) cut();
      else {
        coming = Number.POSITIVE_INFINITY;
        going = Number.POSITIVE_INFINITY;
      }
    },
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
