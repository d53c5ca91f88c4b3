/** The log of scans: lines for people, each with its time and machine. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { inert } from '../results/report/inert.ts';
import { UsageError } from './verb.ts';

export interface LogFile {
  readonly forMachine: (machine: string) => (line: string) => void;
}

/** Begins the file anew; each line is on disk when it was told, so that also a scan that hangs can be looked into. */
export function openLog(file: string | undefined): LogFile | undefined {
  if (file === undefined) return undefined;
  try {
    writeFileSync(file, '', { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`The log "${file}" cannot be written: ${error instanceof Error ? error.message : ''}`);
  }
  return {
    forMachine: (machine) => (line) => {
      appendFileSync(file, `${new Date().toISOString()} ${inert(machine)} ${inert(line)}\n`);
    },
  };
}
