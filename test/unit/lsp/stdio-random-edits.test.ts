/**
 * After any edits the running server says what a fresh one says: random sequences of keystrokes, opening, closing, saving, and
 * files that come, change and go on disk, in scripts and XML.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../server/src/lsp/server.ts';
import { LspClient } from '../../support/lsp-client.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';
import { kindOf, randomFile, randomPiece, type Random } from './random-content.ts';

const SEQUENCES = 2000;
/** So many of them are held to a new process, all to a new session in this one. */
const IN_NEW_PROCESS = 20;
const LONGEST = 4;
const NAMES = ['a.detect', 'b.detect', 'c.detect', 'sub/d.detect', 'e.patches.xml', 'sub/f.patches.xml'];
const SETTINGS = ['{}', '{"severity":{"unused-name":"error","no-one-per":"off"}}', '{"severity":', '{"severity":7}'];
const PATIENCE_MS = 5000;

/** By file, what is found in it; files without anything are left out. */
type Found = ReadonlyMap<string, readonly Diagnostic[]>;

let lsp: LspFixture;
let editor: Editor;
beforeAll(async () => {
  lsp = await LspFixture.start({ 'patchlab.json': '{}' });
  editor = new Editor(lsp.client.connection, lsp.folder);
});
afterAll(() => lsp.stop());

/** What an editor knows: the texts on disk, the texts that are open, and what the server has told of them. */
class Editor {
  readonly onDisk = new Map<string, string>();
  readonly open = new Map<string, TextDocument>();
  readonly told = new Map<string, readonly Diagnostic[]>();
  readonly #connection: ProtocolConnection;
  readonly #folder: string;
  /** What was done, to be done again by hand when it fails. */
  log: string[] = [];

  constructor(connection: ProtocolConnection, folder: string) {
    this.#connection = connection;
    this.#folder = folder;
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      const said = diagnostics as readonly Diagnostic[];
      if (said.length > 0) this.told.set(String(uri), said);
      else this.told.delete(String(uri));
    });
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.#folder, name)).href;
  }

  #tell(method: string, params: object): Promise<void> {
    return this.#connection.sendNotification(method, params);
  }

  #watched(name: string, type: number): Promise<void> {
    return this.#tell('workspace/didChangeWatchedFiles', { changes: [{ uri: this.uri(name), type }] });
  }

  async write(name: string, text: string): Promise<void> {
    this.log.push(`write ${name} ${JSON.stringify(text)}`);
    const file = path.join(this.#folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    const type = this.onDisk.has(name) ? 2 : 1;
    this.onDisk.set(name, text);
    await this.#watched(name, type);
  }

  async delete(name: string): Promise<void> {
    this.log.push(`delete ${name}`);
    rmSync(path.join(this.#folder, name), { force: true });
    this.onDisk.delete(name);
    await this.#watched(name, 3);
  }

  async opened(name: string, text: string): Promise<void> {
    this.log.push(`open ${name} ${JSON.stringify(text)}`);
    const document = TextDocument.create(this.uri(name), 'detect', 1, text);
    this.open.set(name, document);
    const textDocument = { uri: this.uri(name), languageId: 'detect', version: 1, text };
    await this.#tell('textDocument/didOpen', { textDocument });
  }

  async closed(name: string): Promise<void> {
    this.log.push(`close ${name}`);
    this.open.delete(name);
    await this.#tell('textDocument/didClose', { textDocument: { uri: this.uri(name) } });
  }

  /** Several changes of one notification: each counts on the text that those before it left. */
  async changed(document: TextDocument, edits: readonly { start: number; end: number; text: string }[]): Promise<void> {
    const contentChanges = edits.map(({ start, end, text }) => {
      const most = document.getText().length;
      const range = {
        start: document.positionAt(Math.min(start, most)),
        end: document.positionAt(Math.min(end, most)),
      };
      this.log.push(`change ${document.uri} ${JSON.stringify({ range, text })}`);
      TextDocument.update(document, [{ range, text }], document.version);
      return { range, text };
    });
    const version = document.version + 1;
    TextDocument.update(document, [], version);
    await this.#tell('textDocument/didChange', { textDocument: { uri: document.uri, version }, contentChanges });
  }

  async save(name: string, document: TextDocument): Promise<void> {
    await this.write(name, document.getText());
    await this.#tell('textDocument/didSave', { textDocument: { uri: document.uri } });
  }
}

// ---------- what is done at random

/** mulberry32: small, and the same on every machine. */
function seeded(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return { below, of: (items) => items[below(items.length)] ?? (items[0] as never) };
}

async function doSomething(random: Random): Promise<void> {
  const name = random.of(NAMES);
  const document = editor.open.get(name);
  const kind = random.below(16);
  if (kind === 0) await editor.write(name, randomFile(random, name));
  else if (kind === 1 && editor.onDisk.has(name)) await editor.delete(name);
  else if (kind === 2) await editor.write('patchlab.json', random.of(SETTINGS));
  else if (!document) await editor.opened(name, editor.onDisk.get(name) ?? randomFile(random, name));
  else if (kind === 3) await editor.closed(name);
  else if (kind === 4) await editor.save(name, document);
  else if (kind < 8)
    await editor.changed(document, [{ start: 0, end: document.getText().length, text: randomFile(random, name) }]);
  else await editor.changed(document, randomEdits(random, name, document.getText()));
}

function randomEdits(random: Random, name: string, text: string): { start: number; end: number; text: string }[] {
  const count = 1 + random.below(3);
  return Array.from({ length: count }, () => {
    const words = [...text.matchAll(/[\w.-]+/g)];
    const word = random.of(words);
    // Mostly one name for another, so that what was meant changes and the rest still parses.
    if (random.below(6) > 0 && word) {
      const text = kindOf(word[0])?.(random) ?? randomPiece(random, name);
      return { start: word.index, end: word.index + word[0].length, text };
    }
    const start = random.below(text.length + 1);
    return { start, end: start + random.below(12), text: random.below(2) > 0 ? randomPiece(random, name) : '' };
  });
}

// ---------- what is compared

async function pulled(connection: ProtocolConnection): Promise<Found> {
  const { items } = await connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds: [],
  });
  return new Map(items.flatMap((one) => (one.kind === 'full' && one.items.length > 0 ? [[one.uri, one.items]] : [])));
}

