/** Properties of things, members of elements and of Windows: what each reads. */
import type {
  CollectionKind,
  FileProperty,
  FolderProperty,
  MsiProperty,
  ServiceProperty,
} from '../../model/content.ts';
import { inCheck, inProduct, type WordText } from './word.ts';

const PATH = '%ProgramFiles%\\Acme\\acme.exe';
const file = (says: string, rest: string): WordText => inCheck(says, `file "${PATH}" ${rest}`);

/** Of a file. */
export const FILE: Readonly<Record<FileProperty, WordText>> = {
  version: file(
    'The file version of its version resource, four numbers; absent where the file has none.',
    'version >= 4.2',
  ),
  'product-version': file(
    'The product version of its version resource, as it is shown: often no version, then a text.',
    'product-version contains "4."',
  ),
  size: file('How many bytes it has.', 'size > 10KB'),
  modified: file('When it was written last.', 'modified newer than 365d'),
  sha256: file(
    'The SHA-256 of all that is in it, in hexadecimal digits. The whole file is read.',
    'sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
  ),
  arch: file('For which processor a program was built: `x86`, `x64` or `arm64`.', 'arch is x64'),
  company: file('`CompanyName` of its version resource.', 'company contains "Acme"'),
  product: file('`ProductName` of its version resource.', 'product ends with "Editor"'),
  'original-name': file(
    '`OriginalFilename` of its version resource: renaming the file does not change it.',
    'original-name = "acme.exe"',
  ),
  language: file('The language of its version resource, such as `en-US`.', 'language = "en-US"'),
  text: file('What is written in it, up to 1 MiB.', 'text matches /channel=beta/'),
};

/** Of a folder. */
export const FOLDER: Readonly<Record<FolderProperty, WordText>> = {
  modified: inCheck(
    'When something was added to it or removed last.',
    'folder "%ProgramData%\\Acme" modified newer than 30d',
  ),
};

/** Of a service. */
export const SERVICE: Readonly<Record<ServiceProperty, WordText>> = {
  state: inCheck(
    'What it is doing: `running`, `stopped`, `paused`, or on the way there.',
    'service "Spooler" state is running',
  ),
  start: inCheck(
    'How it is started: `boot`, `system`, `automatic`, `manual` or `disabled`.',
    'service "Spooler" start is not disabled',
  ),
  account: inCheck('Whom it runs as.', 'service "Acme" account ends with "LocalService"'),
  path: inCheck(
    'Its command line, as configured: `as program` takes the program out of it.',
    'service "Acme" path contains "acme.exe"',
  ),
  'display-name': inCheck('What people see it called.', 'service "Acme" display-name = "Acme Agent"'),
};

const CODE = '{23170F69-40C1-2702-2407-000001000000}';
/** Of a package of Windows Installer. */
export const MSI: Readonly<Record<MsiProperty, WordText>> = {
  version: inCheck('The version that the package was registered with.', `msi ${CODE} version >= 24.7`),
  name: inCheck('The name that it was registered with.', `msi ${CODE} name contains "Zip"`),
  location: inCheck('Where it was installed, if the package says so.', `msi ${CODE} location exists`),
};
/** Instead of a product code. */
export const UPGRADE_CODE = inCheck(
  'Every package of a line of products: it stays the same from one version to the next.',
  'msi upgrade-code {12345678-9ABC-DEF0-1122-334455667788} is installed',
);

const windows = (member: string, says: string, rest: string): WordText => inCheck(says, `windows.${member} ${rest}`);
/** Of `windows`. */
export const WINDOWS: Readonly<Record<string, WordText>> = {
  version: windows('version', 'Major, minor, build and revision: `10.0.19045.3570`.', '>= 10.0.19045.3570'),
  build: windows('build', 'The build alone: `19045`. Editions of one build share it.', '>= 19045'),
  revision: windows('revision', 'The revision (UBR) alone, which cumulative updates raise.', '>= 3570'),
  release: windows(
    'release',
    'The release as Microsoft writes it, such as `22H2`; absent before Windows 10.',
    '= "22H2"',
  ),
  'service-pack': windows('service-pack', 'The number of its service pack, 0 without one.', '>= 1'),
  edition: windows('edition', 'The edition in one word.', 'is enterprise'),
  role: windows('role', '`workstation`, `server` or `domain-controller`.', 'is workstation'),
  arch: windows('arch', 'The architecture of Windows: `x86`, `x64` or `arm64`.', 'is x64'),
  bits: windows('bits', '32 or 64.', '= 64'),
  language: windows('language', 'The language that Windows was installed in, such as `en-US`.', '= "en-US"'),
  installation: windows('installation', '`client`, `server`, `core` or `nano`.', 'is client'),
};

