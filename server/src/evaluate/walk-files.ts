/** Files and folders that a pattern with wildcards names, found folder by folder. */
import { observe, type Context, type Element, type Listing } from './context.ts';
import { fileElement, folderElement } from './elements.ts';
import { gap, joinListings, listed, EMPTY, MOST_ELEMENTS, PENDING_LISTING } from './listing.ts';
import { fits, literalOf, type PatternToken } from './patterns.ts';
import type { FileInfo } from '../model/observation.ts';

export type Wanted = 'files' | 'folders';

/** What fits a pattern whose first part is the drive. */
export function walkFiles(context: Context, wanted: Wanted, parts: readonly PatternToken[][]): Listing {
  const [drive, ...rest] = parts;
  return step(context, { wanted, path: literalOf(drive ?? []) ?? '', parts: rest });
}

interface Place {
  readonly wanted: Wanted;
  readonly path: string;
  readonly parts: readonly PatternToken[][];
}

function step(context: Context, place: Place): Listing {
  const wild = place.parts.findIndex((part) => literalOf(part) === undefined);
  const fixed = place.parts.slice(0, wild < 0 ? undefined : wild).map((part) => literalOf(part) ?? '');
  const path = [place.path, ...fixed].join('\\');
  if (wild < 0) return existing(context, place.wanted, path);
  const entries = observe<'entries'>(context, { kind: 'entries', path: path.length === 2 ? `${path}\\` : path });
  if (entries.state === 'pending') return PENDING_LISTING;
  if (entries.state === 'unreadable') return gap(entries.reason);
  if (entries.state === 'absent') return EMPTY;
  const pattern = place.parts[wild] ?? [];
  const rest = place.parts.slice(wild + 1);
  const wantFolder = rest.length > 0 || place.wanted === 'folders';
  const fitting = entries.value.filter((entry) => entry.folder === wantFolder && fits(pattern, entry.name));
  const some = fitting.slice(0, MOST_ELEMENTS + 1);
  if (rest.length === 0)
    return joinListings([listed(some.map((entry) => element(place.wanted, `${path}\\${entry.name}`, entry)))]);
  return joinListings(some.map((entry) => step(context, { ...place, path: `${path}\\${entry.name}`, parts: rest })));
}

function existing(context: Context, wanted: Wanted, path: string): Listing {
  const read = observe<'file'>(context, { kind: 'file', path: path.length === 2 ? `${path}\\` : path });
  if (read.state === 'pending') return PENDING_LISTING;
  if (read.state === 'unreadable') return gap(read.reason);
  if (read.state === 'absent' || read.value.folder !== (wanted === 'folders')) return EMPTY;
  return listed([element(wanted, path, read.value)]);
}

function element(wanted: Wanted, path: string, info: FileInfo): Element {
  return wanted === 'files' ? fileElement(path, info) : folderElement(path, info);
}
