/** Machines for brute force: each reading with every value that the random conditions can tell apart. */
import { linkContent } from '../../../../server/src/model/link.ts';
import { reasonedOf } from '../../../../server/src/lint/reason/analysis.ts';
import { createSpace, formulaOf } from '../../../../server/src/lint/reason/formula.ts';
import { inquire, neverFalse, neverTrue } from '../../../../server/src/lint/reason/questions.ts';
import type { Condition, Content } from '../../../../server/src/model/content.ts';
import type { Target } from '../../../../server/src/evaluate/verdict.ts';
import { scan, windows, type Data, type FileFacts } from '../../evaluate/machine.ts';

const KEY = 'HKLM\\SOFTWARE\\A';

/** Changes to a machine that is otherwise empty. */
export interface Change {
  readonly file?: FileFacts;
  readonly values?: Readonly<Record<string, Data>>;
  readonly unreadable?: string;
  readonly service?: 'running' | 'stopped' | 'paused';
  readonly target?: Target;
}

export interface Reading {
  /** Expectations of it that random conditions choose from. */
  readonly atoms: readonly string[];
  readonly changes: readonly Change[];
}

const FILE = 'file "C:\\a.exe"';
const versions = ['0', '0.5', '1.0', '1.5', '2.0', '2.0.0.1', '2.3', '2.5', '2.9', '3.0', '3.0.5', '3.1', '4'];

export const READINGS: Readonly<Record<string, Reading>> = {
  version: {
    atoms: [
      ...['>= 1.0', '< 1.0', '= 2.0', '!= 2.0', '> 2.5', '<= 2.5', '>= 1.0 < 2.5', '< 2.5 if present', 'exists'],
      ...[
        'is absent',
        'reaches 2.3',
        'reaches { 2.3 from 2.0  3.1 from 3.0 otherwise true }',
        '= 3',
        'is one of 1.0, 2.0',
      ],
    ].map((test) => `${FILE} version ${test}`),
    changes: [
      {},
      { file: {} },
      { unreadable: 'version|C:\\a.exe' },
      { file: { fileVersion: 'none' } },
      { file: { fileVersion: '' } },
      ...versions.map((fileVersion) => ({ file: { fileVersion } })),
    ],
  },
  number: {
    atoms: [
      ...[
        '= 1',
        '!= 1',
        '> 1',
        '<= 2',
        '>= 0',
        '< 3',
        '= 0',
        'exists',
        'is absent',
        '= 2 if present',
        'is one of 1, 3',
      ],
    ].map((test) => `key "${KEY}" value "N" ${test}`),
    changes: [
      {},
      { unreadable: `value|${KEY}|N` },
      ...[0, 1, 2, 3, 4, 7, 8, 'none', ''].map((data) => ({ values: { N: data } })),
    ],
  },
  text: {
    atoms: [
      ...['= "ab"', '!= "ab"', 'starts with "a"', 'starts with "ab"', 'contains "b"', 'ends with "c"', 'exists'],
      ...['is absent', 'is one of "ab", "c"', 'contains "x"', 'starts with "b" if present'],
    ].map((test) => `key "${KEY}" value "T" ${test}`),
    changes: [
      {},
      { unreadable: `value|${KEY}|T` },
      ...['', 'ab', 'c', 'a', 'ac', 'q', 'bq', 'bc', 'abq', 'abc', 'abx', 'abxc', 'x', 'bx', 'axb', 'axbc', 'xc'].map(
        (data) => ({
          values: { T: data },
        }),
      ),
      ...['aqb', 'aqbc', 'ax', 'axc', 'qb', 'qbc', 'xb', 'xbc', 'bxc', 'qc'].map((data) => ({ values: { T: data } })),
    ],
  },
  service: {
    atoms: ['is running', 'is not running', 'is stopped', 'exists', 'is absent', 'state is running'].map(
      (test) => `service "S" ${test}`,
    ),
    changes: [{}, { unreadable: 'service|S' }, { service: 'running' }, { service: 'stopped' }, { service: 'paused' }],
  },
  date: {
    atoms: ['< 2024-01-10', '>= 2024-01-10', '= 2024-01-10', '> 2024-02-01', 'exists', 'is absent'].map(
      (test) => `${FILE} modified ${test}`,
    ),
    changes: [
      {},
      { unreadable: 'file|C:\\a.exe' },
      ...['2020-01-01', '2024-01-10', '2024-01-20', '2024-02-01', '2024-03-01'].map((day) => ({
        file: { modified: `${day}T10:00:00Z` },
      })),
    ],
  },
  // Compared as several kinds at once: here less may be proven than is so, and never more.
  mixed: {
    atoms: [
      ...['= 1', '= "1"', '!= "01"', '>= 1.5', '< 2.0', 'starts with "1"', 'contains "."', 'like "1*"', 'matches /^1/'],
      ...['< "2"', '>= 2', '= 12', 'exists', 'ends with "x"', '> 1.5 < 12'],
    ].map((test) => `key "${KEY}" value "M" ${test}`),
    changes: [
      {},
      { unreadable: `value|${KEY}|M` },
      ...[0, 1, 2, 12, 15, '', '1', '01', '1.5', '1.7', '2.0', '2', '1.5 x', 'abc', '12', '001', '1.50', 'x', '1x'].map(
        (data) => ({ values: { M: data } }),
      ),
    ],
  },
  windows: {
    atoms: [
      ...[
        'on windows-10',
        'on windows-10-22h2',
        'on windows-7',
        'on windows-11',
        'on server-2019',
        'on windows >= 10.0',
      ],
      ...['windows.version >= 10.0.19045.100', 'windows.build < 19045', 'windows.role is server', 'on windows'],
      ...['windows.build >= 22000', 'windows.version < 6.2', 'on windows-7-sp1', 'windows.service-pack >= 1'],
    ],
    changes: [
      ...machine('6.1', [7601], { servicePack: 1 }),
      ...machine('6.1', [7600], { servicePack: 0 }),
      ...machine('6.3', [9600], {}),
      ...machine('5.1', [2600], {}),
      ...machine('6.0', [6000], {}),
      ...machine('6.0', [6002], { servicePack: 2 }),
      ...machine('5.2', [3790], { servicePack: 2 }),
      ...machine('10.0', [10240, 17763, 19044, 19045, 19046, 22000, 22621, 26100], {}),
      ...machine('10.0', [19045], { revision: 100 }),
    ],
  },
};

