/** Files and folders that a pattern with wildcards names, found folder by folder. */
import { observe, type Context, type Element, type Listing } from './context.ts';
import { fileElement, folderElement } from './elements.ts';
import { gap, joinListings, listed, EMPTY, MOST_ELEMENTS, PENDING_LISTING } from './listing.ts';
import { fits, isDeep, literalOf, type PatternToken } from './patterns.ts';
import type { FileInfo, FolderEntry } from '../model/observation.ts';
import type { Read } from './values.ts';

export type Wanted = 'files' | 'folders';

/** Wildcards look into so many folders, and a `**` into so many below each other; what is beyond is unknown. */
export const MOST_FOLDERS = 20_000;
const DEEPEST = 32;

/** What fits a pattern whose first part is the drive. */
export function walkFiles(context: Context, wanted: Wanted, parts: readonly PatternToken[][]): Listing {
  const [drive, ...rest] = parts;
  const walk = { context, wanted, left: MOST_FOLDERS, told: false };
  return step(walk, { path: literalOf(drive ?? []) ?? '', parts: rest });
}

interface Walk {
  readonly context: Context;
  readonly wanted: Wanted;
  /** Folders that may still be looked into. */
  left: number;
  /** That there are more is said once, not for each of them. */
  told: boolean;
}

function beyond(walk: Walk): Listing {
  if (walk.told) return EMPTY;
  walk.told = true;
  return gap(`more than ${MOST_FOLDERS} folders to look into`);
}

interface Place {
  readonly path: string;
  readonly parts: readonly PatternToken[][];
}

function step(walk: Walk, place: Place): Listing {
  const wild = place.parts.findIndex((part) => literalOf(part) === undefined);
  const fixed = place.parts.slice(0, wild < 0 ? undefined : wild).map((part) => literalOf(part) ?? '');
  const path = [place.path, ...fixed].join('\\');
  if (walk.left-- <= 0) return beyond(walk);
  if (wild < 0) return existing(walk, path);
  const parts = place.parts.slice(wild);
  if (isDeep(parts[0])) return below(walk, { path, parts: parts.length > 1 ? parts.slice(1) : ANYTHING });
  return ofEntries(entriesOf(walk, path), (entries) => fitting(walk, { path, parts }, entries));
}

/** What a closing `**` stands for. */
const ANYTHING: readonly PatternToken[][] = [[{ wildcard: '*' }]];

/**
 * What fits in a folder and in those below it, level by level: so the same folders come first however much is known already,
 * and the limit is one to what is read. Links are not followed: they lead elsewhere, or in circles.
 */
function below(walk: Walk, place: Place): Listing {
  const found: Listing[] = [];
  let level = [place.path];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === DEEPEST) {
      found.push(gap(`more than ${DEEPEST} folders below each other: \`${level[0] ?? ''}\``));
      break;
    }
    const next: string[] = [];
    let known = true;
    for (const path of level) {
      if (walk.left-- <= 0) return joinListings([...found, beyond(walk)]);
      const entries = entriesOf(walk, path);
      if (entries.state === 'pending') known = false;
      // One more than can be looked into is enough to know that there are more.
      const more = walk.left - next.length + 1;
      if (entries.state === 'present' && more > 0)
        next.push(
          ...foldersIn(path, entries.value)
            .slice(0, more)
            .map((name) => `${path}\\${name}`),
        );
      found.push(ofEntries(entries, (all) => fitting(walk, { ...place, path }, all)));
    }
    level = known ? next : [];
  }
  return joinListings(found);
}

const foldersIn = (path: string, entries: readonly FolderEntry[]): readonly string[] =>
  entries.flatMap(({ name, folder, link }) => (folder && link !== true && !isClosed(path, name) ? [name] : []));

/** What Windows keeps for itself in the root of every drive, denied to everyone: no program lives there. */
function isClosed(path: string, name: string): boolean {
  return path.length === 2 && name.toLowerCase() === 'system volume information';
}

/** The entries that fit the first part, and what fits the parts after it below them. */
function fitting(walk: Walk, { path, parts }: Place, entries: readonly FolderEntry[]): Listing {
  const [pattern, ...rest] = parts;
  const wantFolder = rest.length > 0 || walk.wanted === 'folders';
  const all = entries.filter((entry) => entry.folder === wantFolder && fits(pattern ?? [], entry.name));
  const some = all.slice(0, MOST_ELEMENTS + 1);
  if (rest.length === 0)
    return joinListings([listed(some.map((entry) => element(walk.wanted, `${path}\\${entry.name}`, entry)))]);
  const below = some
    .slice(0, MOST_ELEMENTS)
    .map((entry) => step(walk, { path: `${path}\\${entry.name}`, parts: rest }));
  return joinListings(all.length > MOST_ELEMENTS ? [...below, gap(`more than ${MOST_ELEMENTS} folders fit`)] : below);
}

function entriesOf(walk: Walk, path: string): Read<readonly FolderEntry[]> {
  return observe<'entries'>(walk.context, { kind: 'entries', path: path.length === 2 ? `${path}\\` : path });
}

function ofEntries(read: Read<readonly FolderEntry[]>, list: (entries: readonly FolderEntry[]) => Listing): Listing {
  if (read.state === 'pending') return PENDING_LISTING;
  if (read.state === 'unreadable') return gap(read.reason);
  return read.state === 'absent' ? EMPTY : list(read.value);
}

function existing(walk: Walk, path: string): Listing {
  const { context, wanted } = walk;
  const read = observe<'file'>(context, { kind: 'file', path: path.length === 2 ? `${path}\\` : path });
  if (read.state === 'pending') return PENDING_LISTING;
  if (read.state === 'unreadable') return gap(read.reason);
  if (read.state === 'absent' || read.value.folder !== (wanted === 'folders')) return EMPTY;
  return listed([element(wanted, path, read.value)]);
}

function element(wanted: Wanted, path: string, info: FileInfo): Element {
  return wanted === 'files' ? fileElement(path, info) : folderElement(path, info);
}
