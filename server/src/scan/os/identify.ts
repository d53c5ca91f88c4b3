/**
 * Which Windows a machine runs: a pure function over observations. Build, version and product type decide, never ProductName
 * (Windows 11 calls itself "Windows 10" there).
 */
import { describeRequest, type Observation, type ObservationRequest } from '../../model/observation.ts';
import type { Observations, OperatingSystem, OsArchitecture, Outcome } from '../../evaluate/verdict.ts';
import { windowsLabel, windowsNamesOf, windowsRelease } from '../../model/windows-names.ts';
import { disagreements, type SystemFile } from './builds.ts';
import { OS_VALUES, systemFiles, UI_LANGUAGES } from './requests.ts';
import { listOf, readVariables, textOf, variableRequests } from './variables.ts';
import {
  architectureOf,
  editionOf,
  editionOfSuites,
  installationOf,
  isCoreEdition,
  languageOf,
  roleOf,
} from './words.ts';

/** What step 4 found out. */
export interface Identified {
  readonly os: OperatingSystem;
  readonly variables: ReadonlyMap<string, string>;
  /** Names that the machine gives itself in its registry. */
  readonly ownNames: readonly string[];
  readonly warning?: string;
}

export type Identification =
  | { readonly ok: true; readonly value: Identified }
  /** `unreadable` where the machine did not answer, `not told` where it answered with nothing that makes sense. */
  | { readonly ok: false; readonly because: 'unreadable' | 'not told'; readonly raw: string; readonly reason: string };

/** Identifies the machine, or asks for more; `variableNames` are those that content uses. */
export function identify(observations: Observations, variableNames: ReadonlySet<string>): Outcome<Identification> {
  const variables = variableRequests(variableNames);
  const first = [...Object.values(OS_VALUES), UI_LANGUAGES, ...variables.values()];
  const missing = first.filter((request) => observations.get(request) === undefined);
  if (missing.length > 0) return { done: false, needed: missing };

  const facts = readFacts(observations);
  if (!facts.ok) return { done: true, value: facts };
  const files = systemFiles(facts.systemRoot);
  const unseen = files.filter((request) => observations.get(request) === undefined);
  if (unseen.length > 0) return { done: false, needed: unseen };
  const os = operatingSystem(facts, architecture(observations, files), observations);
  const wrong = [
    ...disagreements(
      os,
      files.flatMap((request) => versionOf(observations, request)),
    ),
    ...packDisagreement(observations),
  ];
  return {
    done: true,
    value: {
      ok: true,
      value: {
        os,
        variables: readVariables(observations, variables, facts.systemRoot),
        ownNames: [OS_VALUES.computerName, OS_VALUES.hostName].flatMap(
          (request) => textOf(observations, request) ?? [],
        ),
        ...(wrong.length > 0 && { warning: wrong.join('; ') }),
      },
    },
  };
}

interface Facts {
  readonly ok: true;
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly role: OperatingSystem['role'];
  readonly systemRoot: string;
}

