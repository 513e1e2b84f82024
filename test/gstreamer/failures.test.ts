/** The real gst-launch-1.0 fails, and what it prints is explained at its place in the text. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { checkFailure, failureFolder, failures } from '../support/failures.ts';

let folder: string;
before(() => {
  folder = failureFolder();
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('a pipeline that fails', () => {
  for (const failure of failures) {
    test(`${failure.cause}: ${failure.pipeline}`, () => checkFailure(failure, folder));
  }

  test('each of the causes is another one', () => {
    assert.ok(new Set(failures.map(({ cause }) => cause)).size >= 30);
  });

  test('address-in-use: a port that another program has', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    try {
      const pipeline = `videotestsrc num-buffers=2 ! ‹tcpserversink› host=127.0.0.1 port=${port}`;
      checkFailure({ cause: 'address-in-use', pipeline }, folder);
    } finally {
      server.close();
    }
  });
});
