/** From the registry's words to those of the language: editions, roles, architectures, languages. */
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

/** LANGIDs of the languages that Windows is made in ([MS-LCID] 2.2). */
const LANGUAGES: Readonly<Record<number, string>> = {
  0x0401: 'ar-SA',
  0x0402: 'bg-BG',
  0x0403: 'ca-ES',
  0x0404: 'zh-TW',
  0x0405: 'cs-CZ',
  0x0406: 'da-DK',
  0x0407: 'de-DE',
  0x0408: 'el-GR',
  0x0409: 'en-US',
  0x040a: 'es-ES',
  0x040b: 'fi-FI',
  0x040c: 'fr-FR',
  0x040d: 'he-IL',
  0x040e: 'hu-HU',
  0x0410: 'it-IT',
  0x0411: 'ja-JP',
  0x0412: 'ko-KR',
  0x0413: 'nl-NL',
  0x0414: 'nb-NO',
  0x0415: 'pl-PL',
  0x0416: 'pt-BR',
  0x0418: 'ro-RO',
  0x0419: 'ru-RU',
  0x041a: 'hr-HR',
  0x041b: 'sk-SK',
  0x041d: 'sv-SE',
  0x041e: 'th-TH',
  0x041f: 'tr-TR',
  0x0422: 'uk-UA',
  0x0424: 'sl-SI',
  0x0425: 'et-EE',
  0x0426: 'lv-LV',
  0x0427: 'lt-LT',
  0x0804: 'zh-CN',
  0x0809: 'en-GB',
  0x080a: 'es-MX',
  0x0816: 'pt-PT',
  0x0c0a: 'es-ES',
  0x0c0c: 'fr-CA',
  0x0c04: 'zh-HK',
  0x241a: 'sr-Latn-RS',
};

/** `InstallLanguage`, four hexadecimal digits, as a BCP 47 tag; `0x` and the digits where the table has none. */
export function languageOf(digits: string | undefined): string | null {
  if (digits === undefined || !/^[0-9a-f]{4}$/i.test(digits)) return null;
  return LANGUAGES[Number.parseInt(digits, 16)] ?? `0x${digits.toLowerCase()}`;
}
