/** The test of a connection: the validations of `patchlab doctor`, each told as soon as it is done. */
import type { ConnectionStep, TestConnectionParams } from '../../protocol/machines.ts';
import { inert } from '../../results/report/inert.ts';
import { examine, type Examination } from '../../scan/doctor/doctor.ts';
import { netbiosAlone } from '../../scan/error-causes.ts';
import { parseMachine } from '../../scan/machine-name.ts';
import { resolve } from '../../scan/steps/resolve.ts';
import { resolvedAs } from './found.ts';

const LOOK_UP_MS = 15_000;

/** Whether the machine can be scanned, as far as that was tested. Rejects only when cancelled. */
export async function testConnection(
  { token, machine, found, credential }: TestConnectionParams,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (step: ConnectionStep) => void },
): Promise<boolean> {
  const parsed = parseMachine(machine);
  const { host, port } = parsed.ok ? parsed.value : { host: machine, port: 445 };
  const given = found && resolvedAs(machine, found).resolved;
  const asked = given ?? (await resolve(machine, { signal, timeout: LOOK_UP_MS }));
  // What anybody on the network can answer for gets no credential unless the user has seen its address.
  const isDoubtful = !given && asked.ok && asked.value.foundBy === 'netbios' && credential !== undefined;
  const resolved = isDoubtful && asked.ok ? { ok: false as const, error: netbiosAlone(asked.value) } : asked;
  return await examine({
    ...{ host, port, resolved, signal },
    ...(credential && { credential }),
    tell: (examination) => {
      tell({ token, ...stepOf(examination) });
    },
  });
}

function stepOf({ name, status, said, command, output, error }: Examination): Omit<ConnectionStep, 'token'> {
  const toCopy = command ?? error?.validate;
  return {
    ...{ name, status, said: inert(said) },
    ...(typeof error?.code === 'string' && { code: error.code }),
    ...(error && { remedy: inert(error.remedy) }),
    ...(toCopy !== undefined && toCopy !== '' && { command: inert(toCopy) }),
    ...(output !== undefined && { output: output.split('\n').map(inert).join('\n') }),
  };
}
