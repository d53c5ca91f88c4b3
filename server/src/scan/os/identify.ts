/**
 * Which Windows a machine runs: a pure function over observations. Build, version and product type decide, never ProductName
 * (Windows 11 calls itself "Windows 10" there).
 */
import { describeRequest, type Observation, type ObservationRequest } from '../../model/observation.ts';
import type { Observations, OperatingSystem, OsArchitecture, Outcome } from '../../evaluate/verdict.ts';
import { windowsLabel, windowsNamesOf, windowsRelease } from '../../model/windows-names.ts';
import { buildDisagreement } from './builds.ts';
import { OS_VALUES, kernelVersion } from './requests.ts';
import { readVariables, textOf, variableRequests } from './variables.ts';
import { architectureOf, editionOf, installationOf, languageOf, roleOf } from './words.ts';

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
  const first = [...Object.values(OS_VALUES), ...variables.values()];
  const missing = first.filter((request) => observations.get(request) === undefined);
  if (missing.length > 0) return { done: false, needed: missing };

  const facts = readFacts(observations);
  if (!facts.ok) return { done: true, value: facts };
  const kernel = kernelVersion(facts.systemRoot);
  const seen = observations.get(kernel);
  if (seen === undefined) return { done: false, needed: [kernel] };
  const version = fileVersionOf(seen);
  const os = operatingSystem(facts, architecture(observations, seen), observations);
  const disagreement = version === undefined ? undefined : buildDisagreement(os.version, version);
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
        ...(disagreement !== undefined && { warning: disagreement }),
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
  const edition = textOf(observations, OS_VALUES.edition);
  const told = textOf(observations, OS_VALUES.displayVersion) ?? textOf(observations, OS_VALUES.releaseId) ?? null;
  return {
    name: windowsLabel(identity),
    names: windowsNamesOf(identity),
    version,
    build,
    ubr,
    release: windowsRelease(identity) ?? told,
    servicePack,
    edition: edition === undefined ? null : editionOf(edition),
    role,
    architecture: arch,
    language: languageOf(textOf(observations, OS_VALUES.installLanguage)),
    installation: installationOf(textOf(observations, OS_VALUES.installation)),
  };
}

/** `Service Pack 1` in the version key; 0x100 for it under Control\Windows. */
function servicePackOf(observations: Observations): number {
  const text = /^Service Pack (\d{1,2})/i.exec(textOf(observations, OS_VALUES.servicePack) ?? '');
  if (text) return Number(text[1]);
  const packed = number(observations, OS_VALUES.servicePackNumber) ?? 0;
  return (packed >> 8) & 0xff;
}

/** What the environment says; else what the kernel was built for; else what the folders of programs show. */
function architecture(observations: Observations, kernel: Observation): OsArchitecture {
  const told = architectureOf(textOf(observations, OS_VALUES.architecture) ?? '');
  if (told) return told;
  const built = kernel.state === 'present' ? architectureOf(archOf(kernel.value)) : undefined;
  if (built) return built;
  const wide = variableRequests(new Set()).get('programfiles(x86)');
  return wide && textOf(observations, wide) !== undefined ? 'x64' : 'x86';
}

function archOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'arch' in value ? String(value.arch) : '';
}

function fileVersionOf(seen: Observation): string | undefined {
  if (seen.state !== 'present' || typeof seen.value !== 'object' || seen.value === null) return undefined;
  return 'fileVersion' in seen.value && typeof seen.value.fileVersion === 'string' ? seen.value.fileVersion : undefined;
}
