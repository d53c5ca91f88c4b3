/** `patchlab record`: a live machine to a snapshot. */
import { renderPretty } from '../../results/report/pretty.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { parseMachine } from '../../scan/machine-name.ts';
import { scanMachine } from '../../scan/scan.ts';
import { contentFor } from '../content.ts';
import { CREDENTIAL_OPTIONS, credentialFor } from '../credential.ts';
import { ALLOW_HOSTS, asNamed, findMachine, requireAllowances } from '../machines.ts';
import { progressLine } from '../progress.ts';
import { writeRecording } from '../recording-file.ts';
import { UsageError, type Verb } from '../verb.ts';

export const record: Verb = {
  summary: 'records a live machine to a snapshot',
  description: `Scans the machine with the given content, superseded and effectively installed patches included, and writes every
observation that was made. The snapshot answers the same content without the machine. It holds what the content asked for
and nothing else; known secrets are taken out by rule, and what was taken out is listed in it.`,
  options: {
    content: {
      value: 'PATH...',
      greedy: true,
      many: true,
      path: true,
      help: 'Content: files and folders of *.detect.',
    },
    machine: { value: 'HOST[:PORT]', help: 'The live machine: name or address, [IPv6]:PORT.' },
    ...CREDENTIAL_OPTIONS,
    ...ALLOW_HOSTS,
    output: { value: 'FILE', path: true, help: 'The snapshot to write.' },
  },
  examples: ['patchlab record --content samples --machine ws01 --user admin --output ws01.snapshot.json'],
  run: async (args, io) => {
    const machine = args.one('machine');
    const output = args.one('output');
    if (machine === undefined) throw new UsageError('Which machine? Give --machine HOST.');
    if (output === undefined) throw new UsageError('Where to? Give --output FILE.');
    const parsed = parseMachine(machine);
    if (!parsed.ok) throw new UsageError(`${parsed.why}.`);
    const credential = await credentialFor(args, io);
    const { linked } = await contentFor(args.all('content'));
    const resolved = await findMachine(machine, io);
    if (resolved.ok) await requireAllowances([{ machine: asNamed(resolved.value), credential }], { args, io });
    const line = progressLine(io, machine);
    let recording: string | undefined;
    const result = await scanMachine({
      target: { kind: 'machine', machine, credential, resolved },
      // What only NetBIOS knows was allowed before.
      trustNetbios: true,
      content: linked.content,
      include: new Set(['superseded', 'effectively-installed']),
      signal: io.signal,
      onProgress: line.show,
      onRecording: (text) => void (recording = text),
    }).finally(line.clear);
    if (result.steps.some((step) => step.status === 'failed') || recording === undefined) {
      // A recording of a scan that broke off would answer "unreadable" for ever: nothing is written.
      io.err(renderPretty({ ...result, products: [], patches: [] }, { style: io.colour ? COLOUR : PLAIN }));
      return 3;
    }
    await writeRecording(output, recording);
    io.out(`${output}: ${result.machine.name} recorded, ${result.cost.reads} reads\n`);
    return 0;
  },
};
