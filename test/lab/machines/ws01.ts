/** ws01: a Windows 10 workstation that insists on signing and has not been looked after. */
import type { MachineSpec } from '../spec.ts';
import { together } from './parts.ts';
import { contosoBackup, fabrikamVpn, firefox, javaRuntime, notepadPlusPlus, sevenZip, staleEntry } from './programs.ts';
import { windows, WINDOWS_10_22H2 } from './windows.ts';

export const ws01: MachineSpec = {
  name: 'ws01',
  about: 'Windows 10 22H2, signing mandatory; old programs, several of each',
  smb: { signing: 'mandatory' },
  ...together(
    windows({
      computerName: 'ws01',
      ...WINDOWS_10_22H2,
      smb1: true,
      spooler: 'running',
      people: [
        { name: 'alex', sid: 'S-1-5-21-1000000001-1000000002-1000000003-1001', loaded: true },
        { name: 'kim', sid: 'S-1-5-21-1000000001-1000000002-1000000003-1002', loaded: false },
      ],
    }),
    sevenZip({ release: '18.01', version: '18.1.0.0', bits: 64, real: 'old' }),
    firefox({ version: '115.9.1', fileVersion: '115.9.1.8849', channel: 'esr', bits: 64 }),
    notepadPlusPlus({ version: '8.4.6.0', bits: 64 }),
    notepadPlusPlus({ version: '7.9.5.0', bits: 32 }),
    javaRuntime({ update: 202, bits: 64 }),
    javaRuntime({ update: 181, bits: 32 }),
    contosoBackup({ version: '4.2.0.118', state: 'running', start: 2 }),
    fabrikamVpn({ version: '3.1.0.7' }),
    staleEntry(64, 'Example Viewer 2.0', '2.0'),
  ),
};
