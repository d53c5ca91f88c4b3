/**
 * Where a key of a view lies physically on 64-bit Windows.
 * Source: Microsoft, "Registry Keys Affected by WOW64" (Windows 7 / Server 2008 R2 and newer): subkeys inherit their parent's
 * behaviour unless listed; shared keys have one physical copy; redirected ones live under Wow6432Node.
 */

const MACHINE_SHARED = [
  'Classes',
  'Clients',
  'Microsoft\\COM3',
  'Microsoft\\Cryptography\\Calais\\Current',
  'Microsoft\\Cryptography\\Calais\\Readers',
  'Microsoft\\Cryptography\\Services',
  'Microsoft\\CTF\\SystemShared',
  'Microsoft\\CTF\\TIP',
  'Microsoft\\DFS',
  'Microsoft\\Driver Signing',
  'Microsoft\\EnterpriseCertificates',
  'Microsoft\\EventSystem',
  'Microsoft\\MSMQ',
  'Microsoft\\Non-Driver Signing',
  'Microsoft\\Notepad\\DefaultFonts',
  'Microsoft\\OLE',
  'Microsoft\\RAS',
  'Microsoft\\RPC',
  'Microsoft\\Shared Tools\\MSInfo',
  'Microsoft\\SystemCertificates',
  'Microsoft\\TermServLicensing',
  'Microsoft\\TransactionServer',
  'Microsoft\\Windows\\CurrentVersion\\App Paths',
  'Microsoft\\Windows\\CurrentVersion\\Control Panel\\Cursors\\Schemes',
  'Microsoft\\Windows\\CurrentVersion\\Explorer\\AutoplayHandlers',
  'Microsoft\\Windows\\CurrentVersion\\Explorer\\DriveIcons',
  'Microsoft\\Windows\\CurrentVersion\\Explorer\\KindMap',
  'Microsoft\\Windows\\CurrentVersion\\Group Policy',
  'Microsoft\\Windows\\CurrentVersion\\Policies',
  'Microsoft\\Windows\\CurrentVersion\\PreviewHandlers',
  'Microsoft\\Windows\\CurrentVersion\\Setup',
  'Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations',
  'Microsoft\\Windows NT\\CurrentVersion\\Console',
  'Microsoft\\Windows NT\\CurrentVersion\\FontDpi',
  'Microsoft\\Windows NT\\CurrentVersion\\FontLink',
  'Microsoft\\Windows NT\\CurrentVersion\\FontMapper',
  'Microsoft\\Windows NT\\CurrentVersion\\Fonts',
  'Microsoft\\Windows NT\\CurrentVersion\\FontSubstitutes',
  'Microsoft\\Windows NT\\CurrentVersion\\Gre_Initialize',
  'Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options',
  'Microsoft\\Windows NT\\CurrentVersion\\Language Pack',
  'Microsoft\\Windows NT\\CurrentVersion\\NetworkCards',
  'Microsoft\\Windows NT\\CurrentVersion\\Perflib',
  'Microsoft\\Windows NT\\CurrentVersion\\Ports',
  'Microsoft\\Windows NT\\CurrentVersion\\Print',
  'Microsoft\\Windows NT\\CurrentVersion\\ProfileList',
  'Microsoft\\Windows NT\\CurrentVersion\\Time Zones',
  'Policies',
  'RegisteredApplications',
].map((path) => path.toLowerCase());

/** Redirected although their parent `Classes` is shared; the same for machine and users. */
const CLASSES_REDIRECTED = ['clsid', 'directshow', 'interface', 'media type', 'mediafoundation'];

/** The path of `HKLM\PATH` (without the hive) in the 32-bit view of 64-bit Windows. */
export function machinePath32(path: string): string {
  const [first = '', ...rest] = path.split('\\');
  if (first.toLowerCase() !== 'software') return path;
  if (rest[0]?.toLowerCase() === 'wow6432node') return path;
  const classes = classesPath32(first, rest);
  if (classes !== undefined) return classes;
  return isShared(rest) ? path : [first, 'Wow6432Node', ...rest].join('\\');
}

/** The path of `HKU\SID\PATH` (with the SID) in the 32-bit view of 64-bit Windows: all but some classes are shared. */
export function userPath32(path: string): string {
  const [sid = '', software = '', ...rest] = path.split('\\');
  if (software.toLowerCase() !== 'software') return path;
  return classesPath32(`${sid}\\${software}`, rest) ?? path;
}

function classesPath32(root: string, rest: readonly string[]): string | undefined {
  const [classes = '', name, ...below] = rest;
  if (classes.toLowerCase() !== 'classes' || name === undefined) return undefined;
  if (!CLASSES_REDIRECTED.includes(name.toLowerCase())) return undefined;
  return [root, classes, 'Wow6432Node', name, ...below].join('\\');
}

function isShared(rest: readonly string[]): boolean {
  const path = rest.join('\\').toLowerCase();
  return MACHINE_SHARED.some((shared) => path === shared || path.startsWith(`${shared}\\`));
}
