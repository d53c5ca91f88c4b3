/** Work over a list, so many at a time. */

/** Results in the order of the items. Rejects with what a work rejects with, or the signal's reason, and begins nothing more. */
export async function inParallel<T, R>(
  items: readonly T[],
  { width, signal }: { readonly width: number; readonly signal: AbortSignal },
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) {
      signal.throwIfAborted();
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  signal.throwIfAborted();
  return results;
}
