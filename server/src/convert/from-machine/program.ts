/** What an Uninstall entry tells of its program: what it is called, and where the program may be. */
import type { KnownFolder } from './literals.ts';

/** An entry as it was read; texts are as the registry has them. */
export interface UninstallEntry {
  readonly name: string;
  readonly version?: string;
  readonly publisher?: string;
  readonly location?: string;
  readonly icon?: string;
  readonly uninstall?: string;
  /** Of a 32-bit program on 64-bit Windows: `32`. */
  readonly view?: '32' | '64';
}

/** A folder that the program may be in, and how content comes to it. */
export interface ProgramPlace {
  /** On the machine, without a backslash at its end. */
  readonly folder: string;
  readonly by: 'location' | 'icon' | 'uninstall' | 'name';
  /** The file that the entry itself names. */
  readonly file?: string;
}

const PROGRAM = /^\s*(?:"([^"]+)"|(.+?\.(?:exe|dll|ico|com))(?=[\s,"]|$))/i;

/** Programs that belong to Windows or to an installer, whoever names them. */
const NOT_ITS_OWN = /^(?:msiexec|rundll32|cmd|powershell|regsvr32|wscript|cscript)(?:\.exe)?$/i;

/** Where to look, the surest first. */
export function placesOf(entry: UninstallEntry, folders: readonly KnownFolder[]): readonly ProgramPlace[] {
  const windir = folders.find(({ name }) => name.toLowerCase() === 'windir')?.path.toLowerCase();
  const isOwn = (path: string): boolean => windir === undefined || !`${path.toLowerCase()}\\`.startsWith(`${windir}\\`);
  const icon = programIn(entry.icon);
  const own = icon !== undefined && /\.exe$/i.test(icon) ? fileOf(icon) : undefined;
  const places: ProgramPlace[] = [];
  const location = entry.location && cleaned(entry.location.replaceAll('"', ''));
  if (location && isPath(location)) places.push({ folder: location, by: 'location', ...named(own) });
  if (icon !== undefined) places.push({ folder: folderOf(icon), by: 'icon', ...named(own) });
  const uninstall = programIn(entry.uninstall);
  if (uninstall !== undefined && !NOT_ITS_OWN.test(fileOf(uninstall)))
    places.push({ folder: folderOf(uninstall), by: 'uninstall', ...named(own) });
  places.push(...byName(entry, folders));
  return places.filter(({ folder }) => isPath(folder) && isOwn(folder) && !isDriveRoot(folder));
}

const named = (file: string | undefined): { readonly file?: string } => (file === undefined ? {} : { file });

/** `Fabrikam VPN Client` may be in `Fabrikam VPN Client`, `Fabrikam\VPN Client` and `Fabrikam VPN`. */
function byName({ name, view, publisher }: UninstallEntry, folders: readonly KnownFolder[]): readonly ProgramPlace[] {
  const wanted = view === '32' ? 'programfiles(x86)' : 'programfiles';
  const root = folders.find((one) => one.name.toLowerCase() === wanted)?.path;
  const words = stemOf(name).split(' ').filter(isFolderName);
  if (root === undefined || words.length === 0) return [];
  const whole = words.join(' ');
  const splits = words.slice(1).map((_, at) => `${words.slice(0, at + 1).join(' ')}\\${words.slice(at + 1).join(' ')}`);
  const shorter = words.slice(1, -1).map((_, at) => words.slice(0, words.length - 1 - at).join(' '));
  const maker = publisher?.split(/[ ,]/)[0];
  const below = maker !== undefined && isFolderName(maker) ? [`${maker}\\${whole}`] : [];
  return [...new Set([whole, ...splits, ...below, ...shorter])]
    .slice(0, 8)
    .map((folder) => ({ folder: `${root}\\${folder}`, by: 'name' as const }));
}

const isFolderName = (text: string): boolean => !/[\\/:*?"<>|\0-\x1f]|^\.*$/.test(text);

/** The name without version and architecture. */
export function stemOf(name: string): string {
  return name
    .replace(/\s*\((?:x64|x86|arm64|32|64)[^)]*\)\s*$/i, '')
    .replace(/[\s-]+(?:v|version\s*)?\d+(?:[.\d_]+)?(?:\s.*)?$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const cleaned = (path: string): string => path.trim().replaceAll('/', '\\').replace(/\\+$/, '');
const isPath = (path: string): boolean =>
  /^[A-Za-z]:\\?(?:[^\\/:*?"<>|\0-\x1f]+\\?)*$/.test(path) && !path.split('\\').includes('..') && path.length < 500;
const isDriveRoot = (path: string): boolean => path.length < 4;

/** The program that a command line or an icon names. */
function programIn(text: string | undefined): string | undefined {
  const found = PROGRAM.exec(text ?? '');
  const path = cleaned(found?.[1] ?? found?.[2] ?? '');
  return isPath(path) && path.includes('\\') ? path : undefined;
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('\\'), 0));
const fileOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);
