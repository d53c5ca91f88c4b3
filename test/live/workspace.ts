/** Workspaces for runs of the command, and what `resolve` and `scan` tell there. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ScanError, ScanResult } from '../../server/src/scan/result.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { schemaErrors } from '../unit/results/schemas.ts';

/** As `runCli` takes it. */
export interface Workspace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface WorkspaceParts {
  /** Its only script. */
  readonly script?: string;
  /** Further files, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder with a patchlab.json, a script, and a home in which nothing was ever allowed; it is removed after the test. */
export async function makeWorkspace(config: object, { script, files, env }: WorkspaceParts = {}): Promise<Workspace> {
  const whole = { content: ['a.detect'], ...config };
  expect(schemaErrors('patchlab-config', whole)).toEqual([]);
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-workspace-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const all = { 'a.detect': script ?? NEEDS_NO_READ, 'patchlab.json': JSON.stringify(whole), ...files };
  for (const [name, text] of Object.entries(all)) await writeFile(path.join(cwd, name), text);
  return { cwd, env: { XDG_CONFIG_HOME: path.join(cwd, 'home'), ...env } };
}

const NEEDS_NO_READ = 'patch P-1 "One" fixes windows {\n  missing always\n}\n';

/** What `resolve` tells. */
export interface Told {
  readonly machines: readonly {
    readonly name: string;
    readonly foundBy: string;
    readonly addresses: readonly string[];
    readonly origins: readonly string[];
  }[];
  readonly failures: readonly { readonly name: string; readonly error: ScanError }[];
  readonly directories: readonly {
    readonly server: string | null;
    readonly computers: number;
    readonly ms: number;
    readonly error: ScanError | null;
  }[];
  readonly excluded: readonly { readonly name: string; readonly by: string }[];
  readonly warnings: readonly string[];
}

/** Runs `resolve`, holds its document to the schema, and looks for passwords in whatever it says. */
export async function resolveIn({ cwd, env }: Workspace, args: readonly string[]) {
  const { code, out, err } = await runCli(['resolve', '--format', 'json', ...args], { cwd, env });
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('PATCHLAB_PASSWORD')) expect(out + err).not.toContain(value);
  }
  if (out === '') return { code, err, told: undefined };
  const told = JSON.parse(out) as Told;
  expect(schemaErrors('resolve', told)).toEqual([]);
  return { code, err, told };
}

/** The results in what `scan --format json` prints. */
export const resultsOf = (out: string): readonly ScanResult[] => (JSON.parse(out) as { results: ScanResult[] }).results;
