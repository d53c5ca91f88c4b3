/** `patchlab resolve --discover`: who answers in ranges, and who of them is in no group and no directory. */
import { inert } from '../results/report/inert.ts';
import { COLOUR, PLAIN, type Style } from '../results/report/style.ts';
import { addressesOf, parseRange } from '../scan/groups/addresses.ts';
import { discover, type Discovery } from '../scan/groups/discover.ts';
import { rangeMembersOf, type Member } from '../scan/groups/expand.ts';
import type { MachineGroups } from '../scan/groups/group.ts';
import { exclusionRules, type UnlocatedMachine } from '../scan/groups/locate.ts';
import { SMB_PORT } from '../scan/machine-name.ts';
import { readConfiguration } from './configuration.ts';
import { credentialsFor } from './credential.ts';
import { findMachine, knownMachines, Refusals } from './machines.ts';
import { printAsked } from './asked.ts';
import { statusLine } from './progress.ts';
import { UsageError, type ExitCode, type OptionSpec, type ParsedArguments, type Surroundings } from './verb.ts';

const DISCOVERY_SCHEMA = 'patchlab-discovery/1';

export const DISCOVER_OPTIONS = {
  discover: { help: 'Asks every address of the ranges of the groups (all groups, or --group), or of --range.' },
  range: { value: 'RANGE', many: true, help: 'With --discover: FIRST-LAST or ADDRESS/BITS.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Runs the discovery; ends with 3 where a directory did not tell all. */
export async function discoverMachines(args: ParsedArguments, io: Surroundings): Promise<ExitCode> {
  if (args.has('machine')) throw new UsageError('--discover takes ranges: --range or --group, not --machine.');
  const { groups = new Map() } = await readConfiguration();
  const members = await withoutExcluded(membersOf(args, groups), io);
  if (members.length === 0) throw new UsageError('There is no range to be asked. Give --range, or ranges to a group.');
  const line = statusLine(io);
  try {
    const credentials = await credentialsFor(args, io);
    const known = await knownMachines({
      ...{ args, io, credentials, refusals: new Refusals(), tell: line.show, withoutCredential: 'warn' },
    });
    const found = await discover(members, { known: known.machines, signal: io.signal, tell: line.show });
    line.clear();
    const isIncomplete = printAsked(known.asked, io);
    const warnings = [...known.warnings, ...unplaced(known.failures)];
    io.out(
      args.one('format') === 'json' ? asJson(found, warnings) : asText(found, warnings, io.colour ? COLOUR : PLAIN),
    );
    return isIncomplete ? 3 : 0;
  } finally {
    line.clear();
  }
}

const SHOWN = 5;

/** Whom no name service knows may be among those that answer: "in no group" is not proven for them. */
function unplaced(failures: readonly UnlocatedMachine[]): readonly string[] {
  if (failures.length === 0) return [];
  const named = failures.slice(0, SHOWN).map(({ machine, error }) => `${machine} (${error.raw})`);
  const more = failures.length > SHOWN ? ` and ${failures.length - SHOWN} more` : '';
  return [`nobody knows where ${named.join(', ')}${more} are: they may be among those that seem to be in no group`];
}

function membersOf(args: ParsedArguments, groups: MachineGroups): readonly Member[] {
  const given = args.all('range').flatMap((text): Member[] => {
    const parsed = parseRange(text);
    if (!parsed.ok) throw new UsageError(`${parsed.why}.`);
    const origins = [{ text: `command line: ${text}`, exclude: [] }];
    return [...addressesOf(parsed.value)].map((host) => ({ host, port: SMB_PORT, kind: 'range', origins }));
  });
  const names = args.has('group') ? args.all('group') : args.has('range') ? [] : [...groups.keys()];
  const unknown = names.find((name) => !groups.has(name));
  if (unknown !== undefined)
    throw new UsageError(`There is no group "${unknown}": patchlab.json has none of that name`);
  return [...given, ...names.flatMap((name) => [...rangeMembersOf(groups, name)])];
}

/** What a group leaves out is not even asked. */
async function withoutExcluded(members: readonly Member[], io: Surroundings): Promise<readonly Member[]> {
  const rules = await exclusionRules(members, { find: (machine) => findMachine(machine, io), signal: io.signal });
  return members.filter((member) =>
    member.origins.some(({ exclude }) => !exclude.some((each) => rules.isMet(each, member, [member.host]))),
  );
}

function asJson({ machines, asked }: Discovery, warnings: readonly string[]): string {
  return `${JSON.stringify({ schema: DISCOVERY_SCHEMA, machines, asked, warnings }, null, 2)}\n`;
}

function asText({ machines, asked }: Discovery, warnings: readonly string[], style: Style): string {
  const strangers = machines.filter(({ knownFrom }) => knownFrom.length === 0).length;
  const lines = [
    style.bold(`${machines.length} of ${asked} addresses answer, ${strangers} of them in no group and no directory`),
    ...machines.map(({ address, ports, name, workgroup, knownFrom }) => {
      const mark = knownFrom.length > 0 ? style.green('✓') : style.yellow('?');
      const called = name === null ? '' : `  ${inert(name)}${workgroup === null ? '' : ` (${inert(workgroup)})`}`;
      const from = knownFrom.length > 0 ? `in ${knownFrom.map(inert).join('; ')}` : 'in no group and no directory';
      return `  ${mark} ${address}  ${ports.join(' ')}${called}  ${style.dim(from)}`;
    }),
    ...warnings.map((warning) => `  ${style.yellow('!')} ${inert(warning)}`),
  ];
  return `${lines.join('\n')}\n`;
}
