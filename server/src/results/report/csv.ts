/** Results as CSV (RFC 4180): one line a patch verdict, and one for each machine without any. */
import type { ScanResult } from '../../scan/result.ts';
import { csvField } from './inert.ts';

const COLUMNS = [
  'scan',
  'started',
  'machine',
  'address',
  'os',
  'os version',
  'error',
  'patch',
  'title',
  'bulletin',
  'severity',
  'kb',
  'cve',
  'product',
  'instance',
  'version',
  'path',
  'status',
  'how',
  'warning',
  'reason',
] as const;

type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string | null>>>;

/** All results in one table, with a heading. */
export function renderCsv(results: readonly ScanResult[]): string {
  const lines = results.flatMap(rowsOf).map((row) => COLUMNS.map((name) => csvField(row[name] ?? '')).join(','));
  return [COLUMNS.map(csvField).join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function rowsOf(result: ScanResult): readonly Row[] {
  const { machine } = result;
  const common: Row = {
    scan: result.scanId,
    started: result.started,
    machine: machine.name,
    address: machine.address,
    os: machine.os?.name ?? null,
    'os version': machine.os?.version ?? null,
    error: result.steps.find((step) => step.error)?.error?.code ?? null,
  };
  if (result.patches.length === 0) return [common];
  return result.patches.map((patch) => {
    const product = result.products.find(({ id }) => id === patch.product);
    const instance = product?.instances.find((each) => each.instance === patch.instance);
    return {
      ...common,
      patch: patch.id,
      title: patch.title,
      bulletin: patch.bulletin,
      severity: patch.severity,
      kb: patch.kb.join(' '),
      cve: patch.cve.join(' '),
      product: patch.product,
      instance: String(patch.instance),
      version: instance?.version ?? null,
      path: instance?.path ?? null,
      status: patch.status,
      how: patch.how ?? null,
      warning: patch.warning,
      reason: patch.reason ?? null,
    };
  });
}
