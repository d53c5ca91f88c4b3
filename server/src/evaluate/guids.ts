/**
 * Windows Installer's packed GUIDs: registry keys under `Installer` spell a GUID without punctuation, the digits of its first
 * three groups reversed and those of the last two swapped in pairs (Windows Installer, "Packed GUID" as in UserData\…\Products).
 */

const GUID = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** The packed form, in upper case; undefined for what is no GUID. */
export function packGuid(guid: string): string | undefined {
  const groups = GUID.exec(guid.trim());
  if (groups === null) return undefined;
  const [, first = '', second = '', third = '', fourth = '', fifth = ''] = groups;
  return [first, second, third]
    .map(reverse)
    .join('')
    .concat(swapPairs(fourth + fifth))
    .toUpperCase();
}

/** The GUID in braces; undefined for what is no packed GUID. */
export function unpackGuid(packed: string): string | undefined {
  if (!/^[0-9a-f]{32}$/i.test(packed)) return undefined;
  const rest = swapPairs(packed.slice(16));
  const groups = [packed.slice(0, 8), packed.slice(8, 12), packed.slice(12, 16)].map(reverse);
  return `{${[...groups, rest.slice(0, 4), rest.slice(4)].join('-')}}`.toUpperCase();
}

/** Whether a text is a GUID, with or without braces. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

function reverse(text: string): string {
  return text.split('').reverse().join('');
}

function swapPairs(text: string): string {
  return text.replace(/(.)(.)/g, '$2$1');
}
