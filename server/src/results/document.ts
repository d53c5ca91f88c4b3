/** Reads a result document that came from somewhere else: every member that is used later is checked first. */
import { RESULT_SCHEMA, type ScanResult } from '../scan/result.ts';
import { digestOf } from './digest.ts';

/** A result as it lies in arrivals. */
export interface ArrivedResult {
  readonly result: ScanResult;
  readonly digest: string;
}

/** A value, or why there is none. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** Ids of scans name files: letters, digits and hyphens alone. */
export const SCAN_ID = /^[A-Za-z0-9][A-Za-z0-9-]{7,63}$/;

const STATUSES: ReadonlySet<unknown> = new Set([
  'missing',
  'installed',
  'effectively installed',
  'superseded',
  'note',
  'not applicable',
  'unknown',
]);

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isList = (value: unknown, of: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(of);

function isError(value: unknown): boolean {
  return isObject(value) && ['code', 'meaning', 'raw', 'remedy', 'validate'].every((name) => isText(value[name]));
}

function isStep(value: unknown): boolean {
  return (
    isObject(value) &&
    isCount(value.step) &&
    isText(value.name) &&
    (value.status === 'ok' || value.status === 'failed' || value.status === 'skipped') &&
    isCount(value.ms) &&
    (value.error === undefined || isError(value.error))
  );
}

function isInstance(value: unknown): boolean {
  return (
    isObject(value) &&
    isCount(value.instance) &&
    [value.version, value.path, value.architecture, value.language].every(isTextOrNull) &&
    (value.state === 'installed' || value.state === 'unknown')
  );
}

function isProduct(value: unknown): boolean {
  return isObject(value) && isText(value.id) && isText(value.name) && isList(value.instances, isInstance);
}

function isPatch(value: unknown): boolean {
  return (
    isObject(value) &&
    [value.id, value.product, value.severity].every(isText) &&
    [value.title, value.bulletin, value.warning].every(isTextOrNull) &&
    isList(value.kb, isText) &&
    isList(value.cve, isText) &&
    isCount(value.instance) &&
    STATUSES.has(value.status)
  );
}

function isMachine(value: unknown): boolean {
  if (!isObject(value) || !isText(value.name) || !isTextOrNull(value.address)) return false;
  if (value.port !== null && !isCount(value.port)) return false;
  const os = value.os;
  return os === null || (isObject(os) && isText(os.name) && isText(os.version));
}

/** The first thing that keeps a value from being a result document, or undefined. */
export function whatIsWrong(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is not a JSON object';
  if (value.schema !== RESULT_SCHEMA) return `its schema is not ${RESULT_SCHEMA}`;
  if (!isText(value.scanId) || !SCAN_ID.test(value.scanId)) return 'its scanId is missing or not well-formed';
  for (const name of ['started', 'finished']) {
    const time = value[name];
    if (!isText(time) || Number.isNaN(Date.parse(time))) return `its ${name} is no time`;
  }
  if (!isMachine(value.machine)) return 'its machine is missing or not well-formed';
  if (!isList(value.steps, isStep)) return 'its steps are missing or not well-formed';
  if (!isList(value.products, isProduct)) return 'its products are missing or not well-formed';
  if (!isList(value.patches, isPatch)) return 'its patches are missing or not well-formed';
  const cost = value.cost;
  if (!isObject(cost) || ![cost.roundTrips, cost.bytes, cost.reads].every(isCount)) return 'its cost is missing';
  return undefined;
}

/** Reads one arrived document: JSON, the result's shape, and the digest it carries. */
export function readArrived(text: string): Read<ArrivedResult> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, why: `it is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
  const wrong = whatIsWrong(value);
  if (wrong !== undefined) return { ok: false, why: wrong };
  const { digest, ...rest } = value as ScanResult & { digest?: unknown };
  if (!isText(digest)) return { ok: false, why: 'it carries no digest' };
  if (digest !== digestOf(rest)) return { ok: false, why: 'its digest does not fit its content' };
  return { ok: true, value: { result: rest, digest } };
}
