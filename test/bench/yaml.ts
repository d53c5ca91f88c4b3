/**
 * The language server next to the YAML language server: as many products in as many bytes, YAML with a JSON schema there, a
 * script here; the same edits and questions, in turns, each server as it is shipped. Ours links names and lints as well.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleCommandLine } from '../support/bundle.ts';
import { generateFile } from './generated.ts';
import { BenchClient } from './lsp-client.ts';
import { median, percentile, type BenchRow } from './statistics.ts';
import { SCHEMA, yamlFile } from './yaml/generated.ts';
import { yamlServer } from './yaml/install.ts';

const PRODUCTS = 33;
const FILES = 200;
const WARM_UP = 20;
const ROUNDS = 100;
const OPENINGS = 3;

interface Position {
  readonly line: number;
  readonly character: number;
}

/** One of the two servers, with how its files are written. */
interface Contender {
  readonly name: string;
  readonly languageId: string;
  readonly extension: string;
  readonly file: (indices: readonly number[]) => string;
  readonly start: (folder: string) => Promise<BenchClient>;
  /** Behind these words of the product in the middle: a title is typed on, values are completed, a word is looked at. */
  readonly words: Readonly<Record<'typed' | 'completed' | 'hovered', string>>;
}

const ours = (bundle: string): Contender => ({
  name: 'ours',
  languageId: 'detect',
  extension: 'detect',
  file: (indices) =>
    `${indices.map((index) => generateFile(index).text).join('')}patch WRONG-${indices[0] ?? 0} fixes windows { severity grave  note "n" }\n`,
  start: (folder) => started(new BenchClient([bundle, 'lsp', '--stdio']), folder, {}),
  words: { typed: '"Product 1016 Update', completed: '"Product 1016 Update 2" fixes ', hovered: 'fixes vendor10.pro' },
});

const yaml = (command: readonly string[], schema: string): Contender => ({
  name: 'yaml',
  languageId: 'yaml',
  extension: 'yaml',
  file: yamlFile,
  start: async (folder) => {
    const client = new BenchClient(command);
    const settings = {
      schemas: { [schema]: '*.yaml' },
      schemaStore: { enable: false },
      kubernetesCRDStore: { enable: false },
      ...{ validate: true, hover: true, completion: true },
    };
    client.onAsked = (method, params) =>
      method === 'workspace/configuration'
        ? (params as { items: { section: string }[] }).items.map(({ section }) => (section === 'yaml' ? settings : {}))
        : null;
    await started(client, folder, { workspace: { configuration: true, didChangeConfiguration: {} } });
    client.notify('workspace/didChangeConfiguration', { settings: {} });
    // It takes its settings in and says nothing of that.
    await sleep(500);
    return client;
  },
  words: {
    typed: 'title: Product 1016 Update',
    completed: 'title: Product 1016 Update 1\n    fixes: [vendor10.product1016]\n    severity: ',
    hovered: 'title: Product 1016 Update 1\n    fixes: [vendor10.product1016]\n    sever',
  },
});

