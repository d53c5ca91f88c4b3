import { describe, expect, it } from 'vitest';
import {
  windowsLabel,
  windowsNamesOf,
  windowsRelease,
  WINDOWS_NAMES,
  type WindowsIdentity,
} from '../../../server/src/model/windows-names.ts';

const machine = (version: string, role: WindowsIdentity['role'] = 'workstation', servicePack = 0): WindowsIdentity => ({
  version,
  build: Number(version.split('.')[2]),
  role,
  servicePack,
});

describe.each<[WindowsIdentity, string, readonly string[]]>([
  [machine('10.0.19045.3570'), 'Windows 10 22H2', ['windows', 'windows-10', 'windows-10-22h2']],
  [machine('10.0.26100.2894'), 'Windows 11 24H2', ['windows', 'windows-11', 'windows-11-24h2']],
  [machine('10.0.17763.5122'), 'Windows 10 1809', ['windows', 'windows-10', 'windows-10-1809']],
  [machine('10.0.17763.5122', 'server'), 'Windows Server 2019', ['windows', 'server-2019']],
  [machine('10.0.26100.1', 'domain-controller'), 'Windows Server 2025', ['windows', 'server-2025']],
  [machine('6.1.7601.0', 'workstation', 1), 'Windows 7 Service Pack 1', ['windows', 'windows-7', 'windows-7-sp1']],
  [machine('6.1.7600.0'), 'Windows 7', ['windows', 'windows-7', 'windows-7-sp0']],
  [
    machine('6.1.7601.0', 'server', 1),
    'Windows Server 2008 R2 Service Pack 1',
    ['windows', 'server-2008-r2', 'server-2008-r2-sp1'],
  ],
  [machine('6.3.9600.0', 'server'), 'Windows Server 2012 R2', ['windows', 'server-2012-r2']],
  [machine('5.2.3790.0', 'workstation', 2), 'Windows XP Service Pack 2', ['windows', 'windows-xp', 'windows-xp-sp2']],
  [machine('11.0.99999.0'), 'Windows 11.0.99999.0', ['windows']],
])('%o', (identity, label, names) => {
  it(`is ${label}`, () => {
    expect(windowsLabel(identity)).toBe(label);
    expect(windowsNamesOf(identity)).toEqual(names);
  });
});

it('knows the release of a build', () => {
  expect(windowsRelease(machine('10.0.22631.1'))).toBe('23H2');
  expect(windowsRelease(machine('6.1.7601.0'))).toBeNull();
});

it('has names of lower case only, each once', () => {
  for (const id of WINDOWS_NAMES.keys()) expect(id).toBe(id.toLowerCase());
  expect(WINDOWS_NAMES.size).toBeGreaterThan(50);
});
