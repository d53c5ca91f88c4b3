/** `patchlab scan`: the seven steps, for one machine or several. */
import { dropResult } from '../../results/arrivals.ts';
import { inert } from '../../results/report/inert.ts';
import { PLAIN } from '../../results/report/style.ts';
import type { ChangeOptions } from '../../scan/changes/changes.ts';
import { changesFolder } from '../../scan/changes/journal.ts';
import { scanFleet } from '../../scan/fleet.ts';
import { TurnsByUser } from '../../scan/logon-turns.ts';
import { formatMachine } from '../../scan/machine-name.ts';
import type { Include, ScanTarget } from '../../scan/options.ts';
import type { ScanResult } from '../../scan/result.ts';
import { scanMachine } from '../../scan/scan.ts';
import { readConfiguration } from '../configuration.ts';
import { contentFor } from '../content.ts';
import { CREDENTIAL_OPTIONS, credentialsFor } from '../credential.ts';
import { parseCount, parseDuration } from '../duration.ts';
import { FindingList } from '../findings.ts';
import { keepHeapFlat } from '../flat-heap.ts';
import { openLog } from '../log-file.ts';
import {
  ALLOW_HOSTS,
  checkMachines,
  locateMachines,
  MACHINE_OPTIONS,
  Refusals,
  requireAllowances,
} from '../machines.ts';
import { printAsked } from '../asked.ts';
import { fleetProgress, progressLine, statusLine } from '../progress.ts';
import { writeRecording } from '../recording-file.ts';
import { openScanOutput, type ScanOutput } from '../scan-output.ts';
import { TEMPLATE_OPTION, templateFor, type ChosenTemplate } from '../template.ts';
import { gravest, UsageError, type ExitCode, type ParsedArguments, type Surroundings, type Verb } from '../verb.ts';

const INCLUDES: readonly Include[] = ['superseded', 'effectively-installed'];

export const scan: Verb = {
  summary: 'scans machines, live or recorded',
  description: `Runs the seven steps for each machine: resolve, connect to the admin share, connect to remote registry, determine
the operating system, detect products, determine patch status, deliver the result. Nothing is installed on the machine, and
nothing is written to it but what --temporary-share and --start-remote-registry ask for, which is undone at the end; what a
killed scan has left is undone by the next one of the machine. Several machines are scanned at once and reported in the order in which they finish;
one that fails harms no other. After a refused logon the credential is used for no other machine.
Machines of a group are found anew each time; patchlab resolve shows them. A workspace's patchlab.json cannot aim your
credential: each of its machines needs your allowance, given in a terminal once and kept for you, or --allow-hosts.`,
  options: {
    content: {
      value: 'PATH...',
      greedy: true,
      many: true,
      path: true,
      help: 'Content: files and folders of *.detect.',
    },
    ...MACHINE_OPTIONS,
    snapshot: { value: 'FILE', path: true, help: 'A recorded machine.' },
    ...CREDENTIAL_OPTIONS,
    ...ALLOW_HOSTS,
    concurrency: { value: 'NUMBER', help: 'Machines at a time; 8 unless told.' },
    'machine-deadline': { value: 'DURATION', help: 'What one machine may take: 90s, 5m; 15m unless told.' },
    deadline: { value: 'DURATION', help: 'What all machines together may take; 24h unless told.' },
    ...TEMPLATE_OPTION,
    include: {
      value: 'WHAT',
      many: true,
      oneOf: INCLUDES,
      help: 'Also scans patches that supersedence spares: superseded,effectively-installed.',
    },
    arrivals: { value: 'DIR', path: true, help: 'Drops each result into this folder, for patchlab importer.' },
    'temporary-share': { help: 'Where a machine does not share its system drive, does so for the time of the scan.' },
    'start-remote-registry': { help: 'Where Remote Registry is stopped, starts it for the time of the scan.' },
    'enable-remote-registry': { help: 'As --start-remote-registry, also where the service is disabled.' },
    record: { value: 'FILE', path: true, help: 'Also records the machine to a snapshot (one machine).' },
    log: {
      value: 'FILE',
      path: true,
      help: 'Writes what was done and asked into this file, without values and secrets.',
    },
    trace: { help: 'Keeps and shows why, for every verdict; else for what is missing, unknown or warned of.' },
    'fail-on': { value: 'STATUS', oneOf: ['missing'], help: 'Ends with 1 when a patch is missing.' },
    format: {
      value: 'FORMAT',
      oneOf: ['pretty', 'json', 'html'],
      help: 'pretty (default), json (patchlab-scan/1), or html.',
    },
  },
  examples: [
    'patchlab scan --content samples --snapshot samples/machines/ws01.snapshot.json',
    'PATCHLAB_PASSWORD=... patchlab scan --content samples --machine ws01 --machine srv01:4450 --user LAB\\\\admin',
    'patchlab scan --group lab --allow-hosts --user LAB\\\\admin --password-file secret.txt --arrivals arrivals',
    'patchlab scan --content samples --machine [fd00::11]:445 --user admin --password-stdin --format json < secret.txt',
  ],
  run: runScan,
};

