/** Durations and counts as a person gives them to an option. */
import { UsageError } from './verb.ts';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `30s`, `5m`, `1h` in milliseconds, or a UsageError. */
export function parseDuration(text: string): number {
  const match = /^(?<count>\d{1,5})(?<unit>[smh])$/.exec(text);
  const unit = match?.groups?.unit as keyof typeof UNITS | undefined;
  const count = Number(match?.groups?.count);
  if (unit === undefined || count === 0) throw new UsageError(`"${text}" is no duration: write 30s, 5m or 1h.`);
  return count * UNITS[unit];
}

/** A whole number of a range, or a UsageError. */
export function parseCount(option: string, text: string, most: number): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw new UsageError(`--${option} ${text}: give a number from 1 to ${most}.`);
  return count;
}
