/** What a lab machine's server says that its clients hold, and what of it a scan could have changed. */
import type { LabMachine } from '../lab/lab.ts';
import { runOrThrow } from '../lab/run-program.ts';

export interface Holdings {
  readonly sessions: number;
  readonly trees: number;
  readonly files: number;
  readonly shares: readonly string[];
  readonly remoteRegistry: string;
}

interface StatusDocument {
  readonly sessions?: object;
  readonly tcons?: object;
  readonly open_files?: object;
}

export async function holdings(machine: LabMachine): Promise<Holdings> {
  const status = JSON.parse(await runOrThrow('smbstatus', ['-s', machine.conf, '--json'])) as StatusDocument;
  const count = (all: object | undefined): number => Object.keys(all ?? {}).length;
  return {
    sessions: count(status.sessions),
    trees: count(status.tcons),
    files: count(status.open_files),
    shares: await machine.addedShares(),
    remoteRegistry: `${machine.serviceState('RemoteRegistry')}${machine.isServiceDisabled('RemoteRegistry') ? ', disabled' : ''}`,
  };
}
