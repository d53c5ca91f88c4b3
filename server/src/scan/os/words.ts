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
  ['serverturbine', 'datacenter'],
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

/**
 * `ProductSuite` under Control\ProductOptions, which is all that Windows XP and Server 2003 say of their edition.
 * https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-osversioninfoexw lists the same suites.
 */
const SUITES: readonly (readonly [suite: string, edition: string])[] = [
  ['personal', 'home'],
  ['datacenter', 'datacenter'],
  ['blade', 'web'],
  ['small business', 'essentials'],
  ['small business(restricted)', 'essentials'],
  ['enterprise', 'enterprise'],
];

/** The edition of a Windows that has no EditionID; the plainest one has no suite of its own. */
export function editionOfSuites(suites: readonly string[], role: OsRole): string {
  const names = new Set(suites.map((suite) => suite.toLowerCase()));
  const plain = role === 'workstation' ? 'pro' : 'standard';
  return SUITES.find(([suite]) => names.has(suite))?.[1] ?? plain;
}

/** `EditionID` of a server without a desktop, where no InstallationType says so: `ServerStandardCore`. */
export function isCoreEdition(editionId: string): boolean {
  return /^server.*cor(e|ev|v)?$/i.test(editionId);
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
