/** How a report sorts and names what it shows; shared by every format. */
import type { PatchResult, PatchStatus, ProductInstance, ScanResult } from '../../scan/result.ts';

/** What calls for action first. */
export const STATUS_ORDER: readonly PatchStatus[] = [
  'missing',
  'unknown',
  'superseded',
  'note',
  'installed',
  'effectively installed',
  'not applicable',
];

const SEVERITY_ORDER: readonly string[] = ['critical', 'important', 'moderate', 'low', 'unrated'];

/** The most severe first; what is no severity of ours last. */
export const severityRank = (severity: string): number => {
  const index = SEVERITY_ORDER.indexOf(severity);
  return index === -1 ? SEVERITY_ORDER.length : index;
};

/** The patches of each status that occurs, the most severe first, else in the result's order. */
export function patchesByStatus(
  result: ScanResult,
): readonly { readonly status: PatchStatus; readonly patches: readonly PatchResult[] }[] {
  return STATUS_ORDER.map((status) => ({
    status,
    patches: result.patches
      .filter((patch) => patch.status === status)
      .sort((a, b) => severityRank(a.severity) - severityRank(b.severity)),
  })).filter((group) => group.patches.length > 0);
}

/** How many patches have each status that occurs: `3 missing, 9 installed`. */
export function describeCounts(result: ScanResult): string {
  const groups = patchesByStatus(result).map(({ status, patches }) => `${patches.length} ${status}`);
  return groups.length === 0 ? 'no patches' : groups.join(', ');
}

/** The product's name and version that a patch was judged for. */
export function describeInstance(result: ScanResult, patch: PatchResult): string {
  const product = result.products.find(({ id }) => id.toLowerCase() === patch.product.toLowerCase());
  const instance = product?.instances.find((each) => each.instance === patch.instance);
  if (!product) return result.machine.os?.name ?? patch.product;
  return instance?.version ? `${product.name} ${instance.version}` : product.name;
}

/** What is known of an instance besides its version. */
export function describePlace(instance: ProductInstance): string {
  return [instance.path, instance.architecture, instance.language].filter((part) => part !== null).join(', ');
}

/** `Windows 10 22H2 (10.0.19045.3570), pro, x64, workstation, en-US`. */
export function describeOs(result: ScanResult): string {
  const os = result.machine.os;
  if (!os) return 'operating system not determined';
  const details = [
    os.servicePack > 0 ? `service pack ${os.servicePack}` : null,
    os.edition,
    os.architecture,
    os.role,
    os.language,
  ];
  return [`${os.name} (${os.version})`, ...details.filter((part) => part !== null)].join(', ');
}

/** A length of time for people: `850 ms`, `2.5 s`. */
export function describeMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Where the machine's answers came from and what they cost. */
export function describeSource(result: ScanResult): string {
  const { machine, cost } = result;
  const took = Date.parse(result.finished) - Date.parse(result.started);
  const where =
    machine.source === 'snapshot'
      ? 'from a recording'
      : `over ${machine.address ?? machine.name}${machine.port === null ? '' : ` port ${machine.port}`}`;
  const what = [`${cost.reads} reads`];
  if (machine.source === 'live') what.push(`${cost.roundTrips} round trips`, `${Math.ceil(cost.bytes / 1024)} KB`);
  return `scanned ${result.started.slice(0, 19).replace('T', ' ')} UTC in ${describeMs(took)} ${where}; ${what.join(', ')}`;
}
