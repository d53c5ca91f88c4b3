/** Loaded into the server that is measured: on a signal, what is alive after a collection, into a file. */
import { writeFileSync } from 'node:fs';

process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  writeFileSync(process.env['BENCH_LIVE_HEAP'] ?? '', String(heapUsed + arrayBuffers));
});
