/** What a recording has below a key or in a folder, as far as it tells: a whole list, or what happens to be known of it. */
import type { FileInfo, FolderEntry, Observation } from '../../model/observation.ts';
import {
  partOf,
  withoutSecret,
  type ListedEntry,
  type ListedValue,
  type ListRange,
  type ListRequest,
} from '../listing.ts';
import { isUnreadable, type RecordedFile, type SnapshotDocument } from './format.ts';
import type { RecordedObservations } from './lookup.ts';

type KeyLists = Extract<ListRequest, { hive: unknown }>;

/** By name without case, the name as it was recorded. */
type Names = Map<string, string>;

/** The lists of one snapshot. */
export class RecordedLists {
  readonly #snapshot: SnapshotDocument;
  readonly #observations: RecordedObservations;
  readonly #keys = new Map<string, Names>();
  readonly #files = new Map<string, Names>();

  constructor(snapshot: SnapshotDocument, observations: RecordedObservations) {
    this.#snapshot = snapshot;
    this.#observations = observations;
    for (const path of Object.keys(snapshot.registry)) addPath(this.#keys, path);
    for (const path of Object.keys(snapshot.files)) addPath(this.#files, path.replace(/\\+$/, ''));
  }

  list(request: ListRequest, range: ListRange): Observation {
    switch (request.kind) {
      case 'subkeys':
        return this.#subkeys(request, range);
      case 'values':
        return this.#values(request, range);
      case 'entries':
        return this.#entries(request.path, range);
      case 'services':
        return this.#services(range);
    }
  }

  #subkeys({ hive, path }: KeyLists, range: ListRange): Observation {
    const recorded = this.#observations.answer({ kind: 'subkeys', hive, path });
    if (recorded.state === 'present') return listed(partOf(recorded.value as readonly string[], range));
    if (isSaid(recorded)) return recorded;
    const below = this.#keys.get(bare(`${hive}\\${path}`)) ?? new Map<string, string>();
    const there = [...below.values()].filter((name) => {
      const child = path === '' ? name : `${path}\\${name}`;
      return this.#observations.answer({ kind: 'key', hive, path: child }).state === 'present';
    });
    return listed(partOf(there.toSorted(byName), range, false));
  }

  #values({ hive, path }: KeyLists, range: ListRange): Observation {
    const key = this.#snapshot.registry[this.#spelled(hive, path)];
    const names = Object.entries(key?.values ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]));
    if (names.length === 0) {
      const recorded = this.#observations.answer({ kind: 'values', hive, path });
      if (recorded.state !== 'present' && isSaid(recorded)) return recorded;
    }
    const values = names.toSorted(byName).map((name): ListedValue => {
      const value = this.#observations.answer({ kind: 'value', hive, path, name });
      return withoutSecret({ hive, path }, { name, value: value as ListedValue['value'] });
    });
    return listed(partOf(values, range, key?.complete === true));
  }

  /** The key's path as it stands in the document. */
  #spelled(hive: string, path: string): string {
    const parts = bare(`${hive}\\${path}`).split('\\');
    const spelled: string[] = [];
    for (const part of parts) {
      const above = spelled.join('\\').toLowerCase();
      spelled.push(this.#keys.get(above)?.get(part) ?? part);
    }
    return spelled.join('\\');
  }

  #entries(path: string, range: ListRange): Observation {
    const recorded = this.#observations.answer({ kind: 'entries', path });
    if (recorded.state === 'present') return listed(partOf(recorded.value as readonly FolderEntry[], range));
    const folder = path.replace(/\\+$/, '');
    const below = [...(this.#files.get(folder.toLowerCase())?.values() ?? [])];
    const entries = below.flatMap((name) => this.#entry(`${folder}\\${name}`, name) ?? []);
    if (entries.length === 0 && isSaid(recorded)) return recorded;
    return listed(partOf(entries.toSorted(foldersFirst), range, false));
  }

  #entry(path: string, name: string): ListedEntry | undefined {
    const stat = this.#observations.answer({ kind: 'file', path }) as Observation<FileInfo>;
    if (stat.state === 'absent') return undefined;
    if (stat.state === 'present') return { name, ...stat.value };
    if (this.#files.has(path.toLowerCase())) return { name, folder: true };
    const file = Object.entries(this.#snapshot.files).find(([one]) => one.toLowerCase() === path.toLowerCase())?.[1];
    return file && isKnown(file) ? { name, folder: file.entries !== undefined } : undefined;
  }

  #services(range: ListRange): Observation {
    const recorded = this.#observations.answer({ kind: 'services' });
    if (recorded.state === 'present') return listed(partOf(recorded.value as readonly string[], range));
    const known = Object.entries(this.#snapshot.services).flatMap(([name, service]) =>
      service === null ? [] : [name],
    );
    return listed(partOf(known.toSorted(byName), range, false));
  }
}

const listed = (value: unknown): Observation => ({ state: 'present', value });

/** Whether the recording says something of it, be it that it is absent or could not be read. */
const isSaid = (recorded: Observation): boolean =>
  recorded.state === 'absent' || (recorded.state === 'unreadable' && recorded.reason !== 'not recorded');

/** Whether anything of a file was there to be recorded. */
const isKnown = (file: RecordedFile): boolean =>
  Object.values(file).some((one: unknown) => one !== undefined && one !== null && !isUnreadable(one));

const byName = (one: string, other: string): number => one.localeCompare(other, 'en');

const foldersFirst = (one: ListedEntry, other: ListedEntry): number =>
  one.folder === other.folder ? byName(one.name, other.name) : one.folder ? -1 : 1;

const bare = (path: string): string => path.replace(/\\+$/, '').toLowerCase();

/** Takes in a path and all that must be above it. */
function addPath(into: Map<string, Names>, path: string): void {
  let above = '';
  for (const part of path.split('\\')) {
    const names = into.get(above.toLowerCase()) ?? new Map<string, string>();
    into.set(above.toLowerCase(), names);
    if (!names.has(part.toLowerCase())) names.set(part.toLowerCase(), part);
    above = above === '' ? part : `${above}\\${part}`;
  }
}
