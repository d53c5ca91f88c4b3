/** Every Windows that conditions tell apart: kernels, builds, revisions, service packs, roles and architectures that go together. */
import type { Value } from '../../evaluate/values.ts';
import { parseVersion } from '../../evaluate/versions.ts';
import type { NameRef } from '../../model/content.ts';
import { bearsName, type WindowsIdentity, type WindowsName } from '../../model/windows-names.ts';
import { judgeAtom, type Atom } from './atom.ts';
import { mentionedIn } from './candidates.ts';
import { decided, UNKNOWN, type Mask } from './masks.ts';
import { distinct } from './regions.ts';
import type { Regions } from './search.ts';

export type WindowsAtom =
  | { readonly kind: 'name'; readonly name: WindowsName }
  | { readonly kind: 'field'; readonly member: string; readonly atom: Atom };

interface Candidate extends WindowsIdentity {
  readonly revision: number;
  readonly arch: string;
  /** Its version as a value. */
  readonly parsed: Value | undefined;
}

const TOGETHER = new Set(['version', 'build', 'revision', 'service-pack', 'role', 'arch', 'bits']);

/** The member of `windows` that a name stands for, where it goes together with others. */
export function windowsMember({ base, member }: NameRef, fixesWindows: boolean): string | undefined {
  if (base.toLowerCase() === 'windows') return member !== undefined && TOGETHER.has(member) ? member : undefined;
  return fixesWindows && member === undefined && base.toLowerCase() === 'version' ? 'version' : undefined;
}

/** What each atom becomes, Windows by Windows. */
export function windowsRegions(atoms: readonly WindowsAtom[]): Regions {
  return distinct([...candidates(atoms)].map((one) => atoms.map((atom) => judge(atom, one))));
}

function judge(atom: WindowsAtom, windows: Candidate): Mask {
  if (atom.kind === 'name') return decided(bearsName(atom.name, windows));
  const value = valueOf(atom.member, windows);
  return value === undefined ? UNKNOWN : judgeAtom(atom.atom, { state: 'present', value });
}

function valueOf(member: string, { parsed, build, revision, servicePack, role, arch }: Candidate): Value | undefined {
  const number = (value: number): Value => ({ kind: 'number', value: BigInt(value) });
  switch (member) {
    case 'version':
      return parsed;
    case 'build':
      return number(build);
    case 'revision':
      return number(revision);
    case 'service-pack':
      return number(servicePack);
    case 'bits':
      return number(arch === 'x86' ? 32 : 64);
    default:
      return { kind: 'text', text: member === 'role' ? role : arch };
  }
}

/** Builds that each kernel was released with, and the service packs that go with them; 10.0 goes on. */
const RELEASED: readonly (readonly [string, number, readonly number[]])[] = [
  ['5.0', 2195, [0, 1, 2, 3, 4]],
  ['5.1', 2600, [0, 1, 2, 3]],
  ['5.2', 3790, [0, 1, 2]],
  ['6.0', 6000, [0]],
  ['6.0', 6001, [1]],
  ['6.0', 6002, [2]],
  ['6.0', 6003, [2]],
  ['6.1', 7600, [0]],
  ['6.1', 7601, [1]],
  ['6.2', 9200, [0]],
  ['6.3', 9600, [0]],
];
const FIRST_OF_10 = 10240;
const LATER = 900_000;

function* candidates(atoms: readonly WindowsAtom[]): Iterable<Candidate> {
  const fields = atoms.flatMap((atom) => (atom.kind === 'field' ? [atom] : []));
  const names = atoms.flatMap((atom) => (atom.kind === 'name' ? [atom.name] : []));
  const asks = (...members: readonly string[]): boolean => fields.some(({ member }) => members.includes(member));
  const revisions = revisionsOf(fields);
  const roles: readonly WindowsIdentity['role'][] = asks('role')
    ? ['workstation', 'server', 'domain-controller']
    : ['workstation', 'server'];
  const architectures = asks('arch', 'bits') ? ['x86', 'x64', 'arm64'] : ['x64'];
  // Where all that is named is Windows 10 or later, those before it are all alike.
  const older = asks('build', 'service-pack') || names.some(isOlder) || fields.some(comparesOlder);
  const released = [
    ...(older ? RELEASED : RELEASED.slice(-1)),
    ...buildsOf10(fields, names).map((build) => ['10.0', build, [0]] as const),
  ];
  for (const [kernel, build, packs] of released) {
    for (const revision of revisions(build)) {
      const version = `${kernel}.${build}.${revision}`;
      const of = parseVersion(version);
      const parsed: Value | undefined = of && { kind: 'version', version: of };
      for (const servicePack of packs)
        for (const role of roles)
          for (const arch of architectures) yield { version, parsed, build, revision, servicePack, role, arch };
    }
  }
}

type Field = Extract<WindowsAtom, { kind: 'field' }>;
const around = (value: number): readonly number[] => [value - 1, value, value + 1];

const isOlder = ({ family }: WindowsName): boolean => family !== undefined && !family.kernel.includes('10.0');

const comparesOlder = ({ member, atom }: Field): boolean =>
  member === 'version' && mentionedIn([atom]).versions.some((text) => !/^10\./.test(text));

function buildsOf10(fields: readonly Field[], names: readonly WindowsName[]): readonly number[] {
  const named = names.flatMap(({ build, family }) => [
    ...(build === undefined ? [] : [build]),
    ...(family?.builds ?? []),
  ]);
  const compared = fields.flatMap(buildsIn);
  const all = [FIRST_OF_10, ...[...named, ...compared].flatMap(around), LATER];
  return [...new Set(all)].filter((build) => build >= FIRST_OF_10 && build <= LATER);
}

/** The revisions of a build: they count where a version of that build is compared with, or the revision itself. */
function revisionsOf(fields: readonly Field[]): (build: number) => readonly number[] {
  const versions = fields.flatMap(({ atom }) =>
    mentionedIn([atom]).versions.flatMap((text) => parseVersion(text) ?? []),
  );
  const alone = fields.flatMap(({ member, atom }) =>
    member === 'revision' ? mentionedIn([atom]).numbers.map(Number) : [],
  );
  const byBuild = new Map<number, number[]>();
  for (const { parts } of versions) {
    if (parts.length < 4) continue;
    const build = Number(parts[2]?.digits ?? 0);
    byBuild.set(build, [...(byBuild.get(build) ?? []), Number(parts[3]?.digits ?? 0)]);
  }
  return (build) => {
    const compared = [...(byBuild.get(build) ?? []), ...alone];
    if (compared.length === 0) return [1];
    return [...new Set([0, 1, ...compared.flatMap(around), LATER])].filter((revision) => revision >= 0);
  };
}

/** The builds that an atom tells apart. */
function buildsIn({ member, atom }: Field): readonly number[] {
  const { versions, numbers } = mentionedIn([atom]);
  const parts = versions.flatMap((text) => {
    const digits = parseVersion(text)?.parts[2]?.digits;
    return digits === undefined ? [] : [Number(digits)];
  });
  return [...parts, ...(member === 'build' ? numbers.map(Number) : [])];
}
