/** Parts of a machine, and how they are put together. */
import type { LabFile, LabService, MachineSpec } from '../spec.ts';
import type { LabRegistry, LabValue } from '../registry-file.ts';

/** What one installed thing adds to a machine. */
export interface MachineParts {
  readonly registry?: LabRegistry;
  readonly files?: Readonly<Record<string, LabFile>>;
  readonly services?: Readonly<Record<string, LabService>>;
}

function mergeKeys(all: readonly LabRegistry[]): LabRegistry {
  const merged: Record<string, Record<string, LabValue>> = {};
  for (const registry of all) {
    for (const [key, values] of Object.entries(registry)) merged[key] = { ...merged[key], ...values };
  }
  return merged;
}

/** Puts parts together; of two values or files with one name the later one stays. */
export function together(...parts: readonly MachineParts[]): Required<MachineParts> {
  return {
    registry: mergeKeys(parts.map((part) => part.registry ?? {})),
    files: Object.assign({}, ...parts.map((part) => part.files)) as Record<string, LabFile>,
    services: Object.assign({}, ...parts.map((part) => part.services)) as Record<string, LabService>,
  };
}

/** `Software\X` in the given view. */
export function software(bits: 32 | 64, rest: string): string {
  return `HKLM\\SOFTWARE\\${bits === 32 ? 'Wow6432Node\\' : ''}${rest}`;
}

/** The folder of 32-bit or 64-bit programs. */
export function programFiles(bits: 32 | 64): string {
  return bits === 32 ? 'C:\\Program Files (x86)' : 'C:\\Program Files';
}

/** An entry of "Apps & features". */
export function uninstallEntry(bits: 32 | 64, key: string, values: Readonly<Record<string, LabValue>>): LabRegistry {
  return { [software(bits, `Microsoft\\Windows\\CurrentVersion\\Uninstall\\${key}`)]: values };
}

function moved<T>(value: T, letter: string): T {
  if (typeof value === 'string') return value.replace(/\bC:(?=\\|$)/g, `${letter}:`) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => moved(each, letter)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || 'copyOf' in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [moved(name, letter), moved(each, letter)]),
  ) as T;
}

/** The same machine with Windows and everything else on another drive. */
export function onDrive(letter: 'D', spec: MachineSpec): MachineSpec {
  return { ...moved(spec, letter), drive: letter };
}
