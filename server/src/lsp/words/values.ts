/** Metadata, conversions and states: what each word means. */
import type { Conversion } from '../../model/content.ts';
import {
  type PATCH_METADATA,
  type PRODUCT_METADATA,
  type SERVICE_STARTS,
  type SERVICE_STATES,
  type SEVERITIES,
  WINDOWS_MEMBERS,
} from '../../model/vocabulary.ts';
import type { WindowsName } from '../../model/windows-names.ts';
import { inCheck, inPatch, inProduct, type WordText } from './word.ts';

type Metadata = (typeof PRODUCT_METADATA)[number] | (typeof PATCH_METADATA)[number];

/** Words that say something about a product or patch. */
export const METADATA: Readonly<Record<Metadata, WordText>> = {
  vendor: inProduct('Who makes it.', 'vendor "Acme"'),
  family: inProduct('What it belongs to: scans can be narrowed by it.', 'family "Browsers"'),
  homepage: inProduct('Its web page.', 'homepage "https://acme.example/"'),
  arch: inProduct('Only on machines of these architectures: `x86`, `x64`, `arm64`.', 'arch x64, arm64'),
  severity: inPatch(
    'How grave it is to lack it: `critical`, `important`, `moderate`, `low` or `unrated`.',
    'severity critical',
  ),
  released: inPatch('The day of its release. Supersedence is checked against it.', 'released 2026-01-13'),
  revised: inPatch('The day when it was changed last.', 'revised 2026-02-10'),
  kb: inPatch('Its KB ids. A patch that is named like a KB id has that id.', 'kb KB5034441'),
  cve: inPatch('The CVE ids that it closes.', 'cve CVE-2024-11477'),
  class: inPatch('What kind of patch it is: `service-pack`, or a word of your own.', 'class security'),
  url: inPatch('Web pages about it.', 'url "https://acme.example/26-01"'),
  reboot: inPatch('Whether it needs a restart: `required`, `never`, or a word of your own.', 'reboot required'),
};

const of = (says: string, conversion: Conversion, value = 'Path'): WordText =>
  inProduct(says, `let location = key "HKLM\\SOFTWARE\\Acme" value "${value}" as ${conversion}`);

/** What can stand behind `as`. */
export const CONVERSION_TEXTS: Readonly<Record<Conversion, WordText>> = {
  path: of('In one form, without quotes and trailing backslash, so that two paths can be compared.', 'path'),
  folder: of('The folder of a path.', 'folder', 'Program'),
  filename: of('The last part of a path.', 'filename', 'Program'),
  program: of('The program of a command line, without quotes and arguments.', 'program', 'Command'),
  trimmed: of('Without blanks at both ends.', 'trimmed'),
  lowercase: of('In small letters.', 'lowercase'),
  version: of('As a version; a text that is none is unreadable.', 'version', 'Version'),
  number: of('As a number.', 'number', 'Count'),
  date: of('As a date.', 'date', 'Since'),
};

const STATES: Readonly<Record<(typeof SERVICE_STATES)[number], string>> = {
  stopped: 'The service does not run.',
  'start-pending': 'The service is starting.',
  'stop-pending': 'The service is stopping.',
  running: 'The service runs.',
  'continue-pending': 'The service is about to go on.',
  'pause-pending': 'The service is about to pause.',
  paused: 'The service is paused.',
};
const STARTS: Readonly<Record<(typeof SERVICE_STARTS)[number], string>> = {
  boot: 'A driver that the boot loader starts.',
  system: 'A driver that is started with the kernel.',
  automatic: 'Started with Windows, also where that is delayed.',
  manual: 'Started when something asks for it.',
  disabled: 'Cannot be started.',
};
const SEVERE: Readonly<Record<(typeof SEVERITIES)[number], string>> = {
  critical: 'Of the five severities the gravest.',
  important: 'Below `critical`.',
  moderate: 'Below `important`.',
  low: 'Below `moderate`.',
  unrated: 'Nobody has said how grave it is: so is a patch without `severity`.',
};

/** A word behind `is`; undefined for one that no table has. */
export function stateText(word: string): WordText | undefined {
  if (has(STATES, word)) return inCheck(STATES[word], `service "Acme" is ${word}`);
  if (has(STARTS, word)) return inCheck(STARTS[word], `service "Acme" start is ${word}`);
  const member = Object.entries(WINDOWS_MEMBERS).find(([, words]) => words.includes(word))?.[0];
  if (member === undefined) return undefined;
  return inCheck(`A value of \`windows.${member}\`.`, `windows.${member} is ${word}`);
}

/** A value of metadata. */
export function metadataValueText(name: string, word: string): WordText | undefined {
  if (name === 'severity' && has(SEVERE, word)) return inPatch(SEVERE[word], `severity ${word}`);
  if (name === 'arch') return inProduct(`Machines whose Windows is ${word}.`, `arch ${word}`);
  if (name === 'class' && word === 'service-pack') return inPatch('The patch is a service pack.', 'class service-pack');
  return undefined;
}

const has = <K extends string>(table: Readonly<Record<K, string>>, word: string): word is K =>
  Object.hasOwn(table, word);

/** What a Windows name covers. */
export function windowsText(name: WindowsName): WordText {
  return inProduct(windowsSays(name), `on ${name.id}`);
}

function windowsSays({ family, release, build, servicePack }: WindowsName): string {
  if (family === undefined) return 'Every Windows; with a range, of its version.';
  const { label, kernel, builds } = family;
  const version = `version ${kernel.join(' or ')}`;
  if (release !== undefined) return `${label}, release ${release.toUpperCase()}: ${version}, build ${build}.`;
  if (servicePack !== undefined)
    return `${label} with ${servicePack === 0 ? 'no service pack' : `service pack ${servicePack}`}: ${version}.`;
  if (builds === undefined) return `${label}, every service pack: ${version}.`;
  const [from, to] = builds;
  const range =
    from === to
      ? `build ${from}`
      : to >= Number.MAX_SAFE_INTEGER
        ? `build ${from} and above`
        : `builds ${from} to ${to}`;
  return `${label}, every release: ${version}, ${range}.`;
}
