/** Every word of the check vocabulary on a lab machine that has what the unit test's facts say: the same verdicts over the wire. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileVersion, Observation, ServiceStart } from '../../server/src/model/observation.ts';
import { startMachine, type LabFile, type LabMachine, type LabService, type LabRegistry } from '../lab/lab.ts';
import { together } from '../lab/machines/parts.ts';
import { windows, WINDOWS_10_22H2 } from '../lab/machines/windows.ts';
import { dataOf, type FileFacts } from '../unit/evaluate/machine.ts';
import { contentOf as scriptOf, FACTS, FACT_SHA256, holds, USER } from '../unit/evaluate/vocabulary.ts';
import { contentOf, failureOf, scanLab } from './scan-lab.ts';

const registry: LabRegistry = Object.fromEntries(
  Object.entries(FACTS.keys).map(([key, values]) => [
    key,
    Object.fromEntries(Object.entries(values).map(([name, data]) => [name, dataOf(data)])),
  ]),
);

const LANGUAGES: Readonly<Record<string, number>> = { 'de-DE': 0x0407 };

/** A PE file with the facts of its version resource, or the text itself. */
function labFile(said: FileFacts | string): LabFile {
  const facts: FileFacts = typeof said === 'string' ? { fileVersion: said } : said;
  if (facts.text !== undefined) return facts.text;
  const { fileVersion, arch, size, language } = facts;
  return {
    pe: {
      ...(fileVersion !== undefined && { fileVersion }),
      ...(arch !== undefined && arch !== 'arm' && { arch }),
      ...(size !== undefined && { size }),
      ...(language !== undefined && { language: LANGUAGES[language] ?? 0 }),
      strings: stringsOf(facts),
    },
  };
}

function stringsOf({ productVersion, company, product, originalName }: FileVersion): Record<string, string> {
  const named = {
    ProductVersion: productVersion,
    CompanyName: company,
    ProductName: product,
    OriginalFilename: originalName,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

const STARTS: readonly ServiceStart[] = ['boot', 'system', 'automatic', 'manual', 'disabled'];
const valueOf = <T>(said: Observation<T> | undefined): T | undefined =>
  said?.state === 'present' ? said.value : undefined;

const services = Object.fromEntries(
  Object.entries(FACTS.services).map(([name, said]): [string, LabService] => {
    const account = valueOf(said.account);
    return [
      name,
      {
        displayName: said.displayName ?? name,
        state: said.state ?? 'running',
        start: Math.max(0, STARTS.indexOf(valueOf(said.start) ?? 'automatic')) as LabService['start'],
        path: valueOf(said.path) ?? '',
        ...(account !== undefined && { account }),
      },
    ];
  }),
);

const files = Object.fromEntries(Object.entries(FACTS.files ?? {}).map(([path, said]) => [path, labFile(said)]));

const base = windows({
  computerName: 'words01',
  ...WINDOWS_10_22H2,
  smb1: false,
  spooler: 'running',
  people: [{ name: 'ann', sid: USER, loaded: true }],
});

const conditions = Object.entries(holds(FACT_SHA256));
const statuses = new Map<string, string>();
let machine: LabMachine;

beforeAll(async () => {
  machine = await startMachine({ name: 'words01', ...together(base, { registry, files, services }) });
  const exe = machine.localPath('C:\\X\\x.exe');
  const [said] = Object.entries(FACTS.files ?? {}).flatMap(([, facts]) =>
    typeof facts === 'object' && facts.modified !== undefined ? [facts.modified] : [],
  );
  machine.setModified('C:\\X\\x.exe', new Date(said ?? ''));
  const sha256 = createHash('sha256').update(readFileSync(exe)).digest('hex');
  const all = Object.values(holds(sha256)).flat();
  const result = await scanLab(machine, machine.target, { content: contentOf(scriptOf(all)) });
  expect(failureOf(result)).toBeUndefined();
  for (const { id, status } of result.patches) statuses.set(id, status);
});
afterAll(() => machine.stop());

describe.each(conditions)('%s, over the wire', (_kind, list) => {
  it.each(list)('%s', (condition) => {
    const index = conditions.flatMap(([, each]) => each).indexOf(condition);
    expect(statuses.get(`P${index}`)).toBe('installed');
  });
});

describe('what is no check, over the wire', () => {
  it('is a note or always missing, and said so', () => {
    expect([statuses.get('UNDECIDED'), statuses.get('ALWAYS')]).toEqual(['note', 'missing']);
  });
});