function machine(
  kernel: string,
  builds: readonly number[],
  { servicePack = 0, revision = 1 }: { readonly servicePack?: number; readonly revision?: number },
): readonly Change[] {
  return builds.flatMap((build) =>
    (['workstation', 'server'] as const).map((role) => ({
      target: windows({ version: `${kernel}.${build}.${revision}`, build, ubr: revision, role, servicePack }),
    })),
  );
}

/** Every machine that the given readings tell apart. */
export function machinesOf(names: readonly string[]): readonly Change[] {
  return names.reduce<readonly Change[]>(
    (all, name) => all.flatMap((one) => (READINGS[name]?.changes ?? []).map((change) => merged(one, change))),
    [{}],
  );
}

function merged(a: Change, b: Change): Change {
  return {
    ...a,
    ...b,
    values: { ...a.values, ...b.values },
    ...(a.unreadable !== undefined && { unreadable: [a.unreadable, b.unreadable ?? ''].join('\n') }),
    ...((a.file ?? b.file) !== undefined && { file: { ...a.file, ...b.file } }),
  };
}

/** The status that a condition gives on each machine, by the evaluator itself. */
export function statusesOn(condition: string, machines: readonly Change[]): readonly string[] {
  const { content } = linked(condition);
  return machines.map((one) => judge(content, one));
}

/** The status of the only patch on one machine. */
export function judge(content: Content, { file, values = {}, unreadable, service, target }: Change): string {
  const scanned = scan(
    content,
    {
      keys: { [KEY]: values },
      files: file === undefined ? {} : { 'C:\\a.exe': file },
      services: service === undefined ? {} : { S: { state: service } },
      unreadable: (unreadable ?? '').split('\n').filter((one) => one !== ''),
    },
    { trace: false, ...(target !== undefined && { target }) },
  );
  return scanned.patches[0]?.status ?? 'none';
}

export const linked = (condition: string) =>
  linkContent([{ file: 'a.detect', text: `patch P fixes windows { installed when ${condition} }` }]);

const conditionOf = (content: Content): Condition | undefined => {
  const verdict = content.patches.get('p')?.verdict;
  return verdict !== undefined && 'condition' in verdict ? verdict.condition : undefined;
};

/** What reasoning proves of a condition. */
export function proven(
  condition: string,
  steps?: number,
): { readonly neverTrue: boolean; readonly neverFalse: boolean } {
  const { content } = linked(condition);
  const found = conditionOf(content);
  if (found === undefined) throw new Error(`no condition: ${condition}`);
  const space = createSpace(content);
  const formula = formulaOf(space, found);
  return {
    neverTrue: neverTrue(inquire(space, steps), formula),
    neverFalse: neverFalse(inquire(space, steps), formula),
  };
}

/** What the rules say of a condition, with places in it. */
export function reasonedAbout(condition: string) {
  const { content } = linked(condition);
  const offset = (content.texts.get('a.detect') ?? '').indexOf(condition);
  return reasonedOf(content).map(({ code, message, at }) => ({
    code,
    message,
    start: at.start - offset,
    end: at.end - offset,
  }));
}
