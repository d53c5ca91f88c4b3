/** Values that readings give, and how one kind becomes another. What cannot be converted is unreadable, never guessed. */
import type { ObservationRequest, RegistryValue } from '../model/observation.ts';
import { brief } from './text.ts';
import { parseVersion, type Version } from './versions.ts';

export type Value =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** The view a key path was found in: a key below it is read there. */
      readonly view?: '32' | '64';
      /** The text is meant as a version (DisplayVersion, product version), though not every text is one. */
      readonly soft?: 'version';
    }
  /** Numbers and sizes: a QWORD fits. */
  | { readonly kind: 'number'; readonly value: bigint; readonly text?: string }
  | { readonly kind: 'version'; readonly version: Version }
  /** Milliseconds since 1970, UTC; `day` where only a day was said. */
  | { readonly kind: 'date'; readonly ms: number; readonly day: boolean; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** What a reading gives. `from` is the request that answered, for traces; `pending` never leaves evaluation. */
export type Read<T = Value> =
  | { readonly state: 'present'; readonly value: T; readonly from?: ObservationRequest }
  | { readonly state: 'absent'; readonly from?: ObservationRequest }
  | { readonly state: 'unreadable'; readonly reason: string; readonly from?: ObservationRequest }
  | { readonly state: 'pending' };

export const ABSENT: { readonly state: 'absent' } = { state: 'absent' };
export const PENDING_READ: { readonly state: 'pending' } = { state: 'pending' };

/** A present value. */
export function present<T>(value: T, from?: ObservationRequest): Read<T> {
  return from === undefined ? { state: 'present', value } : { state: 'present', value, from };
}

/** A reading that failed. */
export function unreadable(
  reason: string,
  from?: ObservationRequest,
): Exclude<Read<never>, { state: 'present' | 'absent' | 'pending' }> {
  return from === undefined ? { state: 'unreadable', reason } : { state: 'unreadable', reason, from };
}

/** A text value. */
export function textValue(text: string): Value {
  return { kind: 'text', text };
}

/** A number value. */
export function numberValue(value: bigint | number): Value {
  return { kind: 'number', value: BigInt(value) };
}

/** Applies a function to a present value and keeps where it came from. */
export function mapRead<T, U>(read: Read<T>, apply: (value: T) => Read<U>): Read<U> {
  if (read.state !== 'present') return read;
  const result = apply(read.value);
  if (read.from === undefined || result.state === 'pending') return result;
  return { ...result, from: read.from };
}

/** What a registry value is to content: texts, numbers, lists; binary data is lower-case hexadecimal text. */
export function fromRegistry(value: RegistryValue): Value {
  switch (value.type) {
    case 'REG_DWORD':
    case 'REG_DWORD_BIG_ENDIAN':
    case 'REG_QWORD':
      return { kind: 'number', value: BigInt(value.data) };
    case 'REG_MULTI_SZ':
      return { kind: 'list', items: value.data };
    default:
      return textValue(value.data);
  }
}

/** The value as text: what `contains`, `matches`, insertion into a path and messages see. */
export function textOf(value: Value): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'number':
      return value.text ?? value.value.toString();
    case 'version':
      return value.version.text;
    case 'date':
      return value.text;
    case 'list':
      return value.items.join('\n');
  }
}

/** The value as a version. */
export function toVersion(value: Value): Read<Version> {
  if (value.kind === 'version') return present(value.version);
  const version = value.kind === 'list' || value.kind === 'date' ? undefined : parseVersion(textOf(value));
  return version === undefined ? unreadable(`\`${brief(textOf(value), 80)}\` is no version`) : present(version);
}

/** The value as a number: text of digits only converts. */
export function toNumber(value: Value): Read<bigint> {
  if (value.kind === 'number') return present(value.value);
  const text = textOf(value).trim();
  if ((value.kind === 'text' || value.kind === 'version') && /^\d{1,40}$/.test(text)) return present(BigInt(text));
  return unreadable(`\`${brief(textOf(value), 80)}\` is no number`);
}

/** A moment: `day` where no time of day was said. */
export interface Moment {
  readonly ms: number;
  readonly day: boolean;
}

const DAY = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$/;
const STAMP = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** The value as a date: `2026-01-13`, `20260113` (as installers write it), `2026/01/13`, or ISO 8601 with a time (UTC). */
export function toDate(value: Value): Read<Moment> {
  if (value.kind === 'date') return present({ ms: value.ms, day: value.day });
  const text = textOf(value).trim();
  const moment = value.kind === 'list' || value.kind === 'version' ? undefined : parseMoment(text);
  return moment === undefined ? unreadable(`\`${brief(text, 80)}\` is no date`) : present(moment);
}

/** A moment from text, or undefined. */
export function parseMoment(text: string): Moment | undefined {
  const day = DAY.exec(text);
  if (day !== null) {
    const iso = `${day[1] ?? ''}-${day[3] ?? ''}-${day[4] ?? ''}`;
    const ms = Date.parse(`${iso}T00:00:00Z`);
    // Date.parse carries 02-30 over into March: such a text is no date.
    return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso) ? { ms, day: true } : undefined;
  }
  if (!STAMP.test(text)) return undefined;
  const ms = Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) ? undefined : { ms, day: false };
}

/** The value as a person reads it, shortened. */
export function showValue(value: Value): string {
  if (value.kind === 'list') return value.items.map((item) => `"${brief(item, 80)}"`).join(', ') || '(empty list)';
  return value.kind === 'text' ? `"${brief(value.text)}"` : brief(textOf(value));
}

/** A reading as a person reads it: the value, `absent`, or `unreadable: reason`. */
export function showRead(read: Read): string {
  switch (read.state) {
    case 'present':
      return showValue(read.value);
    case 'unreadable':
      return `unreadable: ${read.reason}`;
    default:
      return read.state;
  }
}
