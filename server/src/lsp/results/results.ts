/** The results that the editor can show: its own history, and what the workspace's arrivals and stores hold. */
import type { DeleteParams, ResultEntry, ResultName, ResultsReply } from '../../protocol/results.ts';
import { inert } from '../../results/report/inert.ts';
import type { Read } from '../../results/document.ts';
import type { HistoryEntry } from '../../results/history/history.ts';
import type { ScanSummary } from '../../results/store.ts';
import type { ScanResult } from '../../scan/result.ts';
import { placesIn, type Place } from './places.ts';

/** Of a store or of arrivals, the newest. */
const MOST_SHOWN = 5000;

export interface ResultsOptions {
  /** The workspace's folders, as paths. */
  readonly folders: () => readonly string[];
  readonly log: (text: string) => void;
  /** Told when there is another list. */
  readonly onChange: () => void;
}

export class Results {
  /** Where the history lies; without it only the last result is known. */
  folder: string | undefined;
  readonly #options: ResultsOptions;
  /** The last result, while it is in no folder. */
  #last: ScanResult | undefined;
  #keeping: Promise<void> = Promise.resolve();

  constructor(options: ResultsOptions) {
    this.#options = options;
  }

  /** Takes in a result that a scan of the editor has come to. It is written while the editor shows it. */
  keep(result: ScanResult): void {
    this.#last = result;
    const { folder } = this;
    if (folder === undefined) return;
    this.#keeping = this.#keeping
      .then(async () => (await import('../../results/history/history.ts')).keepResult(folder, result))
      .then(() => {
        if (this.#last === result) this.#last = undefined;
        this.#options.onChange();
      })
      .catch((error: unknown) => this.#options.log(`The result is not kept: ${String(error)}`));
  }

  /** All of them, the newest first. What an untrusted workspace names is not looked at. */
  async list(trusted: boolean): Promise<ResultsReply> {
    await this.#keeping;
    const own = await this.#history();
    const entries = new Map(own.map((entry) => [entry.id, entry]));
    const { places, problems } = trusted ? await placesIn(this.#options.folders()) : { places: [], problems: [] };
    const said = [...problems];
    for (const place of places) {
      const listed = await listPlace(place);
      said.push(...listed.problems);
      for (const entry of listed.entries) if (!entries.has(entry.id)) entries.set(entry.id, entry);
    }
    const sorted = [...entries.values()].sort((one, other) => (one.started < other.started ? 1 : -1));
    return { entries: sorted, problems: said };
  }

  /** One of them, or why it cannot be read. */
  async read({ origin, folder, id }: ResultName, trusted: boolean): Promise<Read<ScanResult>> {
    await this.#keeping;
    if (origin === 'history') return await this.#readHistory(id);
    if (!trusted) return { ok: false, why: 'the workspace is not trusted' };
    const { places } = await placesIn(this.#options.folders().filter((one) => one === folder));
    const place = places.find((one) => one.origin === origin);
    if (!place) return { ok: false, why: 'what patchlab.json named is not there any more' };
    return await readPlace(place, id);
  }

  async forget({ ids }: DeleteParams): Promise<void> {
    await this.#keeping;
    if (this.folder === undefined) return;
    const { forgetResults } = await import('../../results/history/history.ts');
    await forgetResults(this.folder, ids);
  }

  async #history(): Promise<readonly ResultEntry[]> {
    if (this.folder === undefined) return [];
    const { listHistory } = await import('../../results/history/history.ts');
    return (await listHistory(this.folder)).map((entry) => entryOf(entry, { origin: 'history', folder: '' }));
  }

  async #readHistory(id: string): Promise<Read<ScanResult>> {
    if (this.#last?.scanId === id) return { ok: true, value: this.#last };
    if (this.folder === undefined) return { ok: false, why: 'no history is kept here' };
    const { readHistory } = await import('../../results/history/history.ts');
    return await readHistory(this.folder, id);
  }
}

type Origin = Pick<ResultName, 'origin' | 'folder'>;

async function listPlace(place: Place): Promise<ResultsReply> {
  try {
    const listed = place.origin === 'store' ? await listStore(place) : await listFolder(place);
    if (listed.length <= MOST_SHOWN) return { entries: listed, problems: [] };
    const problems = [`Of ${listed.length} results in ${place.path} the newest ${MOST_SHOWN} are shown.`];
    return { entries: listed.slice(0, MOST_SHOWN), problems };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { entries: [], problems: [`${place.path} cannot be read: ${why}`] };
  }
}

async function listFolder(place: Place): Promise<readonly ResultEntry[]> {
  const { listHistory } = await import('../../results/history/history.ts');
  return (await listHistory(place.path)).map((entry) => entryOf(entry, place));
}

async function listStore(place: Place): Promise<readonly ResultEntry[]> {
  const { openSqliteStoreToRead } = await import('../../results/sqlite.ts');
  const store = await openSqliteStoreToRead(place.path);
  try {
    return (await store.scans({})).map((summary) => entryOf({ id: summary.scanId, summary }, place));
  } finally {
    await store.close();
  }
}

async function readPlace(place: Place, id: string): Promise<Read<ScanResult>> {
  if (place.origin === 'arrivals') {
    const { readHistory } = await import('../../results/history/history.ts');
    return await readHistory(place.path, id);
  }
  try {
    const { openSqliteStoreToRead } = await import('../../results/sqlite.ts');
    const store = await openSqliteStoreToRead(place.path);
    try {
      const value = await store.load(id);
      return value ? { ok: true, value } : { ok: false, why: 'the store does not have it any more' };
    } finally {
      await store.close();
    }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

function entryOf(entry: HistoryEntry, { origin, folder }: Origin): ResultEntry {
  const { id } = entry;
  const name = { origin, folder, id };
  if ('summary' in entry) return { ...name, ...shownOf(entry.summary) };
  const { broken, modified } = entry;
  return { ...name, machine: inert(id), os: null, started: modified, error: null, counts: {}, broken: inert(broken) };
}

const shownOf = ({ machine, os, started, error, counts }: ScanSummary): Omit<ResultEntry, keyof ResultName> => ({
  // What a document says of its machine came from the machine.
  ...{ machine: inert(machine), os: os === null ? null : inert(os), started: inert(started) },
  error: error === null ? null : inert(error),
  counts: { ...counts },
});
