/** srv01: a Windows Server 2019 that speaks SMB 3.1.1 alone and is mostly up to date. */
import type { MachineSpec } from '../spec.ts';
import { together } from './parts.ts';
import { contosoBackup, javaRuntime, notepadPlusPlus, sevenZip } from './programs.ts';
import { windows } from './windows.ts';

export const srv01: MachineSpec = {
  name: 'srv01',
  about: 'Windows Server 2019, SMB 3.1.1 only; mostly patched, its backup service is disabled',
  smb: { signing: 'mandatory', minProtocol: 'SMB3_11', maxProtocol: 'SMB3_11' },
  ...together(
    windows({
      computerName: 'srv01',
      productName: 'Windows Server 2019 Standard',
      build: 17763,
      revision: 5122,
      releaseId: '1809',
      edition: 'ServerStandard',
      installation: 'Server',
      productType: 'ServerNT',
      smb1: false,
      spooler: 'stopped',
      people: [{ name: 'operator', sid: 'S-1-5-21-2000000001-2000000002-2000000003-1001', loaded: false }],
    }),
    sevenZip({ release: '24.07', version: '24.7.0.0', bits: 64 }),
    notepadPlusPlus({ version: '8.6.9.0', bits: 64 }),
    notepadPlusPlus({ version: '8.6.9.0', bits: 32 }),
    javaRuntime({ update: 431, bits: 64 }),
    contosoBackup({ version: '5.1.2.40', state: 'stopped', start: 4 }),
  ),
};
