/** The programs that lab machines have installed: registry, files and services as their real installers leave them. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expandable } from '../registry-file.ts';
import type { LabFile } from '../spec.ts';
import { programFiles, software, uninstallEntry } from './parts.ts';
import type { MachineParts } from './parts.ts';

const MODULES = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'node_modules');

/** A PE file of a program, with the strings that programs have. */
export function programFile(
  name: string,
  version: string,
  about: { readonly company: string; readonly product: string; readonly bits?: 32 | 64; readonly text?: string },
): LabFile {
  const text = about.text ?? version;
  return {
    pe: {
      fileVersion: version,
      arch: about.bits === 32 ? 'x86' : 'x64',
      strings: {
        CompanyName: about.company,
        FileVersion: text,
        OriginalFilename: name,
        ProductName: about.product,
        ProductVersion: text,
      },
    },
  };
}

/** 7-Zip; `real` copies a published executable from npm: 18.1.0.0 or 21.7.0.0, whose version that is. */
export function sevenZip(spec: {
  readonly release: string;
  readonly version: string;
  readonly bits: 32 | 64;
  readonly real?: 'old' | 'new';
}): MachineParts {
  const folder = `${programFiles(spec.bits)}\\7-Zip\\`;
  const about = { company: 'Igor Pavlov', product: '7-Zip', bits: spec.bits, text: spec.release };
  const real =
    spec.real && path.join(MODULES, `sevenzip-${spec.real}`, 'win', spec.bits === 64 ? 'x64' : 'ia32', '7za.exe');
  return {
    registry: {
      [software(spec.bits, '7-Zip')]: { Path: folder, [`Path${spec.bits}`]: folder },
      ...uninstallEntry(spec.bits, '7-Zip', {
        DisplayName: `7-Zip ${spec.release}${spec.bits === 64 ? ' (x64)' : ''}`,
        DisplayVersion: spec.release,
        DisplayIcon: `${folder}7zFM.exe`,
        InstallLocation: folder,
        UninstallString: `"${folder}Uninstall.exe"`,
        Publisher: 'Igor Pavlov',
        NoModify: 1,
        NoRepair: 1,
        EstimatedSize: 5_400,
      }),
    },
    files: {
      [`${folder}7z.exe`]: real ? { copyOf: real } : programFile('7z.exe', spec.version, about),
      [`${folder}7z.dll`]: programFile('7z.dll', spec.version, about),
      [`${folder}7zFM.exe`]: programFile('7zFM.exe', spec.version, about),
    },
  };
}

/** Mozilla Firefox, of the release channel or the extended support release. */
export function firefox(spec: {
  readonly version: string;
  readonly fileVersion: string;
  readonly channel: 'release' | 'esr';
  readonly bits: 32 | 64;
}): MachineParts {
  const folder = `${programFiles(spec.bits)}\\Mozilla Firefox`;
  const about = { company: 'Mozilla Corporation', product: 'Firefox', bits: spec.bits, text: spec.version };
  const tree = spec.channel === 'esr' ? `mozilla-esr${spec.version.split('.')[0]}` : 'mozilla-release';
  const arch = spec.bits === 64 ? 'x64' : 'x86';
  const shown = `${spec.version}${spec.channel === 'esr' ? ' ESR' : ''} (${arch} en-US)`;
  const base = software(spec.bits, 'Mozilla\\Mozilla Firefox');
  return {
    registry: {
      [base]: { CurrentVersion: shown, '': spec.version },
      [`${base}\\${shown}\\Main`]: {
        'Install Directory': folder,
        PathToExe: `${folder}\\firefox.exe`,
        'Program Folder Path': 'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs',
      },
      ...uninstallEntry(spec.bits, `Mozilla Firefox ${shown}`, {
        DisplayName: `Mozilla Firefox ${shown}`,
        DisplayVersion: spec.version,
        DisplayIcon: `${folder}\\firefox.exe,0`,
        InstallLocation: folder,
        UninstallString: `"${folder}\\uninstall\\helper.exe"`,
        Publisher: 'Mozilla',
      }),
    },
    files: {
      [`${folder}\\firefox.exe`]: programFile('firefox.exe', spec.fileVersion, about),
      [`${folder}\\application.ini`]: [
        '[App]',
        'Vendor=Mozilla',
        'Name=Firefox',
        'RemotingName=firefox',
        `Version=${spec.version}`,
        'BuildID=20240101000000',
        `SourceRepository=https://hg.mozilla.org/releases/${tree}`,
        '',
      ].join('\r\n'),
    },
  };
}

