/** The built server over a folder of small files, asked at marked places: `<|>` in a text is the cursor. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, Position, Range, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { bundleCommandLine, type Bundle } from './bundle.ts';
import { LspClient, type StartOptions } from './lsp-client.ts';

export interface Cursor {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** Files on disk, a bundle, and a server that runs it. */
export class LspFixture {
  readonly client: LspClient;
  readonly folder: string;
  readonly #bundle: Bundle;
  readonly #texts: Map<string, string>;

  private constructor(parts: { client: LspClient; folder: string; bundle: Bundle; texts: Map<string, string> }) {
    this.client = parts.client;
    this.folder = parts.folder;
    this.#bundle = parts.bundle;
    this.#texts = parts.texts;
  }

  /** Writes the files, each by its path in the folder, and starts. */
  static async start(files: Readonly<Record<string, string>>, options?: StartOptions): Promise<LspFixture> {
    const bundle = await bundleCommandLine();
    const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-lsp-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const client = await LspClient.start(bundle.file, folder, options);
    return new LspFixture({ client, folder, bundle, texts: new Map(Object.entries(files)) });
  }

  /** The command line's bundle, to start another server from. */
  get bundle(): string {
    return this.#bundle.file;
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.folder, name)).href;
  }

  ask<R>(method: string, params: object): Promise<R> {
    return this.client.connection.sendRequest<R>(method, params);
  }

  text(name: string): string {
    return this.#texts.get(name) ?? '';
  }

  document(name: string): TextDocument {
    return TextDocument.create(this.uri(name), 'detect', 0, this.text(name));
  }

  /** Opens a text under a name that may have a cursor in it. */
  async open(name: string, marked: string): Promise<Cursor> {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    this.#texts.set(name, text);
    await this.client.open(this.uri(name), text);
    return { textDocument: { uri: this.uri(name) }, position: this.document(name).positionAt(Math.max(offset, 0)) };
  }

  async close(name: string): Promise<void> {
    await this.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(name) } });
  }

  /** The place inside the nth (from 0) occurrence of a word in a file. */
  at(name: string, word: string, nth = 0): Cursor {
    let offset = -1;
    for (let i = 0; i <= nth; i++) offset = this.text(name).indexOf(word, offset + 1);
    if (offset < 0) throw new Error(`${name} has no \`${word}\``);
    return { textDocument: { uri: this.uri(name) }, position: this.document(name).positionAt(offset + 1) };
  }

  /** What a range covers. */
  covered(name: string, range: Range): string {
    return this.document(name).getText(range);
  }

  /** `name:line: covered`, with lines from 1, in order. */
  shown(locations: readonly Location[]): readonly string[] {
    return locations
      .map(({ uri, range }) => {
        const name = [...this.#texts.keys()].find((one) => this.uri(one) === uri) ?? uri;
        return `${name}:${range.start.line + 1}: ${this.covered(name, range)}`;
      })
      .sort();
  }

  /** A file's text after edits. */
  edited(name: string, edits: readonly TextEdit[]): string {
    return TextDocument.applyEdits(this.document(name), [...edits]);
  }

  async stop(): Promise<void> {
    const code = await this.client.stop();
    rmSync(this.folder, { recursive: true, force: true });
    this.#bundle.remove();
    if (code !== 0) throw new Error(`the server ended with ${String(code)}`);
  }
}