/** Both in turns, in one run. */
export async function benchYaml(): Promise<readonly BenchRow[]> {
  const command = yamlServer();
  const bundle = await bundleCommandLine();
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-bench-yaml-'));
  try {
    const schema = path.join(folder, 'schema.json');
    writeFileSync(schema, JSON.stringify(SCHEMA));
    const both = [ours(bundle.file), yaml(command, pathToFileURL(schema).href)] as const;
    return [...(await compareAnswers(both, folder)), ...(await compareOpening(both, folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    bundle.remove();
  }
}

async function started(client: BenchClient, folder: string, capabilities: object): Promise<BenchClient> {
  await client.request('initialize', {
    processId: null,
    rootUri: pathToFileURL(folder).href,
    capabilities,
    initializationOptions: { diagnostics: 'push' },
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
  });
  client.notify('initialized', {});
  return client;
}

// ---------- one long file

/** A long file in one of the servers. */
class LongFile {
  readonly #client: BenchClient;
  readonly #uri: string;
  readonly #at: Readonly<Record<'typed' | 'completed' | 'hovered', Position>>;
  #version = 1;
  readonly bytes: number;

  private constructor(parts: { client: BenchClient; uri: string; text: string; words: Contender['words'] }) {
    const { text, words } = parts;
    this.#client = parts.client;
    this.#uri = parts.uri;
    this.bytes = text.length;
    this.#at = {
      typed: after(text, words.typed),
      completed: after(text, words.completed),
      hovered: after(text, words.hovered),
    };
  }

  static async open(contender: Contender, folder: string): Promise<LongFile> {
    const client = await contender.start(folder);
    const uri = pathToFileURL(path.join(folder, `long.${contender.extension}`)).href;
    const text = contender.file(Array.from({ length: PRODUCTS }, (_, at) => 1000 + at));
    const told = published(client, uri);
    const { languageId } = contender;
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    await told;
    return new LongFile({ client, uri, text, words: contender.words });
  }

  /** From one more letter in a title until the file's problems are told. */
  async type(): Promise<number> {
    const told = published(this.#client, this.#uri);
    const at = this.#at.typed;
    return timed(() => {
      this.#client.notify('textDocument/didChange', {
        textDocument: { uri: this.#uri, version: ++this.#version },
        contentChanges: [{ range: { start: at, end: at }, text: 's' }],
      });
      return told;
    });
  }

  complete(): Promise<number> {
    return this.#ask('textDocument/completion', 'completed');
  }

  hover(): Promise<number> {
    return this.#ask('textDocument/hover', 'hovered');
  }

  async #ask(method: string, place: 'completed' | 'hovered'): Promise<number> {
    const params = { textDocument: { uri: this.#uri }, position: this.#at[place] };
    return timed(async () => {
      const answer = await this.#client.request(method, params);
      if (answer === null || answer === undefined || JSON.stringify(answer).length < 50)
        throw new Error(`${this.#uri}: ${method} has no answer`);
    });
  }

  get peakMemory(): number {
    return this.#client.peakMemory() ?? NaN;
  }

  end(): Promise<void> {
    return this.#client.end();
  }
}

async function compareAnswers(both: readonly [Contender, Contender], folder: string): Promise<readonly BenchRow[]> {
  const files = await Promise.all(both.map((one) => LongFile.open(one, folder)));
  const [mine, other] = files;
  if (!mine || !other) throw new Error('two are compared');
  try {
    const rows: BenchRow[] = [];
    for (const what of ['type', 'complete', 'hover'] as const) {
      const times: [number[], number[]] = [[], []];
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        for (const [index, file] of files.entries()) {
          const ms = await file[what]();
          if (round >= 0) times[index]?.push(ms);
          await sleep(10);
        }
      }
      const words = { type: 'keystroke to diagnostics', complete: 'completion', hover: 'hover' }[what];
      rows.push(
        ...[0.5, 0.95].map((share) =>
          compared(
            `${words}, p${share * 100}`,
            times.map((all) => percentile(all, share)),
          ),
        ),
      );
    }
    const [kb, yamlKb] = files.map(({ bytes }) => (bytes / 1000).toFixed(0));
    rows.push(
      compared(
        `peak memory after that (a file of ${kb} KB, YAML ${yamlKb} KB)`,
        files.map(({ peakMemory }) => peakMemory),
        'MB',
      ),
    );
    return rows;
  } finally {
    await Promise.all(files.map((file) => file.end()));
  }
}

// ---------- many files

/** From the first of many files being opened until problems of each are told, in servers that have just started. */
async function compareOpening(both: readonly [Contender, Contender], folder: string): Promise<readonly BenchRow[]> {
  const times: number[][] = [[], []];
  const memory: number[][] = [[], []];
  for (let round = 0; round < OPENINGS; round++) {
    for (const [index, contender] of both.entries()) {
      const client = await contender.start(folder);
      const documents = Array.from({ length: FILES }, (_, at) => ({
        uri: pathToFileURL(path.join(folder, `f${at}.${contender.extension}`)).href,
        text: contender.file([at]),
      }));
      const told = publishedAll(client, new Set(documents.map(({ uri }) => uri)));
      times[index]?.push(
        await timed(() => {
          const { languageId } = contender;
          for (const { uri, text } of documents)
            client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
          return told;
        }),
      );
      memory[index]?.push(client.peakMemory() ?? NaN);
      await client.end();
    }
  }
  return [
    compared(`${FILES} files of 3 KB opened and checked`, times.map(median)),
    compared('peak memory after that', memory.map(median), 'MB'),
  ];
}

// ---------- what they share

function compared(what: string, [mine = NaN, other = NaN]: readonly number[], unit = 'ms'): BenchRow {
  const shown = (value: number): string => `${value.toFixed(unit === 'ms' ? 1 : 0)} ${unit}`;
  return {
    what: `against yaml-language-server: ${what}`,
    result: `${shown(mine)}, there ${shown(other)}: ${(other / mine).toFixed(1)} times`,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await within(work());
  return performance.now() - began;
}

/** Fails when what is measured does not come at all. */
async function within(work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const never = sleep(60_000, undefined, { signal: late.signal }).then(() => {
    throw new Error('what is measured did not come within a minute');
  });
  try {
    await Promise.race([work, never]);
  } finally {
    late.abort();
    never.catch(() => undefined);
  }
}

const published = (client: BenchClient, uri: string): Promise<void> => publishedAll(client, new Set([uri]));

/** Settles when something was found in each of some files. */
function publishedAll(client: BenchClient, waiting: Set<string>): Promise<void> {
  return new Promise((resolve) => {
    client.onPublished = ({ uri, diagnostics }) => {
      if (diagnostics.length > 0) waiting.delete(uri);
      if (waiting.size === 0) resolve();
    };
  });
}

function after(text: string, words: string): Position {
  const offset = text.indexOf(words);
  if (offset < 0) throw new Error(`nothing reads \`${words}\``);
  const lines = text.slice(0, offset + words.length).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
