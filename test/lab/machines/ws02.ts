/** ws02: a Windows 11 workstation that requires encryption; one of its programs hides its version. */
import type { MachineSpec } from '../spec.ts';
import { together } from './parts.ts';
import { contosoBackup, fabrikamVpn, firefox, notepadPlusPlus, sevenZip } from './programs.ts';
import { windows } from './windows.ts';

export const ws02: MachineSpec = {
  name: 'ws02',
  about: 'Windows 11 24H2, encryption required; a VPN client whose version cannot be told',
  smb: { encryption: 'required' },
  ...together(
    windows({
      computerName: 'ws02',
      // Windows 11 says "Windows 10" here: the build decides.
      productName: 'Windows 10 Pro',
      build: 26100,
      revision: 2894,
      displayVersion: '24H2',
      releaseId: '2009',
      edition: 'Professional',
      installation: 'Client',
      productType: 'WinNT',
      smb1: false,
      spooler: 'running',
      people: [{ name: 'robin', sid: 'S-1-5-21-3000000001-3000000002-3000000003-1001', loaded: true }],
    }),
    sevenZip({ release: '21.07', version: '21.7.0.0', bits: 64, real: 'new' }),
    firefox({ version: '133.0', fileVersion: '133.0.0.9086', channel: 'release', bits: 64 }),
    notepadPlusPlus({ version: '8.6.2.0', bits: 64 }),
    contosoBackup({ version: '5.1.2.40', state: 'running', start: 2 }),
    fabrikamVpn('preview'),
  ),
};
