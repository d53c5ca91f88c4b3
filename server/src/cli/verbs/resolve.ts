/** `patchlab resolve`: machine groups to machines, and how each was found. */
import { inert } from '../../results/report/inert.ts';
import { COLOUR, PLAIN, type Style } from '../../results/report/style.ts';
import type { MachineGroups } from '../../scan/groups/group.ts';
import type { Located } from '../../scan/groups/locate.ts';
import { formatMachine } from '../../scan/machine-name.ts';
import { readConfiguration } from '../configuration.ts';
import { FOUND_BY, locateMachines, MACHINE_OPTIONS } from '../machines.ts';
import { UsageError, type ParsedArguments, type Verb } from '../verb.ts';

const RESOLVE_SCHEMA = 'patchlab-resolve/1';

export const resolve: Verb = {
  summary: 'finds the machines of a group, and says how',
  description: `Opens groups and ranges of patchlab.json, looks every name up (DNS, then the NetBIOS name service), leaves out what is
excluded, and lists each machine once: its addresses, how it was found, where it came from, and the other names that lead
to it. Of a range only who answers on its port is listed. No credential is sent. Ends with 3 when a name leads nowhere.`,
  options: {
    ...MACHINE_OPTIONS,
    format: { value: 'FORMAT', oneOf: ['pretty', 'json'], help: `pretty (default), or json (${RESOLVE_SCHEMA}).` },
  },
  examples: ['patchlab resolve', 'patchlab resolve --group lab --format json', 'patchlab resolve --machine ws01'],
  run: async (args, io) => {
    const found = await locateMachines(await withAllGroups(args), io);
    io.out(args.one('format') === 'json' ? asJson(found) : asText(found, io.colour ? COLOUR : PLAIN));
    return found.failures.length > 0 ? 3 : 0;
  },
};

/** Without a name, every group that is in no other. */
async function withAllGroups(args: ParsedArguments): Promise<ParsedArguments> {
  if (args.has('group') || args.has('machine')) return args;
  const groups: MachineGroups = (await readConfiguration()).groups ?? new Map();
  const nested = new Set([...groups.values()].flatMap((group) => group.groups));
  const names = [...groups.keys()].filter((name) => !nested.has(name));
  if (names.length === 0) throw new UsageError('patchlab.json has no groups. Give --machine HOST, or add a group.');
  return { ...args, all: (name) => (name === 'group' ? names : args.all(name)) };
}

function asJson({ machines, failures, excluded, silent, warnings }: Located): string {
  const document = {
    schema: RESOLVE_SCHEMA,
    machines: machines.map(({ host, port, addresses, foundBy, origins, aliases }) => ({
      ...{ name: host, port, addresses, foundBy, origins, aliases },
    })),
    failures: failures.map(({ machine, origins, error }) => ({ name: machine, origins, error })),
    excluded: excluded.map(({ machine, by }) => ({ name: machine, by })),
    ...{ silent, warnings },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function asText({ machines, failures, excluded, silent, warnings }: Located, style: Style): string {
  const lines = [
    style.bold(`${machines.length} ${machines.length === 1 ? 'machine' : 'machines'}`),
    ...machines.flatMap((machine) => [
      `  ${style.green('✓')} ${inert(formatMachine(machine))}  ${machine.addresses.map(inert).join(', ')}  ${style.dim(`by ${FOUND_BY[machine.foundBy]}`)}`,
      ...machine.origins.map((origin) => `      from    ${inert(origin)}`),
      ...machine.aliases.map((alias) => `      same as ${inert(alias)}`),
    ]),
    ...failures.flatMap(({ machine, origins, error }) => [
      `  ${style.red('✗')} ${inert(machine)}  error ${error.code}: ${inert(error.meaning)}`,
      ...origins.map((origin) => `      from    ${inert(origin)}`),
      `      raw     ${inert(error.raw)}`,
      `      remedy  ${inert(error.remedy)}`,
    ]),
    ...excluded.map(({ machine, by }) => `  ${style.dim('·')} ${inert(machine)}  left out by ${inert(by)}`),
    ...(silent > 0 ? [`  ${style.dim('·')} ${silent} addresses of ranges do not answer`] : []),
    ...warnings.map((warning) => `  ${style.yellow('!')} ${inert(warning)}`),
  ];
  return `${lines.join('\n')}\n`;
}
