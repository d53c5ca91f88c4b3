/** `patchlab doctor HOST`: every validation by hand, step by step. */
import { inert } from '../../results/report/inert.ts';
import { COLOUR, PLAIN, type Style } from '../../results/report/style.ts';
import { examine, type Examination } from '../../scan/doctor/doctor.ts';
import { parseMachine } from '../../scan/machine-name.ts';
import { CREDENTIAL_OPTIONS, credentialFor } from '../credential.ts';
import { ALLOW_HOSTS, asNamed, findMachine, requireAllowances } from '../machines.ts';
import { UsageError, type Verb } from '../verb.ts';

const DOCTOR_SCHEMA = 'patchlab-doctor/1';

export const doctor: Verb = {
  summary: 'examines why a machine cannot be scanned',
  arguments: 'HOST[:PORT]',
  positionals: { many: false, path: false },
  description: `Does by itself what an author would do by hand, in order: nslookup, name, ping, the ports, logon and C$, ADMIN$, remote
registry, service control; and stops at the first that fails, with its code and remedy. The system's own ping and nslookup
are run and shown where they are there; where they are not, they are not tested. Without --user no credential is sent.`,
  options: {
    ...CREDENTIAL_OPTIONS,
    ...ALLOW_HOSTS,
    format: { value: 'FORMAT', oneOf: ['pretty', 'json'], help: `pretty (default), or json (${DOCTOR_SCHEMA}).` },
  },
  examples: ['patchlab doctor ws01', 'PATCHLAB_PASSWORD=... patchlab doctor ws01:4450 --user LAB\\\\admin'],
  run: async (args, io) => {
    const [text] = args.positionals;
    if (text === undefined) throw new UsageError('Which machine? Give HOST or HOST:PORT.');
    const parsed = parseMachine(text);
    if (!parsed.ok) throw new UsageError(`${parsed.why}.`);
    const credential = args.has('user') || args.has('credential') ? await credentialFor(args, io) : undefined;
    const { signal } = io;
    const resolved = await findMachine(text, io);
    if (resolved.ok && credential)
      await requireAllowances([{ machine: asNamed(resolved.value), credential }], { args, io });
    const json = args.one('format') === 'json';
    const examinations: Examination[] = [];
    const style = io.colour ? COLOUR : PLAIN;
    const healthy = await examine({
      ...{ ...parsed.value, resolved, signal, ...(credential && { credential }) },
      tell: (examination) => {
        if (json) examinations.push(examination);
        else io.out(asText(examination, style));
      },
    });
    if (json) {
      const { host, port } = parsed.value;
      io.out(`${JSON.stringify({ schema: DOCTOR_SCHEMA, name: host, port, healthy, examinations }, null, 2)}\n`);
    }
    return healthy ? 0 : 3;
  },
};

const MARKS = { ok: '✓', warning: '!', failed: '✗', 'not tested': '·' } as const;

function asText({ name, status, said, command, output, error }: Examination, style: Style): string {
  const colour = { ok: style.green, warning: style.yellow, failed: style.red, 'not tested': style.dim }[status];
  const lines = [
    `${colour(MARKS[status])} ${name.padEnd(15)}  ${status === 'not tested' ? 'not tested: ' : ''}${inert(said)}`,
    ...(command === undefined ? [] : [style.dim(`    $ ${inert(command)}`)]),
    ...(output ?? '')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => style.dim(`    ${inert(line)}`)),
  ];
  if (error) {
    lines.push(
      `    ${style.red(error.code === null ? 'meaning ' : `error ${error.code}`)}  ${inert(error.meaning)}`,
      `    remedy     ${inert(error.remedy)}`,
      `    validate   ${inert(error.validate)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
