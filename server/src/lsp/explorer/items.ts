/** What a person sees of things of a machine: their names, what they hold, and what goes to the clipboard. */
import type { Observation, RegistryValue } from '../../model/observation.ts';
import { redactedValue, redactText } from '../../model/refusals.ts';
import type { ExplorerItem, ExplorerNode } from '../../protocol/explorer.ts';
import { inert } from '../../results/report/inert.ts';

const LONGEST_SHOWN = 160;
const LONGEST_COPIED = 20_000;

/** On one line, harmless, and not without end. */
export const shown = (text: string, most = LONGEST_SHOWN): string => {
  const line = inert(text.slice(0, most * 2));
  return line.length > most || text.length > most * 2 ? `${line.slice(0, most)}…` : line;
};

export interface ItemParts {
  readonly node: ExplorerNode;
  readonly label: string;
  readonly description?: string | undefined;
  readonly details?: readonly string[];
  readonly expandable?: boolean;
  readonly copyPath?: string | undefined;
  readonly copyValue?: string | undefined;
  readonly unreadable?: boolean;
}

/** An item of which every text is inert. */
export function item({ node, label, description, details, expandable = false, ...rest }: ItemParts): ExplorerItem {
  return {
    node,
    label: shown(label),
    ...(description !== undefined && description !== '' && { description: shown(description) }),
    ...(details && details.length > 0 && { details: details.map((line) => shown(line, 400)) }),
    expandable,
    ...(rest.copyPath !== undefined && { copyPath: inert(rest.copyPath.slice(0, LONGEST_COPIED)) }),
    ...(rest.copyValue !== undefined && { copyValue: inert(rest.copyValue.slice(0, LONGEST_COPIED)) }),
    ...(rest.unreadable === true && { unreadable: true as const }),
  };
}

/** A value's data as text; what is written nowhere is not shown either. */
export function dataOf(
  name: string,
  value: Observation<RegistryValue>,
): { readonly text: string; readonly type?: string; readonly readable: boolean } {
  if (value.state === 'absent') return { text: 'not there', readable: false };
  if (value.state === 'unreadable') return { text: value.reason, readable: false };
  const { type, data } = value.value;
  const why = redactedValue(name);
  if (why !== undefined) return { text: `left out: ${why}`, type, readable: false };
  return { text: redactText(textOf(value.value, data)), type, readable: true };
}

function textOf({ type }: RegistryValue, data: string | readonly string[]): string {
  if (typeof data !== 'string') return data.join(' · ');
  if (type === 'REG_DWORD' || type === 'REG_DWORD_BIG_ENDIAN')
    return `${data} (0x${BigInt(data).toString(16).padStart(8, '0')})`;
  if (type === 'REG_QWORD') return `${data} (0x${BigInt(data).toString(16).padStart(16, '0')})`;
  if (type === 'REG_BINARY' || type === 'REG_NONE' || type === 'REG_RESOURCE_LIST')
    return data.replace(/..(?=.)/g, '$& ');
  return data;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `1.1 MB`. */
export function sizeOf(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit] ?? 'B'}`;
}

/** `2026-01-13 07:08`, in UTC as the machine tells it. */
export const timeOf = (iso: string | undefined): string | undefined =>
  iso === undefined || iso === '' ? undefined : iso.slice(0, 16).replace('T', ' ');