const MOST_AT_ONCE = 64;
const AT_ONCE = 8;
const MACHINE_MS = 15 * 60 * 1000;
const ALL_MS = 24 * 60 * 60 * 1000;

async function runScan(args: ParsedArguments, io: Surroundings): Promise<ExitCode> {
  const limits = limitsOf(args);
  const { targets, refusals, isIncomplete } = await targetsOf(args, io);
  const { files, linked } = await contentFor(args.all('content'));
  const errors = new FindingList(
    files,
    linked.findings.filter((finding) => finding.severity === 'error'),
  );
  io.err(errors.pretty(PLAIN));
  if (errors.findings.length > 0)
    io.err('patchlab: the content has errors; what they touch is left out of the scan.\n');
  const choice = await templateFor(args, io, linked.content);
  const output = openScanOutput(args, io);
  if (isIncomplete) output.incomplete();
  try {
    await scanAll(args, io, { targets, refusals, content: linked.content, choice, output, limits });
  } finally {
    output.end();
  }
  return exitCode(args, output, errors.findings.length > 0);
}

interface Limits {
  readonly concurrency: number;
  readonly machineDeadline: number;
  readonly totalDeadline: number;
}

function limitsOf(args: ParsedArguments): Limits {
  const duration = (name: string, unless: number) => {
    const given = args.one(name);
    return given === undefined ? unless : parseDuration(given);
  };
  return {
    concurrency: parseCount('concurrency', args.one('concurrency') ?? String(AT_ONCE), MOST_AT_ONCE),
    machineDeadline: duration('machine-deadline', MACHINE_MS),
    totalDeadline: duration('deadline', ALL_MS),
  };
}

interface Targets {
  readonly targets: readonly ScanTarget[];
  /** Who was refused by a directory already. */
  readonly refusals: Refusals;
  /** A directory did not tell its machines, or not all. */
  readonly isIncomplete: boolean;
}

async function targetsOf(args: ParsedArguments, io: Surroundings): Promise<Targets> {
  const named = args.has('machine') || args.has('group');
  const snapshot = args.one('snapshot');
  const refusals = new Refusals();
  if (named && snapshot !== undefined) throw new UsageError('Give --machine, --group or --snapshot, not both.');
  if (snapshot !== undefined) return { targets: [{ kind: 'snapshot', path: snapshot }], refusals, isIncomplete: false };
  if (!named) throw new UsageError('What is to be scanned? Give --machine HOST or --snapshot FILE, or --group NAME.');
  if ((args.all('machine').length > 1 || args.has('group')) && args.has('record'))
    throw new UsageError('--record takes one machine.');
  checkMachines(args);
  const credentials = await credentialsFor(args, io);
  // Where all is named by the user, a missing password is told before anyone is asked anything.
  if (!args.has('group')) await credentials.get(undefined);
  const line = statusLine(io);
  const found = await locateMachines({ args, io, credentials, refusals, tell: line.show }).finally(line.clear);
  const { machines, failures, silent, warnings, asked } = found;
  const assigned = await Promise.all(
    machines.map(async (machine) => ({ machine, credential: await credentials.get(machine.credential) })),
  );
  await requireAllowances(assigned, { args, io });
  for (const warning of warnings) io.err(`patchlab: ${inert(warning)}\n`);
  const isIncomplete = printAsked(asked, io);
  if (silent > 0) io.err(`patchlab: ${silent} addresses of ranges do not answer and are left out.\n`);
  if (machines.length + failures.length === 0 && !isIncomplete)
    throw new UsageError('There is no machine to be scanned.');
  const targets = [
    ...assigned.map(({ machine, credential }): ScanTarget => ({
      ...{ kind: 'machine', machine: formatMachine(machine), credential },
      resolved: { ok: true, value: machine },
    })),
    // Nobody logs on to what was not found.
    ...failures.map(({ machine, error }): ScanTarget => ({
      ...{ kind: 'machine', machine, credential: { user: '', password: '' } },
      resolved: { ok: false, error },
    })),
  ];
  return { targets, refusals, isIncomplete };
}

