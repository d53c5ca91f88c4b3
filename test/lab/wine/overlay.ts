/** What Wine's registry does not say by itself: that it is a Windows 10, and values of every type that a reader can meet. */
import { createHash } from 'node:crypto';
import { windows, WINDOWS_10_22H2 } from '../machines/windows.ts';
import { expandable } from '../registry-file.ts';
import type { LabRegistry, LabValue } from '../registry-file.ts';

/** The name that the machine gives itself. */
export const WINE_NAME = 'wine01';

/** Where the odd values lie, in both views and in the hive of the user who is logged on. */
export const ODD_KEYS = [
  'HKLM\\SOFTWARE\\Patchlab Odd',
  'HKLM\\SOFTWARE\\Wow6432Node\\Patchlab Odd',
  'HKU\\S-1-5-21-0-0-0-1000\\Software\\Patchlab Odd',
] as const;

/** Bytes that look random and are always the same. */
function bytes(seed: string, length: number): Uint8Array {
  const parts = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`${seed} ${index}`).digest(),
  );
  return new Uint8Array(Buffer.concat(parts).subarray(0, length));
}

/** One value of every type, the empty ones and the long ones; each key has others. */
function oddValues(seed: string): Record<string, LabValue> {
  return {
    '': `the default value of ${seed}`,
    Text: `"quoted" back\\slash, trailing blank `,
    Empty: '',
    'Größe 尺寸 Ω': 'Ünïcödé – Ελληνικά – 日本語 – emoji 🦊',
    Expandable: expandable('%SystemRoot%\\System32\\drivers\\etc'),
    List: ['eins', 'zwei ü', '三', `${seed} last`],
    'Empty list': [],
    Number: 0xfedcba98,
    Zero: 0,
    Large: 0xfedcba9876543210n,
    'Big-endian': { type: 'REG_DWORD_BIG_ENDIAN', data: '305419896' },
    None: { type: 'REG_NONE', data: '0102ff' },
    'Binary of 20 KB': bytes(seed, 20 * 1024),
    'Binary of 3 bytes': bytes(seed, 3),
    'Empty binary': new Uint8Array(0),
    'Long text': 'ä'.repeat(3000),
    'Name\\with\\backslashes': 'x',
  };
}

/** Imported into a prefix before programs are installed. */
export function overlay(): LabRegistry {
  const { registry } = windows({
    computerName: WINE_NAME,
    ...WINDOWS_10_22H2,
    smb1: false,
    spooler: 'stopped',
    people: [],
  });
  return {
    ...registry,
    ...Object.fromEntries(ODD_KEYS.map((key) => [key, oddValues(key)])),
    [`${ODD_KEYS[0]}\\Schlüssel 鍵`]: { Tief: ['unten'] },
  };
}
