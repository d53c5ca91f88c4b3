/** The one piece of state of the language server: the files of the workspace, and what they mean together. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lint } from '../lint/lint.ts';
import { linkContent, type Linked } from '../model/link.ts';
import type { Finding } from '../model/source.ts';
import { findContentFiles, readContentFile } from './disk.ts';
import { nameOfUri, pathOfUri, uriOfName } from './uris.ts';

const LANGUAGE = 'detect';

export interface Analysis {
  readonly linked: Linked;
  readonly findings: readonly Finding[];
}

export class Workspace {
  /** Files as they lie on disk, by name. */
  readonly #onDisk = new Map<string, TextDocument>();
  /** Files as they stand in the editor: these count, saved or not. */
  readonly #inEditor = new Map<string, TextDocument>();
  #folders: readonly string[] = [];
  #analysis: Analysis | undefined;

  /** Reads every content file of the folders; what was known from disk before is forgotten. */
  async setFolders(uris: readonly string[]): Promise<void> {
    this.#folders = uris.flatMap((uri) => pathOfUri(uri) ?? []);
    await this.readDisk();
  }

  async readDisk(): Promise<void> {
    const lists = await Promise.all(this.#folders.map(findContentFiles));
    const files = new Set(lists.flat());
    this.#onDisk.clear();
    for (const file of files) await this.readFile(file);
    this.#analysis = undefined;
  }

  /** Takes in what a file on disk holds now, or that it is gone. */
  async readFile(file: string): Promise<void> {
    const text = await readContentFile(file);
    if (text === undefined) this.#onDisk.delete(file);
    else this.#onDisk.set(file, TextDocument.create(uriOfName(file), LANGUAGE, 0, text));
    this.#analysis = undefined;
  }

  /** A document of the editor was opened or changed. */
  edit(document: TextDocument): void {
    this.#inEditor.set(nameOfUri(document.uri), document);
    this.#analysis = undefined;
  }

  close(uri: string): void {
    this.#inEditor.delete(nameOfUri(uri));
    this.#analysis = undefined;
  }

  /** The document that counts for a file: the editor's before the one on disk. */
  document(name: string): TextDocument | undefined {
    return this.#inEditor.get(name) ?? this.#onDisk.get(name);
  }

  documentOfUri(uri: string): TextDocument | undefined {
    return this.document(nameOfUri(uri));
  }

  /** The names of all files, folder by folder, so that the same files always link in the same order. */
  names(): readonly string[] {
    return [...new Set([...this.#onDisk.keys(), ...this.#inEditor.keys()])].sort(byFolder);
  }

  /** What all files mean together, as of now. */
  analyse(): Analysis {
    this.#analysis ??= this.#analyseAnew();
    return this.#analysis;
  }

  #analyseAnew(): Analysis {
    const files = this.names().map((file) => ({ file, text: this.document(file)?.getText() ?? '' }));
    const linked = linkContent(files);
    return { linked, findings: lint(linked) };
  }
}

/** Compares part by part: a folder's files stay together, as the command line reads them. */
function byFolder(a: string, b: string): number {
  const left = a.split(/[\\/]/);
  const right = b.split(/[\\/]/);
  const index = left.findIndex((part, at) => part !== right[at]);
  return (left[index] ?? '') < (right[index] ?? '') ? -1 : 1;
}
