/** `patchlab scan`: the seven steps, for one machine or several. */
import { dropResult } from '../../results/arrivals.ts';
import { renderHtmlPage } from '../../results/report/html.ts';
import { renderPrettyAll } from '../../results/report/pretty.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { parseMachine } from '../../scan/machine-name.ts';
import type { Include, ScanTarget } from '../../scan/options.ts';
import { SCAN_SCHEMA, type ScanResult } from '../../scan/result.ts';
import { scanMachine } from '../../scan/scan.ts';
import { readConfiguration } from '../configuration.ts';
import { contentFor } from '../content.ts';
import { CREDENTIAL_OPTIONS, credentialFor } from '../credential.ts';
import { FindingList } from '../findings.ts';
import { openLog } from '../log-file.ts';
import { progressLine } from '../progress.ts';
import { writeRecording } from '../recording-file.ts';
import { gravest, UsageError, type ExitCode, type ParsedArguments, type Surroundings, type Verb } from '../verb.ts';

const INCLUDES: readonly Include[] = ['superseded', 'effectively-installed'];

export const scan: Verb = {
  summary: 'scans machines, live or recorded',
  description: `Runs the seven steps for each machine: resolve, connect to the admin share, connect to remote registry, determine
the operating system, detect products, determine patch status, deliver the result. Nothing is installed or started on the
machine, and nothing is written to it. After a refused logon the credential is used for no other machine.`,
  options: {
    content: {
      value: 'PATH...',
      greedy: true,
      many: true,
      path: true,
      help: 'Content: files and folders of *.detect.',
    },
    machine: { value: 'HOST[:PORT]', many: true, help: 'A live machine: name or address, [IPv6]:PORT.' },
    snapshot: { value: 'FILE', path: true, help: 'A recorded machine.' },
    ...CREDENTIAL_OPTIONS,
    include: {
      value: 'WHAT',
      many: true,
      oneOf: INCLUDES,
      help: 'Also scans patches that supersedence spares: superseded,effectively-installed.',
    },
    arrivals: { value: 'DIR', path: true, help: 'Drops each result into this folder, for patchlab importer.' },
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
    'patchlab scan --content samples --machine [fd00::11]:445 --user admin --password-stdin --format json < secret.txt',
  ],
  run: runScan,
};

async function runScan(args: ParsedArguments, io: Surroundings): Promise<ExitCode> {
  const targets = await targetsOf(args, io);
  const { files, linked } = await contentFor(args.all('content'));
  const errors = new FindingList(
    files,
    linked.findings.filter((finding) => finding.severity === 'error'),
  );
  io.err(errors.pretty(PLAIN));
  if (errors.findings.length > 0)
    io.err('patchlab: the content has errors; what they touch is left out of the scan.\n');
  const results = await scanAll(args, io, { targets, content: linked.content });
  show(args, io, results);
  return exitCode(args, results, errors.findings.length > 0);
}

async function targetsOf(args: ParsedArguments, io: Surroundings): Promise<readonly ScanTarget[]> {
  const machines = args.all('machine');
  const snapshot = args.one('snapshot');
  if (machines.length > 0 && snapshot !== undefined) throw new UsageError('Give --machine or --snapshot, not both.');
  if (snapshot !== undefined) return [{ kind: 'snapshot', path: snapshot }];
  if (machines.length === 0) throw new UsageError('What is to be scanned? Give --machine HOST or --snapshot FILE.');
  if (machines.length > 1 && args.has('record')) throw new UsageError('--record takes one machine.');
  for (const machine of machines) {
    const parsed = parseMachine(machine);
    if (!parsed.ok) throw new UsageError(`${parsed.why}.`);
  }
  const credential = await credentialFor(args, io);
  return [...new Set(machines)].map((machine) => ({ kind: 'machine', machine, credential }));
}

interface Work {
  readonly targets: readonly ScanTarget[];
  readonly content: Parameters<typeof scanMachine>[0]['content'];
}

/** One machine after another: a credential that was refused once is not tried on the next, accounts lock. */
async function scanAll(
  args: ParsedArguments,
  io: Surroundings,
  { targets, content }: Work,
): Promise<readonly ScanResult[]> {
  const arrivals = args.one('arrivals') ?? (await readConfiguration()).arrivals;
  const record = args.one('record');
  const log = openLog(args.one('log'));
  const results: ScanResult[] = [];
  for (const target of targets) {
    const line = progressLine(io, target.kind === 'machine' ? target.machine : target.path);
    let recording: string | undefined;
    const result = await scanMachine({
      ...{ target, content, signal: io.signal, trace: args.has('trace'), onProgress: line.show },
      include: new Set(args.all('include').flatMap((list) => list.split(',')) as Include[]),
      ...(arrivals !== undefined && { deliver: (document: ScanResult) => dropResult(arrivals, document) }),
      ...(log && { onLog: log.forMachine(target.kind === 'machine' ? target.machine : target.path) }),
      ...(record !== undefined && { onRecording: (text: string) => void (recording = text) }),
    }).finally(line.clear);
    if (record !== undefined && recording !== undefined) await writeRecording(record, recording);
    results.push(result);
    if (wasRefused(result) && results.length < targets.length) {
      const left = targets.slice(results.length).map((each) => (each.kind === 'machine' ? each.machine : each.path));
      io.err(`patchlab: the logon was refused, so the credential is not used for ${left.join(', ')}.\n`);
      break;
    }
  }
  return results;
}

const LOGON_REFUSED = /^STATUS_(LOGON_FAILURE|WRONG_PASSWORD|ACCOUNT_|PASSWORD_|NO_SUCH_USER)/;

function wasRefused(result: ScanResult): boolean {
  return result.steps.some((step) => step.step === 2 && LOGON_REFUSED.test(step.error?.raw ?? ''));
}

function show(args: ParsedArguments, io: Surroundings, results: readonly ScanResult[]): void {
  switch (args.one('format')) {
    case 'json':
      io.out(`${JSON.stringify({ schema: SCAN_SCHEMA, results }, null, 2)}\n`);
      return;
    case 'html':
      io.out(renderHtmlPage(results));
      return;
    default: {
      const style = io.colour ? COLOUR : PLAIN;
      const options = { style, ...(args.has('trace') && { trace: 'all' as const }) };
      io.out(renderPrettyAll(results, options));
    }
  }
}

function exitCode(args: ParsedArguments, results: readonly ScanResult[], contentErrors: boolean): ExitCode {
  const failed = results.some((result) => result.steps.some((step) => step.status === 'failed'));
  const missing = results.some((result) => result.patches.some((patch) => patch.status === 'missing'));
  return gravest([failed ? 3 : 0, contentErrors || (missing && args.one('fail-on') === 'missing') ? 1 : 0]);
}