/** A session that knows nothing yet, in this process and over the same protocol. */
async function freshSession(): Promise<ProtocolConnection> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  connection.listen();
  const workspaceFolders = [{ uri: editor.uri(''), name: 'workspace' }];
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders });
  await connection.sendNotification('initialized', {});
  return connection;
}

async function openAll(connection: ProtocolConnection): Promise<void> {
  for (const document of editor.open.values()) {
    const { uri, version } = document;
    const textDocument = { uri, languageId: 'detect', version, text: document.getText() };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
  }
}

async function foundByFreshSession(): Promise<Found> {
  const connection = await freshSession();
  try {
    await openAll(connection);
    return await pulled(connection);
  } finally {
    await connection.sendRequest('shutdown');
    connection.dispose();
  }
}

async function foundByNewProcess(): Promise<Found> {
  const client = await LspClient.start(lsp.bundle, lsp.folder);
  await openAll(client.connection);
  const found = await pulled(client.connection);
  await client.stop();
  return found;
}

const sorted = (found: Found): unknown => [...found].sort(([a], [b]) => (a < b ? -1 : 1));
const isSame = (one: Found, other: Found): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** What the running server answers and what it has told; what needs all files together may follow a moment later. */
async function settled(fresh: Found): Promise<{ readonly asked: Found; readonly told: Found }> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(10)) {
    const asked = await pulled(lsp.client.connection);
    if ((isSame(asked, fresh) && isSame(editor.told, fresh)) || Date.now() > until) return { asked, told: editor.told };
  }
}

describe('the running server', () => {
  it(`says after each of ${SEQUENCES} random sequences what a fresh one says`, async () => {
    let findings = 0;
    let files = 0;
    for (let seed = 1; seed <= SEQUENCES; seed++) {
      const random = seeded(seed);
      for (let step = random.below(LONGEST); step >= 0; step--) await doSomething(random);
      const isNewProcess = seed % (SEQUENCES / IN_NEW_PROCESS) === 0;
      const fresh = await (isNewProcess ? foundByNewProcess() : foundByFreshSession());
      const { asked, told } = await settled(fresh);
      const context = (): string => `sequence ${seed}:\n${editor.log.slice(-40).join('\n')}`;
      if (!isSame(asked, fresh)) expect(sorted(asked), context()).toEqual(sorted(fresh));
      if (!isSame(told, fresh)) expect(sorted(told), context()).toEqual(sorted(fresh));
      files += fresh.size;
      findings += [...fresh.values()].reduce((sum, { length }) => sum + length, 0);
    }
    // There was something to be wrong about, in scripts and XML, and not everywhere.
    expect(files).toBeGreaterThan(SEQUENCES);
    expect(files).toBeLessThan(SEQUENCES * NAMES.length);
    expect(findings).toBeGreaterThan(files);
  }, 120_000);
});
