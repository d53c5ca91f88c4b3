/** From the registry's words to those of the language: editions, roles, architectures, languages. */
import { languageTag } from '../../wire/pe/language.ts';
import type { OperatingSystem, OsArchitecture, OsRole } from '../../evaluate/verdict.ts';

/** `ProductType` under Control\ProductOptions. */
export function roleOf(productType: string): OsRole | undefined {
  switch (productType.toLowerCase()) {
    case 'winnt':
      return 'workstation';
    case 'servernt':
      return 'server';
    case 'lanmannt':
      return 'domain-controller';
    default:
      return undefined;
  }
}

/** `PROCESSOR_ARCHITECTURE` of the machine's environment. */
export function architectureOf(word: string): OsArchitecture | undefined {
  switch (word.toLowerCase()) {
    case 'amd64':
    case 'x64':
      return 'x64';
    case 'x86':
      return 'x86';
    case 'arm64':
      return 'arm64';
    default:
      return undefined;
  }
}

/** How EditionID begins, the longer first. N, KN, Eval, Core and ACor variants are the same edition. */
const EDITIONS: readonly (readonly [start: string, edition: string])[] = [
  ['iotenterprise', 'iot'],
  ['iotuap', 'iot'],
  ['enterprises', 'ltsc'],
  ['enterprise', 'enterprise'],
  ['professional', 'pro'],
  ['education', 'education'],
  ['core', 'home'],
  ['homepremium', 'home'],
  ['homebasic', 'home'],
  ['starter', 'home'],
  ['serverdatacenter', 'datacenter'],
  ['serverstandard', 'standard'],
  ['serversolution', 'essentials'],
  ['serveressential', 'essentials'],
  ['serverenterprise', 'enterprise'],
  ['serverweb', 'web'],
];

/** `EditionID` as the language names it; one that it has no name for stays as it is, in lower case. */
export function editionOf(editionId: string): string {
  const word = editionId.toLowerCase();
  return EDITIONS.find(([start]) => word.startsWith(start))?.[1] ?? word;
}

/** `InstallationType`. */
export function installationOf(word: string | undefined): OperatingSystem['installation'] {
  switch (word?.toLowerCase()) {
    case 'client':
      return 'client';
    case 'server':
      return 'server';
    case 'server core':
      return 'core';
    case 'nano server':
      return 'nano';
    default:
      return null;
  }
}

/** `InstallLanguage`, four hexadecimal digits, as a BCP 47 tag; `0x` and the digits where the table has none. */
export function languageOf(digits: string | undefined): string | null {
  if (digits === undefined || !/^[0-9a-f]{4}$/i.test(digits)) return null;
  return languageTag(Number.parseInt(digits, 16));
}
