/** The one piece of state of the language server: the files of the workspace, and what they mean together. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Linked } from '../model/link.ts';
import type { Finding } from '../model/source.ts';
import { WorkspaceAnalysis } from './analysis.ts';
import { findContentFiles, readContentFile, readSeverities } from './disk.ts';
import { nameOfUri, pathOfUri, uriOfName } from './uris.ts';

const LANGUAGE = 'detect';
/** Files that are read at the same time. */
const READERS = 16;

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
  #names: readonly string[] | undefined;
  #analysed: Analysis | undefined;
  /** What is found, file by file. */
  readonly analysis = new WorkspaceAnalysis(byFolder);

  /** Reads every content file of the folders; what was known from disk before is forgotten. */
  async setFolders(uris: readonly string[]): Promise<void> {
    this.#folders = uris.flatMap((uri) => pathOfUri(uri) ?? []);
    await this.readDisk();
  }

  async readDisk(): Promise<void> {
    const lists = await Promise.all(this.#folders.map(findContentFiles));
    const files = new Set(lists.flat());
    for (const file of [...this.#onDisk.keys()].filter((one) => !files.has(one))) this.#forgetDisk(file);
    const waiting = [...files];
    const readOn = async (): Promise<void> => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) await this.readFile(file);
    };
    await Promise.all(Array.from({ length: READERS }, readOn));
    await this.readSettings();
  }

  /** Takes in what the folders' `patchlab.json` say; of several folders the later ones win. */
  async readSettings(): Promise<void> {
    const all = await Promise.all(this.#folders.map(readSeverities));
    this.analysis.setSeverities({ severities: new Map(all.flatMap((one) => [...one])) });
    this.#analysed = undefined;
  }

  /** Takes in what a file on disk holds now, or that it is gone. */
  async readFile(file: string): Promise<void> {
    const text = await readContentFile(file);
    if (text === undefined) return this.#forgetDisk(file);
    this.#onDisk.set(file, TextDocument.create(uriOfName(file), LANGUAGE, 0, text));
    this.#changed(file);
  }

  /** A document of the editor was opened or changed. */
  edit(document: TextDocument): void {
    const file = nameOfUri(document.uri);
    this.#inEditor.set(file, document);
    this.#changed(file);
  }

  close(uri: string): void {
    const file = nameOfUri(uri);
    this.#inEditor.delete(file);
    this.#changed(file);
  }

  #forgetDisk(file: string): void {
    this.#onDisk.delete(file);
    this.#changed(file);
  }

  #changed(file: string): void {
    const document = this.document(file);
    if (document) this.analysis.set(file, document.getText());
    else this.analysis.delete(file);
    this.#names = undefined;
    this.#analysed = undefined;
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
    this.#names ??= [...new Set([...this.#onDisk.keys(), ...this.#inEditor.keys()])].sort(byFolder);
    return this.#names;
  }

  /** What all files mean together, as of now; each part is made when it is asked for. */
  analyse(): Analysis {
    const { analysis } = this;
    this.#analysed ??= {
      get linked() {
        return analysis.linked();
      },
      get findings() {
        return analysis.findings();
      },
    };
    return this.#analysed;
  }
}

const SLASH = 47;
const BACKSLASH = 92;

/** Compares part by part: a folder's files stay together, as the command line reads them. */
function byFolder(a: string, b: string): number {
  const rank = (code: number): number => (code === SLASH || code === BACKSLASH ? -1 : code);
  for (let index = 0; index < a.length && index < b.length; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
