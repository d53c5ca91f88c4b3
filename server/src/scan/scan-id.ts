/** Ids of scans. */
import { randomBytes } from 'node:crypto';

/** Sorts by time and names a file: `20260113-100000-1f2e3d4c5b6a7988`. */
export function newScanId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${time}-${randomBytes(8).toString('hex')}`;
}
