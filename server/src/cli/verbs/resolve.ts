/** `patchlab resolve`: machine groups to machines, and how each was found; `--discover`: who else is there. */
import { inert } from '../../results/report/inert.ts';
import { COLOUR, PLAIN, type Style } from '../../results/report/style.ts';
import type { AskedDirectory } from '../../scan/directory/ask.ts';
import type { MachineGroups } from '../../scan/groups/group.ts';
import { formatMachine } from '../../scan/machine-name.ts';
import { readConfiguration } from '../configuration.ts';
import { CREDENTIAL_OPTIONS, credentialsFor } from '../credential.ts';
import { discoverMachines, DISCOVER_OPTIONS } from '../discovery.ts';
import { FOUND_BY, locateMachines, MACHINE_OPTIONS, Refusals, type LocatedAll } from '../machines.ts';
import { statusLine } from '../progress.ts';
import { UsageError, type ExitCode, type ParsedArguments, type Surroundings, type Verb } from '../verb.ts';

const RESOLVE_SCHEMA = 'patchlab-resolve/1';

export const resolve: Verb = {
  summary: 'finds the machines of a group, and says how',
  description: `Opens groups and ranges of patchlab.json, asks directories for computers, looks every name up (DNS, then the NetBIOS name
service), leaves out what is excluded, and lists each machine once: its addresses, how it was found, where it came from,
and the other names that lead to it. Of a range only who answers on its port is listed. No machine gets a credential; a
directory does, when you allow it. Ends with 3 when a name leads nowhere or a directory does not tell all.
With --discover it asks every address of the ranges instead: who answers on 445, 139 and 137, and who of them is in no group
and no directory.`,
  options: {
    ...MACHINE_OPTIONS,
    ...CREDENTIAL_OPTIONS,
    ...DISCOVER_OPTIONS,
    format: {
      ...{ value: 'FORMAT', oneOf: ['pretty', 'json'] },
      help: `pretty (default), or json (${RESOLVE_SCHEMA}; patchlab-discovery/1 with --discover).`,
    },
  },
  examples: [
    'patchlab resolve',
    'patchlab resolve --group lab --format json',
    'PATCHLAB_PASSWORD=... patchlab resolve --group workstations --user LAB\\\\reader',
    'patchlab resolve --discover --range 10.0.0.0/24',
  ],
  run: async (args, io) => {
    if (args.has('discover')) return await discoverMachines(args, io);
    if (args.has('range')) throw new UsageError('--range goes with --discover.');
    return await resolveMachines(args, io);
  },
};

async function resolveMachines(args: ParsedArguments, io: Surroundings): Promise<ExitCode> {
  const credentials = await credentialsFor(args, io);
  const line = statusLine(io);
  const common = { io, credentials, refusals: new Refusals(), tell: line.show };
  const found = await locateMachines({ args: await withAllGroups(args), ...common }).finally(line.clear);
  io.out(args.one('format') === 'json' ? asJson(found) : asText(found, io.colour ? COLOUR : PLAIN));
  return found.failures.length > 0 || found.asked.some(({ error }) => error !== undefined) ? 3 : 0;
}

/** Without a name, every group that is in no other. */
async function withAllGroups(args: ParsedArguments): Promise<ParsedArguments> {
  if (args.has('group') || args.has('machine')) return args;
  const groups: MachineGroups = (await readConfiguration()).groups ?? new Map();
  const nested = new Set([...groups.values()].flatMap((group) => group.groups));
  const names = [...groups.keys()].filter((name) => !nested.has(name));
  if (names.length === 0) throw new UsageError('patchlab.json has no groups. Give --machine HOST, or add a group.');
  return { ...args, all: (name) => (name === 'group' ? names : args.all(name)) };
}

function asJson({ machines, failures, asked, excluded, silent, warnings }: LocatedAll): string {
  const document = {
    schema: RESOLVE_SCHEMA,
    machines: machines.map(({ host, port, addresses, foundBy, origins, aliases, credential = null }) => ({
      ...{ name: host, port, addresses, foundBy, origins, aliases, credential },
    })),
    failures: failures.map(({ machine, origins, error }) => ({ name: machine, origins, error })),
    directories: asked.map(({ error = null, ...each }) => ({ ...each, error })),
    excluded: excluded.map(({ machine, by }) => ({ name: machine, by })),
    ...{ silent, warnings },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function asText(found: LocatedAll, style: Style): string {
  const { machines, failures, asked, excluded, silent, warnings } = found;
  const lines = [
    style.bold(`${machines.length} ${machines.length === 1 ? 'machine' : 'machines'}`),
    ...asked.flatMap((one) => directoryLines(one, style)),
    ...machines.flatMap((machine) => [
      `  ${style.green('✓')} ${inert(formatMachine(machine))}  ${machine.addresses.map(inert).join(', ')}  ${style.dim(`by ${FOUND_BY[machine.foundBy]}`)}`,
      ...machine.origins.map((origin) => `      from    ${inert(origin)}`),
      ...machine.aliases.map((alias) => `      same as ${inert(alias)}`),
      ...(machine.credential === undefined ? [] : [`      as      ${inert(machine.credential)}`]),
    ]),
    ...failures.flatMap(({ machine, origins, error }) => [
      `  ${style.red('✗')} ${inert(machine)}  error ${error.code}: ${inert(error.meaning)}`,
      ...origins.map((origin) => `      from    ${inert(origin)}`),
      `      raw     ${inert(error.raw)}`,
      `      remedy  ${inert(error.remedy)}`,
    ]),
    ...excluded.map(({ machine, by }) => `  ${style.dim('·')} ${inert(machine)}  left out: ${inert(by)}`),
    ...(silent > 0 ? [`  ${style.dim('·')} ${silent} addresses of ranges do not answer`] : []),
    ...warnings.map((warning) => `  ${style.yellow('!')} ${inert(warning)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function directoryLines({ directory, place, server, computers, error }: AskedDirectory, style: Style): string[] {
  const where = `directory ${inert(directory)} (${inert(place)})`;
  const told = `${computers} ${computers === 1 ? 'computer' : 'computers'}`;
  if (!error) return [`  ${style.green('✓')} ${where}  ${told}  ${style.dim(`by ${inert(server ?? '')}`)}`];
  return [
    `  ${style.red('✗')} ${where}  error ${error.code}: ${inert(error.meaning)}`,
    ...(computers > 0 ? [`      gave    ${told}`] : []),
    `      raw     ${inert(error.raw)}`,
    `      remedy  ${inert(error.remedy)}`,
  ];
}
