/** Points on an order: those that are named, and one in each gap between, below and above them. */
import { compareVersions, parseVersion, type Version } from '../../evaluate/versions.ts';

const DAY_MS = 86_400_000;
const FAR = 10n ** 12n;

/** Versions, as texts: from 0 on, and between each two that differ there is another. */
export function versionPoints(named: readonly string[]): readonly string[] {
  const sorted = ['0', ...named]
    .flatMap((text) => parseVersion(text) ?? [])
    .sort(compareVersions)
    .filter((one, index, all) => index === 0 || compareVersions(one, all[index - 1] ?? one) !== 0);
  const longest = sorted.reduce((most, { parts }) => Math.max(most, parts.length), 0);
  return sorted.flatMap((version) => [spelled(version), justAbove(version, longest)]);
}

const spelled = ({ parts }: Version): string =>
  parts.map(({ digits, suffix }) => `${digits === '' ? '0' : digits}${suffix}`).join('.');

/** Above the version and below every longer one that is above it: what differs in a part beyond all that are named. */
function justAbove(version: Version, longest: number): string {
  const zeros = '.0'.repeat(Math.max(0, longest - version.parts.length));
  return `${spelled(version)}${zeros}.1`;
}

/** Whole numbers from 0 on: each named one with its neighbours, and one far above. */
export function numberPoints(named: readonly bigint[]): readonly bigint[] {
  const around = named.flatMap((one) => [one - 1n, one, one + 1n]);
  const top = named.reduce((most, one) => (one > most ? one : most), 0n) + FAR;
  return [...new Set([0n, ...around, top])].filter((one) => one >= 0n);
}

/** Days: each named one with its neighbours, and two far away. */
export function dayPoints(named: readonly string[]): readonly string[] {
  const around = named.flatMap((text) => {
    const ms = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
    return Number.isNaN(ms) ? [] : [ms - DAY_MS, ms, ms + DAY_MS].map(dayOf);
  });
  return [...new Set(['1601-01-01', ...around, '9999-01-01'])];
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Ages in seconds: a date may also lie after the scan. */
export function agePoints(named: readonly number[]): readonly number[] {
  const sorted = [...new Set(named)].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  return [first - 1, ...sorted.flatMap((one) => [one, one + 0.5])];
}
