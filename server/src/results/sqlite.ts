/** The embedded store: one SQLite file, through Node's own `node:sqlite`, loaded when it is first needed. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { PatchResult, PatchStatus, ScanResult } from '../scan/result.ts';
import type { ArrivedResult } from './document.ts';
import type { Added, ResultStore, ScanFilter, ScanSummary } from './store.ts';

const VERSION = 1;

/** `document` is the result without its patches; a patch row keeps in `detail` what has no column of its own. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS scan (
    id INTEGER PRIMARY KEY,
    scan_id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT NOT NULL,
    machine TEXT NOT NULL COLLATE NOCASE,
    address TEXT,
    os_name TEXT,
    os_version TEXT,
    error TEXT,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS scan_by_machine ON scan (machine, started);
  CREATE TABLE IF NOT EXISTS product_instance (
    scan INTEGER NOT NULL REFERENCES scan (id) ON DELETE CASCADE,
    product TEXT NOT NULL,
    instance INTEGER NOT NULL,
    version TEXT,
    path TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (scan, product, instance)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS patch_status (
    scan INTEGER NOT NULL REFERENCES scan (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    patch TEXT NOT NULL,
    product TEXT NOT NULL,
    instance INTEGER NOT NULL,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    warning TEXT,
    detail TEXT NOT NULL,
    PRIMARY KEY (scan, position)
  ) STRICT, WITHOUT ROWID;
`;

interface Statements {
  readonly digest: StatementSync;
  readonly scan: StatementSync;
  readonly product: StatementSync;
  readonly patch: StatementSync;
}

/** Opens the store in a file, made when it is not there. Rejects where the file is no database, or a newer Patchlab's. */
export async function openSqliteStore(file: string): Promise<ResultStore> {
  const { DatabaseSync: Database } = await import('node:sqlite');
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const database = new Database(file, { timeout: 30_000 });
  try {
    prepareDatabase(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return new SqliteStore(database);
}

/** Opens a store that is there already, to be read alone: nothing of it or beside it is made or changed. */
export async function openSqliteStoreToRead(file: string): Promise<Pick<ResultStore, 'scans' | 'load' | 'close'>> {
  const { DatabaseSync: Database } = await import('node:sqlite');
  const database = new Database(file, { timeout: 5000, readOnly: true });
  try {
    const found = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    if (found > VERSION) throw new Error(`the store was made by a newer Patchlab (its version is ${found})`);
    if (found < VERSION) throw new Error('it is no store of results');
    return new SqliteStore(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareDatabase(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (found > VERSION) throw new Error(`the store was made by a newer Patchlab (its version is ${found})`);
  if (found === VERSION) return;
  database.exec(`BEGIN IMMEDIATE; ${TABLES} PRAGMA user_version = ${VERSION}; COMMIT;`);
}

class SqliteStore implements ResultStore {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = {
      digest: database.prepare('SELECT digest FROM scan WHERE scan_id = ?'),
      scan: database.prepare(
        `INSERT INTO scan (scan_id, digest, started, finished, machine, address, os_name, os_version, error, document)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      product: database.prepare('INSERT INTO product_instance VALUES (?, ?, ?, ?, ?, ?)'),
      patch: database.prepare('INSERT INTO patch_status VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    };
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous, SQLite is not
  async add(results: readonly ArrivedResult[]): Promise<readonly Added[]> {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const added = results.map((arrived) => this.#addOne(arrived));
      this.#database.exec('COMMIT');
      return added;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #addOne({ result, digest }: ArrivedResult): Added {
    const known = this.#statements.digest.get(result.scanId);
    if (known) return known.digest === digest ? 'already there' : 'conflict';
    const { patches, ...document } = result;
    const { machine } = result;
    const error = result.steps.find((step) => step.status === 'failed')?.error?.code ?? null;
    const scan = this.#statements.scan.run(
      result.scanId,
      digest,
      result.started,
      result.finished,
      machine.name,
      machine.address,
      machine.os?.name ?? null,
      machine.os?.version ?? null,
      error,
      JSON.stringify(document),
    ).lastInsertRowid;
    for (const product of result.products)
      for (const { instance, version, path: location, state } of product.instances)
        this.#statements.product.run(scan, product.id, instance, version, location, state);
    for (const [position, patch] of patches.entries()) {
      const { id, product, instance, status, severity, warning, ...detail } = patch;
      const text = JSON.stringify(detail);
      this.#statements.patch.run(scan, position, id, product, instance, status, severity, warning, text);
    }
    return 'added';
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- see add
  async scans(filter: ScanFilter): Promise<readonly ScanSummary[]> {
    const rows = this.#database
      .prepare(
        `SELECT id, scan_id, started, finished, machine, os_name, error FROM scan AS s
         WHERE (:scanId IS NULL OR scan_id = :scanId) AND (:machine IS NULL OR machine = :machine)
           AND (:latest = 0 OR id = (SELECT id FROM scan WHERE machine = s.machine ORDER BY started DESC, id DESC LIMIT 1))
         ORDER BY started DESC, id DESC`,
      )
      .all({ scanId: filter.scanId ?? null, machine: filter.machine ?? null, latest: filter.latest ? 1 : 0 });
    const count = this.#database.prepare(
      'SELECT status, count(*) AS n FROM patch_status WHERE scan = ? GROUP BY status',
    );
    return rows.map((row) => ({
      scanId: String(row.scan_id),
      started: String(row.started),
      finished: String(row.finished),
      machine: String(row.machine),
      os: row.os_name === null ? null : String(row.os_name),
      error: row.error === null ? null : String(row.error),
      counts: Object.fromEntries(count.all(row.id ?? null).map(({ status, n }) => [status as PatchStatus, Number(n)])),
    }));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- see add
  async load(scanId: string): Promise<ScanResult | undefined> {
    const row = this.#database.prepare('SELECT id, document FROM scan WHERE scan_id = ?').get(scanId);
    if (!row) return undefined;
    const patches = this.#database
      .prepare('SELECT * FROM patch_status WHERE scan = ? ORDER BY position')
      .all(row.id ?? null)
      .map(({ patch, product, instance, status, severity, warning, detail }) => ({
        ...(JSON.parse(String(detail)) as Omit<PatchResult, 'id'>),
        ...{ id: patch, product, instance, status, severity, warning },
      }));
    return { ...JSON.parse(String(row.document)), patches } as ScanResult;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- see add
  async close(): Promise<void> {
    this.#database.close();
  }
}