/** Reads what no identification can do without. */
function readFacts(observations: Observations): Facts | (Identification & { ok: false }) {
  const version = numbers(observations, OS_VALUES.major, OS_VALUES.minor) ?? dotted(observations);
  if (!version) return failed(observations, [OS_VALUES.currentVersion, OS_VALUES.major], 'no version of Windows');
  const build = number(observations, OS_VALUES.buildNumber) ?? number(observations, OS_VALUES.build);
  if (build === undefined) return failed(observations, [OS_VALUES.buildNumber, OS_VALUES.build], 'no build');
  const role = roleOf(textOf(observations, OS_VALUES.productType) ?? '');
  if (!role) return failed(observations, [OS_VALUES.productType], 'no product type');
  const systemRoot = textOf(observations, OS_VALUES.systemRoot)?.replace(/\\+$/, '') ?? '';
  if (!/^[A-Za-z]:(\\[^\\/:*?"<>|]+)+$/.test(systemRoot))
    return failed(observations, [OS_VALUES.systemRoot], 'no folder that Windows is in');
  return { ok: true, ...version, build, role, systemRoot };
}

/** An unreadable value explains more than an absent one; it is looked for first. */
function failed(
  observations: Observations,
  requests: readonly ObservationRequest[],
  what: string,
): Identification & { ok: false } {
  for (const request of requests) {
    const seen = observations.get(request);
    if (seen?.state !== 'unreadable') continue;
    const reason = `${describeRequest(request)}: ${seen.reason}.`;
    return { ok: false, because: 'unreadable', raw: seen.raw ?? seen.reason, reason };
  }
  const [request] = requests;
  const seen = request && observations.get(request);
  const told = seen?.state === 'present' ? 'is no such thing' : 'is absent';
  const reason = `The registry tells ${what}.`;
  return { ok: false, because: 'not told', raw: request ? `${describeRequest(request)} ${told}` : what, reason };
}

function number(observations: Observations, request: ObservationRequest): number | undefined {
  const text = textOf(observations, request);
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** The two numbers that Windows 10 and later have; CurrentVersion stays at 6.3 there. */
function numbers(observations: Observations, major: ObservationRequest, minor: ObservationRequest) {
  const first = number(observations, major);
  const second = number(observations, minor);
  return first === undefined || second === undefined ? undefined : { major: first, minor: second };
}

function dotted(observations: Observations) {
  const match = /^(\d{1,3})\.(\d{1,3})$/.exec(textOf(observations, OS_VALUES.currentVersion) ?? '');
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

function operatingSystem(facts: Facts, arch: OsArchitecture, observations: Observations): OperatingSystem {
  const { major, minor, build, role } = facts;
  const ubr = number(observations, OS_VALUES.ubr) ?? null;
  const servicePack = servicePackOf(observations);
  const version = `${major}.${minor}.${build}.${major >= 10 ? (ubr ?? 0) : 0}`;
  const identity = { version, build, role, servicePack };
  const language = languageOf(textOf(observations, OS_VALUES.installLanguage));
  const told = textOf(observations, OS_VALUES.displayVersion) ?? textOf(observations, OS_VALUES.releaseId) ?? null;
  return {
    name: windowsLabel(identity),
    names: windowsNamesOf(identity),
    version,
    build,
    ubr,
    release: windowsRelease(identity) ?? told,
    servicePack,
    edition: edition(facts, observations),
    role,
    architecture: arch,
    language,
    languages: languages(observations) ?? (language === null ? [] : [language]),
    installation: installation(observations),
  };
}

/** Windows XP and Server 2003 have no EditionID; what a suite means there, it means nowhere later. */
function edition({ major, role }: Facts, observations: Observations): string | null {
  const told = textOf(observations, OS_VALUES.edition);
  if (told !== undefined) return editionOf(told);
  const suites = listOf(observations, OS_VALUES.productSuite);
  return major === 5 && suites !== undefined ? editionOfSuites(suites, role) : null;
}

function installation(observations: Observations): OperatingSystem['installation'] {
  const told = textOf(observations, OS_VALUES.installation);
  if (told !== undefined) return installationOf(told);
  return isCoreEdition(textOf(observations, OS_VALUES.edition) ?? '') ? 'core' : null;
}

/** Those that Windows can be shown in, where it says so. */
function languages(observations: Observations): readonly string[] | undefined {
  const seen = observations.get(UI_LANGUAGES);
  if (seen?.state !== 'present' || !Array.isArray(seen.value)) return undefined;
  const tags = seen.value.filter(
    (tag): tag is string => typeof tag === 'string' && /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(tag),
  );
  return tags.length === 0 ? undefined : tags.toSorted();
}

/** `Service Pack 1` in the version key. */
function writtenPack(observations: Observations): number | undefined {
  const text = /^Service Pack (\d{1,2})/i.exec(textOf(observations, OS_VALUES.servicePack) ?? '');
  return text ? Number(text[1]) : undefined;
}

/** 0x100 for it under Control\Windows. */
function packedPack(observations: Observations): number | undefined {
  const packed = number(observations, OS_VALUES.servicePackNumber);
  return packed === undefined ? undefined : (packed >> 8) & 0xff;
}

function servicePackOf(observations: Observations): number {
  return writtenPack(observations) ?? packedPack(observations) ?? 0;
}

/** The registry says its service pack twice. */
function packDisagreement(observations: Observations): readonly string[] {
  const written = writtenPack(observations);
  const packed = packedPack(observations);
  if (written === undefined || packed === undefined || written === packed) return [];
  return [`the registry says Service Pack ${written} in one place and ${packed} in another`];
}

/** What the environment says; else what the system files were built for; else what the folders of programs show. */
function architecture(observations: Observations, files: readonly ObservationRequest[]): OsArchitecture {
  const told = architectureOf(textOf(observations, OS_VALUES.architecture) ?? '');
  if (told) return told;
  for (const request of files) {
    const built = architectureOf(memberOf(observations.get(request), 'arch') ?? '');
    if (built) return built;
  }
  const wide = variableRequests(new Set()).get('programfiles(x86)');
  return wide && textOf(observations, wide) !== undefined ? 'x64' : 'x86';
}

function versionOf(observations: Observations, request: ObservationRequest): readonly SystemFile[] {
  const version = memberOf(observations.get(request), 'fileVersion');
  return version === undefined || request.kind !== 'version' ? [] : [{ path: request.path, version }];
}

/** A member of what a file says of itself. */
function memberOf(seen: Observation | undefined, name: 'arch' | 'fileVersion'): string | undefined {
  if (seen?.state !== 'present' || typeof seen.value !== 'object' || seen.value === null) return undefined;
  const member: unknown = name in seen.value ? (seen.value as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof member === 'string' ? member : undefined;
}