interface Work {
  readonly targets: readonly ScanTarget[];
  readonly refusals: Refusals;
  readonly content: Parameters<typeof scanMachine>[0]['content'];
  readonly choice: ChosenTemplate;
  readonly output: ScanOutput;
  readonly limits: Limits;
}

const nameOf = (target: ScanTarget): string => (target.kind === 'machine' ? target.machine : target.path);

async function scanAll(args: ParsedArguments, io: Surroundings, work: Work): Promise<void> {
  const { targets, content, choice, output, limits } = work;
  if (targets.length > 1) keepHeapFlat();
  const arrivals = args.one('arrivals') ?? (await readConfiguration()).arrivals;
  const record = args.one('record');
  const log = openLog(args.one('log'));
  const turns = new TurnsByUser(work.refusals);
  const isRefused = turns.refusalOf(targets);
  const fleet = targets.length > 1 ? fleetProgress(io, targets.length) : undefined;
  const line = progressLine(io, targets[0] ? nameOf(targets[0]) : '');
  const clear = fleet?.clear ?? line.clear;
  let recording: string | undefined;
  const left = await scanFleet({
    ...{ targets, ...limits, signal: io.signal },
    isOver: isRefused,
    scan: (target, { deadline }) =>
      scanMachine({
        ...{ target, content, signal: io.signal, deadline, trace: args.has('trace') },
        ...turns.turnOf(target),
        // Allowed already, by requireAllowances.
        trustNetbios: true,
        onProgress: (progress) => (fleet ? fleet.show(nameOf(target), progress) : line.show(progress)),
        include: new Set([...(args.all('include').flatMap((list) => list.split(',')) as Include[]), ...choice.include]),
        ...(choice.template && { template: choice.template }),
        ...(arrivals !== undefined && { deliver: (document: ScanResult) => dropResult(arrivals, document) }),
        ...(log && { onLog: log.forMachine(nameOf(target)) }),
        changes: changesOf(args, io),
        onLeft: (text) => {
          clear();
          io.err(`patchlab: ${inert(nameOf(target))}: ${inert(text)}\n`);
        },
        ...(record !== undefined && { onRecording: (text: string) => void (recording = text) }),
      }),
    onResult: (result) => {
      fleet?.done();
      clear();
      output.add(result);
    },
  }).finally(clear);
  if (record !== undefined && recording !== undefined) await writeRecording(record, recording);
  if (left.length === 0) return;
  output.incomplete();
  const names = inert(left.map(nameOf).join(', '));
  io.err(
    isRefused()
      ? `patchlab: the logon was refused, so the credential is not used for ${names}.\n`
      : `patchlab: the time was over before ${names} could be scanned.\n`,
  );
}

function changesOf(args: ParsedArguments, io: Surroundings): ChangeOptions {
  const enableRemoteRegistry = args.has('enable-remote-registry');
  return {
    ...{ folder: changesFolder(io.env), temporaryShare: args.has('temporary-share'), enableRemoteRegistry },
    startRemoteRegistry: enableRemoteRegistry || args.has('start-remote-registry'),
  };
}

function exitCode(args: ParsedArguments, { failed, missing }: ScanOutput, contentErrors: boolean): ExitCode {
  return gravest([failed ? 3 : 0, contentErrors || (missing && args.one('fail-on') === 'missing') ? 1 : 0]);
}
