/** Waits for something that gives no event of its own to hold. Asks often, and fails after the limit (milliseconds). */
export async function until(holds: () => Promise<boolean> | boolean, limit = 20_000): Promise<void> {
  for (const end = Date.now() + limit; ; ) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
