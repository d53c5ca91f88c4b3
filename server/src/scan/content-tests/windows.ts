/** The Windows that a test states: the one of its recording with other facts, or one made of a name alone. */
import type { OperatingSystem, Target } from '../../evaluate/verdict.ts';
import type { Given } from '../../model/content-test.ts';
import { WINDOWS_NAMES, windowsLabel, windowsNamesOf, windowsRelease } from '../../model/windows-names.ts';
import { WINDOWS_MEMBERS } from '../../model/vocabulary.ts';

type StatedOs = Extract<Given, { kind: 'windows' | 'fact' }>;

export type Made<T> = { readonly value: T } | { readonly why: string };

/** The first build of each kernel, and how many more each service pack has. */
const OLDER: Readonly<Record<string, readonly [build: number, perPack: number]>> = {
  '5.0': [2195, 0],
  '5.1': [2600, 0],
  '5.2': [3790, 0],
  '6.0': [6000, 1],
  '6.1': [7600, 1],
  '6.2': [9200, 0],
  '6.3': [9600, 0],
};

/** The target with what one `given` says of its Windows; `before` is nothing where nobody has said anything yet. */
export function statedWindows(before: OperatingSystem | undefined, given: StatedOs): Made<OperatingSystem> {
  if (given.kind === 'windows') return named(before, given.name, given.version);
  if (before === undefined) return { why: 'say first which Windows it is: `given on windows-11-24h2`' };
  return withFact(before, given.member.toLowerCase(), given.value);
}

function named(before: OperatingSystem | undefined, id: string, version: string | undefined): Made<OperatingSystem> {
  const name = WINDOWS_NAMES.get(id);
  if (name?.family === undefined)
    return { why: '`windows` is every Windows: name one, such as `windows-11-24h2` or `server-2022`' };
  const { family } = name;
  const [kernel = ''] = family.kernel;
  const servicePack = name.servicePack ?? family.servicePacks;
  const [first, perPack] = OLDER[kernel] ?? [Object.values(family.releases ?? {}).at(-1) ?? family.builds?.[0] ?? 0, 0];
  const build = name.build ?? first + perPack * servicePack;
  const role = family.role === 'server' ? 'server' : 'workstation';
  const os: OperatingSystem = {
    ...(before ?? {
      edition: null,
      ...{
        architecture: kernel === '5.0' || kernel === '5.1' ? 'x86' : 'x64',
        language: 'en-US',
        languages: ['en-US'],
      },
    }),
    ...{ name: '', names: [], version: `${kernel}.${build}.0`, build, ubr: 0, release: null, servicePack, role },
    installation: role === 'server' ? 'server' : 'client',
  };
  return version === undefined ? { value: renamed(os) } : withFact(os, 'version', version);
}

/** Its names and its release follow from build, role and service pack. */
function renamed(os: OperatingSystem): OperatingSystem {
  return { ...os, name: windowsLabel(os), names: windowsNamesOf(os), release: windowsRelease(os) ?? os.release };
}

function withFact(os: OperatingSystem, member: string, value: string): Made<OperatingSystem> {
  const words = WINDOWS_MEMBERS[member] ?? [];
  if (words.length > 0 && !words.includes(value)) return { why: `\`windows.${member}\` cannot be \`${value}\`` };
  const number = /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  const rest = { ...os };
  switch (member) {
    case 'version': {
      if (!/^\d{1,5}(\.\d{1,9}){2,3}$/.test(value))
        return { why: 'a version of Windows has three or four numbers, such as 10.0.19045.3570' };
      const [major = 0, minor = 0, build = 0, ubr = 0] = value.split('.').map(Number);
      return { value: renamed({ ...rest, version: `${major}.${minor}.${build}.${ubr}`, build, ubr }) };
    }
    case 'build':
    case 'revision': {
      if (number === undefined) return { why: `\`windows.${member}\` is a number` };
      const [major = '', minor = ''] = os.version.split('.');
      const [build, ubr] = member === 'build' ? [number, os.ubr ?? 0] : [os.build, number];
      return { value: renamed({ ...rest, version: `${major}.${minor}.${build}.${ubr}`, build, ubr }) };
    }
    case 'service-pack':
      if (number === undefined) return { why: '`windows.service-pack` is a number' };
      return { value: renamed({ ...rest, servicePack: number }) };
    case 'role':
      return { value: renamed({ ...rest, role: value as OperatingSystem['role'] }) };
    case 'arch':
      return { value: { ...rest, architecture: value as OperatingSystem['architecture'] } };
    case 'installation':
      return { value: { ...rest, installation: value as OperatingSystem['installation'] } };
    case 'edition':
    case 'release':
    case 'language':
      return { value: { ...rest, [member]: value } };
    default:
      return { why: `\`windows.${member}\` follows from other facts and cannot be stated` };
  }
}

/** The folders of a Windows of which nothing else is known. */
export function plainTarget(os: OperatingSystem, now: Date): Target {
  const both = os.architecture !== 'x86';
  const programs = 'C:\\Program Files';
  const old = os.version.startsWith('5.');
  const variables: readonly (readonly [string, string])[] = [
    ['windir', 'C:\\Windows'],
    ['systemroot', 'C:\\Windows'],
    ['systemdrive', 'C:'],
    ['programfiles', programs],
    ['commonprogramfiles', `${programs}\\Common Files`],
    ['programdata', old ? 'C:\\Documents and Settings\\All Users' : 'C:\\ProgramData'],
    ['public', 'C:\\Users\\Public'],
    ['temp', 'C:\\Windows\\Temp'],
    ...(both
      ? ([
          ['programw6432', programs],
          ['programfiles(x86)', `${programs} (x86)`],
          ['commonprogramw6432', `${programs}\\Common Files`],
          ['commonprogramfiles(x86)', `${programs} (x86)\\Common Files`],
        ] as const)
      : []),
  ];
  return { os, variables: new Map(variables), now };
}