/** Notepad++. */
export function notepadPlusPlus(spec: { readonly version: string; readonly bits: 32 | 64 }): MachineParts {
  const folder = `${programFiles(spec.bits)}\\Notepad++`;
  const about = { company: 'Don HO don.h@free.fr', product: 'Notepad++', bits: spec.bits };
  return {
    registry: {
      [software(spec.bits, 'Notepad++')]: { '': folder },
      ...uninstallEntry(spec.bits, 'Notepad++', {
        DisplayName: `Notepad++ (${spec.bits === 64 ? '64-bit x64' : '32-bit x86'})`,
        DisplayVersion: spec.version,
        DisplayIcon: `${folder}\\notepad++.exe`,
        UninstallString: `${folder}\\uninstall.exe`,
        Publisher: 'Notepad++ Team',
      }),
    },
    files: { [`${folder}\\notepad++.exe`]: programFile('notepad++.exe', spec.version, about) },
  };
}

/** A Java Runtime Environment of version 8: `update` 202 is 1.8.0_202 and file version 8.0.2020.8. */
export function javaRuntime(spec: { readonly update: number; readonly bits: 32 | 64 }): MachineParts {
  const name = `1.8.0_${spec.update}`;
  const home = `${programFiles(spec.bits)}\\Java\\jre${name}`;
  const base = software(spec.bits, 'JavaSoft\\Java Runtime Environment');
  const version = `8.0.${spec.update}0.8`;
  const about = { company: 'Oracle Corporation', product: 'Java(TM) Platform SE 8', bits: spec.bits };
  const values = { JavaHome: home, RuntimeLib: `${home}\\bin\\server\\jvm.dll`, MicroVersion: '0' };
  return {
    registry: {
      [base]: { CurrentVersion: '1.8', BrowserJavaVersion: `11.${spec.update}.2` },
      [`${base}\\1.8`]: values,
      [`${base}\\${name}`]: values,
    },
    files: {
      [`${home}\\bin\\java.exe`]: programFile('java.exe', version, about),
      [`${home}\\bin\\server\\jvm.dll`]: programFile('jvm.dll', version, about),
    },
  };
}

/** Contoso Backup Agent, which is there because its service is. */
export function contosoBackup(spec: {
  readonly version: string;
  readonly state: 'running' | 'stopped';
  readonly start: 2 | 3 | 4;
}): MachineParts {
  const folder = 'C:\\Program Files\\Contoso\\Backup';
  const about = { company: 'Contoso Ltd.', product: 'Contoso Backup Agent' };
  return {
    registry: {
      'HKLM\\SOFTWARE\\Contoso\\Backup': {
        InstallPath: folder,
        Version: spec.version,
        Channels: ['stable', 'security'],
      },
    },
    files: { [`${folder}\\agent.exe`]: programFile('agent.exe', spec.version, about) },
    services: {
      ContosoBackup: {
        displayName: 'Contoso Backup Agent',
        state: spec.state,
        start: spec.start,
        path: `"${folder}\\agent.exe" --service`,
      },
    },
  };
}

/** Fabrikam VPN Client, a 32-bit program. A preview's file has no version, and its key a word: nobody can tell which it is. */
export function fabrikamVpn(spec: { readonly version: string } | 'preview'): MachineParts {
  const folder = 'C:\\Program Files (x86)\\Fabrikam\\VPN Client';
  const about = { company: 'Fabrikam, Inc.', product: 'Fabrikam VPN Client', bits: 32 as const };
  const version = spec === 'preview' ? spec : spec.version;
  const file = (name: string): LabFile =>
    spec === 'preview' ? { pe: { arch: 'x86' } } : programFile(name, spec.version, about);
  return {
    registry: {
      [software(32, 'Fabrikam\\VPN Client')]: {
        InstallPath: folder,
        Version: version,
        LogFolder: expandable('%ProgramData%\\Fabrikam'),
      },
      ...uninstallEntry(32, 'Fabrikam VPN Client', {
        DisplayName: 'Fabrikam VPN Client',
        DisplayVersion: version,
        InstallLocation: folder,
        UninstallString: `"${folder}\\unins000.exe"`,
        Publisher: 'Fabrikam, Inc.',
      }),
    },
    files: {
      [`${folder}\\vpnclient.exe`]: file('vpnclient.exe'),
    },
  };
}

/** An Uninstall entry whose program is gone: what defeats detection that trusts the registry. */
export function staleEntry(bits: 32 | 64, name: string, version: string): MachineParts {
  return {
    registry: uninstallEntry(bits, name, { DisplayName: name, DisplayVersion: version, Publisher: 'Example Corp.' }),
  };
}