const FROM: Readonly<Record<CollectionKind, string>> = {
  keys: 'keys "HKLM\\SOFTWARE\\Acme\\*"',
  files: 'files "%ProgramFiles%\\Acme\\*.exe"',
  folders: 'folders "%ProgramFiles%\\Acme*"',
  services: 'services',
  values: 'values "HKLM\\SOFTWARE\\Acme\\Instances"',
  programs: 'programs',
  users: 'users',
};
const SAYS: Readonly<Record<CollectionKind, Readonly<Record<string, string>>>> = {
  keys: {
    name: 'The last part of the key.',
    path: 'The whole key, hive first.',
    view: 'The view that it was found in, `32` or `64`.',
    user: 'Whose it is, where it is below `HKCU`; else absent.',
  },
  files: { path: 'The whole path.', name: "The file's name with its ending.", folder: 'The folder that it is in.' },
  folders: { path: 'The whole path.', name: "The folder's own name.", folder: 'The folder that it is in.' },
  services: { name: "The service's name, not its display name." },
  values: { name: "The value's name.", data: 'What the value holds.' },
  programs: {
    name: '`DisplayName` of the Uninstall entry.',
    version: '`DisplayVersion` of the Uninstall entry.',
    publisher: '`Publisher` of the Uninstall entry.',
    location: '`InstallLocation` of the Uninstall entry; many leave it empty.',
    icon: '`DisplayIcon` of the Uninstall entry: often the program itself.',
    uninstall: '`UninstallString` of the Uninstall entry, a command line.',
    'product-code': 'The GUID that the Uninstall entry is named by, where Windows Installer made it.',
    view: 'The view that it was found in, `32` or `64`.',
    user: 'Whose it is, where one user installed it; else absent.',
    path: "The Uninstall entry's key.",
  },
  users: {
    name: "The user's name.",
    sid: "The user's security identifier.",
    profile: "The folder of the user's profile.",
  },
};
const SAME: Partial<Record<CollectionKind, Readonly<Record<string, WordText>>>> = {
  files: FILE,
  folders: FOLDER,
  services: SERVICE,
};

/** A member of an element of a collection; undefined for one that no word names. */
export function memberText(kind: CollectionKind, member: string): WordText | undefined {
  const own = Object.hasOwn(SAYS[kind], member) ? SAYS[kind][member] : undefined;
  const same = SAME[kind];
  const says = own ?? (same && Object.hasOwn(same, member) ? same[member]?.says : undefined);
  return says === undefined ? undefined : inProduct(says, `each x in ${FROM[kind]} where x.${member} exists`);
}

/** On keys and programs, any word that is no member. */
export const VALUE_MEMBER = (member: string): WordText =>
  inProduct(`The registry value \`${member}\` of the key.`, `each x in programs where x.${member} exists`);

/** The collections. */
export const COLLECTION_TEXTS: Readonly<Record<CollectionKind, WordText>> = {
  keys: inProduct('Registry keys; `*` and `?` stand for a part of one name.', `each k in ${FROM.keys} view both`),
  files: inProduct(
    'Files; `*` and `?` stand for a part of one name, `**` for any folders between.',
    `each f in ${FROM.files}`,
  ),
  folders: inProduct(
    'Folders; `*` and `?` stand for a part of one name, `**` for any folders between.',
    `each f in ${FROM.folders}`,
  ),
  services: inProduct('Every service of the machine.', 'each s in services where s.name starts with "Acme"'),
  values: inProduct('The values of registry keys.', `each v in ${FROM.values}`),
  programs: inProduct(
    'The Uninstall entries of the machine in both views, and of every user.',
    'each app in programs where app.name = "Acme"',
  ),
  users: inProduct('Every user with a profile.', 'each u in users where u.name != "guest"'),
};
