/** Folders and files of a machine's system drive, and what a file says of itself. */
import { folderVariable } from '../../evaluate/folders.ts';
import type { FileInfo, FileVersion } from '../../model/observation.ts';
import type { ExplorerCursor, ExplorerItem, ExplorerPage } from '../../protocol/explorer.ts';
import { isGone, valueOf } from './failures.ts';
import { item, sizeOf, timeOf } from './items.ts';
import { PAGE } from './registry.ts';
import type { Looking } from './sessions.ts';
import type { ListedEntry } from '../../machine/listing.ts';

const NOT_ALL = 'The recording has only what content asked for: there may be more.';

export function driveItem({ target }: Looking): ExplorerItem {
  const drive = folderVariable(target, 'systemdrive') ?? 'C:';
  return item({
    node: { kind: 'folder', path: `${drive}\\` },
    label: `${drive}\\`,
    expandable: true,
    copyPath: `${drive}\\`,
  });
}

export async function folderChildren(
  path: string,
  cursor: ExplorerCursor | undefined,
  looking: Looking,
): Promise<ExplorerPage> {
  const { machine, signal } = looking;
  const range = { from: cursor?.from ?? 0, count: PAGE };
  const listed = valueOf(await machine.list({ kind: 'entries', path }, range, signal), 2, looking);
  if (!listed) throw isGone(path);
  const sorted = listed.items.toSorted((one, other) => Number(other.folder) - Number(one.folder));
  return {
    items: sorted.map((entry) => entryItem(path, entry)),
    ...(listed.next !== undefined && { next: { list: 'rest', from: listed.next } }),
    ...(!listed.complete && { note: NOT_ALL }),
  };
}

export function entryItem(folder: string, { name, folder: isFolder, size, modified, link }: ListedEntry): ExplorerItem {
  const path = `${folder.replace(/\\+$/, '')}\\${name}`;
  const told = [size === undefined || isFolder ? undefined : sizeOf(size), timeOf(modified)].filter(
    (one) => one !== undefined,
  );
  const node = { kind: isFolder ? ('folder' as const) : ('file' as const), path };
  // What is below a link lies elsewhere, or is the same again.
  const description = [...told, ...(link ? ['a link'] : [])].join(' · ');
  return item({ node, label: name, description, expandable: !(isFolder && link === true), copyPath: path });
}

const VERSION_LINES: readonly (readonly [property: string, label: string, member: keyof FileVersion])[] = [
  ['version', 'File version', 'fileVersion'],
  ['product-version', 'Product version', 'productVersion'],
  ['company', 'Company', 'company'],
  ['product', 'Product name', 'product'],
  ['original-name', 'Original name', 'originalName'],
  ['language', 'Language', 'language'],
  ['arch', 'Architecture', 'arch'],
];

/** What a file says of itself. */
export async function fileChildren(path: string, looking: Looking): Promise<ExplorerPage> {
  const { machine, signal } = looking;
  const [stat, version] = await machine.observe(
    [
      { kind: 'file', path },
      { kind: 'version', path },
    ],
    signal,
  );
  if (!stat || !version) return { items: [] };
  const info =
    stat.state === 'unreadable' && version.state === 'present'
      ? undefined
      : (valueOf(stat, 2, looking) as FileInfo | undefined);
  if (!info && version.state !== 'present') throw isGone(path);
  const told: FileVersion = version.state === 'present' ? (version.value as FileVersion) : {};
  const line = (property: string, label: string, text: string): ExplorerItem =>
    item({
      node: { kind: 'file-property', path, property },
      ...{ label, description: text, copyPath: path, copyValue: text },
    });
  const versions = VERSION_LINES.flatMap(([property, label, member]) => {
    const text = told[member];
    return text === undefined || text === '' ? [] : [line(property, label, text)];
  });
  const basics = info
    ? [line('size', 'Size', `${info.size} bytes`), line('modified', 'Modified', `${timeOf(info.modified) ?? ''} UTC`)]
    : [];
  const note =
    version.state === 'unreadable'
      ? `Version details: ${version.reason}.`
      : versions.length === 0
        ? 'It has no version details.'
        : undefined;
  return { items: [...versions, ...basics], ...(note !== undefined && { note }) };
}
