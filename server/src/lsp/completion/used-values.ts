/** Values that content uses already: KB ids, services, keys, value names, versions. Looked for in the texts, file by file, once each. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Workspace } from '../workspace.ts';
import { valuesIn, type ValueKind, type Values } from './values.ts';

export type { ValueKind } from './values.ts';

/** More than anyone reads. */
const MOST = 200;

/** What content is likely to need though nothing uses it yet. */
const WELL_KNOWN: Readonly<Record<ValueKind, readonly string[]>> = {
  kb: [],
  version: [],
  service: [
    ...['BITS', 'CryptSvc', 'DNS', 'EventLog', 'LanmanServer', 'LanmanWorkstation', 'MSSQLSERVER', 'NTDS', 'Netlogon'],
    ...['RemoteRegistry', 'Schedule', 'Spooler', 'TermService', 'TrustedInstaller', 'W32Time', 'W3SVC', 'WinDefend'],
    ...['WinRM', 'Winmgmt', 'msiserver', 'mpssvc', 'sshd', 'wuauserv'],
  ],
  key: [
    'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion',
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\',
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System',
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\',
    'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full',
    'HKLM\\SOFTWARE\\Microsoft\\Internet Explorer',
    'HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration',
    'HKLM\\SOFTWARE\\Policies\\Microsoft\\',
    'HKLM\\SYSTEM\\CurrentControlSet\\Control\\',
    'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa',
    'HKLM\\SYSTEM\\CurrentControlSet\\Services\\',
    'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters',
    'HKCU\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\',
  ],
  value: [
    ...['DisplayIcon', 'DisplayName', 'DisplayVersion', 'ImagePath', 'InstallDir', 'InstallLocation', 'InstallPath'],
    ...['Path', 'Publisher', 'Release', 'Start', 'UninstallString', 'Version'],
  ],
};

const known = new WeakMap<TextDocument, { readonly version: number; readonly values: Values }>();

function valuesOf(document: TextDocument): Values {
  const before = known.get(document);
  if (before?.version === document.version) return before.values;
  const values = valuesIn(document.uri, document.getText());
  known.set(document, { version: document.version, values });
  return values;
}

/** The values of a kind that have the letters typed, those of the document's own file first. */
export function usedValues(
  workspace: Pick<Workspace, 'openDocuments' | 'valuesOnDisk'>,
  document: TextDocument,
  { kind, typed }: { readonly kind: ValueKind; readonly typed: string },
): readonly string[] {
  const found = new Map<string, string>();
  const wanted = typed.toLowerCase();
  const add = (values: readonly string[]): void => {
    for (const value of values) {
      const id = value.toLowerCase();
      // What is just being typed is no proposal.
      if (id.includes(wanted) && id !== wanted && !found.has(id)) found.set(id, value);
    }
  };
  add(valuesOf(document)[kind]);
  for (const other of workspace.openDocuments()) if (other !== document) add(valuesOf(other)[kind]);
  add(workspace.valuesOnDisk(kind));
  add(WELL_KNOWN[kind]);
  return [...found.values()].slice(0, MOST);
}
