/** The one piece of state of the language server: the files of the workspace, and what they mean together. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Linked } from '../model/link.ts';
import { lowerFile, type LoweredFile } from '../model/lower/file.ts';
import type { Finding } from '../model/source.ts';
import { isPatchXml } from '../patchxml/read.ts';
import { isTooLarge } from '../syntax/limits.ts';
import { FEW_FILES, WorkspaceAnalysis } from './analysis.ts';
import { Named } from './closed/named.ts';
import { Recent } from './closed/recent.ts';
import { Slice } from './closed/slice.ts';
import { isSurelySame, stampOf, type Stamp } from './closed/stamp.ts';
import {
  linesOf,
  programVersion,
  readStore,
  removeOldStores,
  storeOf,
  writeStore,
  type KeptFile,
} from './closed/store.ts';
import { Summary } from './closed/summary.ts';
import type { ValueKind } from './completion/values.ts';
import { findContentFiles, readContentFile, readContentNow, readSeverities } from './disk.ts';
import type { Placed } from './ranges.ts';
import { nameOfUri, pathOfUri, uriOfName } from './uris.ts';

const LANGUAGE = 'detect';
/** So many closed files are kept as they were read or lowered last: few, so that all of a workspace in turn leaves nothing that lives long. */
const RECENT = 4;

export interface Analysis {
  readonly linked: Linked;
  readonly findings: readonly Finding[];
}

export class Workspace {
  /** Files as they lie on disk, by name. */
  readonly #onDisk = new Map<string, Summary | Named>();
  /** Files as they stand in the editor: these count, saved or not. */
  readonly #inEditor = new Map<string, TextDocument>();
  readonly #read = new Recent<Summary | Named, TextDocument | undefined>(RECENT);
  readonly #lowered = new Recent<Summary, LoweredFile | undefined>(RECENT);
  readonly #values = new Map<ValueKind, readonly string[]>();
  /** Of the files on disk. */
  readonly #stamps = new Map<string, Stamp>();
  #folders: readonly string[] = [];
  /** Something is not kept yet. */
  #isNew = false;
  /** The folder for what is kept from one start to the next; without one nothing is. */
  cache: string | undefined;
  readonly version: string | undefined;
  /** What is found, file by file. */
  readonly analysis = new WorkspaceAnalysis({
    order: inFolders,
    lower: (file) => this.#lower(file),
    learn: (file, fingerprint) =>
      this.#onDisk.get(file)?.fingerprint === fingerprint ? this.#learned(file) : undefined,
  });
  /** All files have been read: before that, what an earlier server has kept is more. */
  #isRead = false;
  /** Called when a file on disk turns out to be another than the one that was taken in. */
  onChangedOnDisk: (file: string) => void = () => undefined;

  constructor(version = programVersion()) {
    this.version = version;
  }

  /** Reads every content file of the folders; what was known from disk before is forgotten. */
  async setFolders(uris: readonly string[]): Promise<void> {
    this.#folders = uris.flatMap((uri) => pathOfUri(uri) ?? []);
    await this.readDisk();
  }

  async readDisk(): Promise<void> {
    const lists = await Promise.all(this.#folders.map(findContentFiles));
    const files = new Set(lists.flat());
    for (const file of [...this.#onDisk.keys()].filter((one) => !files.has(one))) this.#forgetDisk(file);
    const kept = this.#onDisk.size === 0 ? this.#kept() : undefined;
    this.#isRead = false;
    const slice = new Slice();
    for (const file of files) {
      if (!this.#takeKnown(file, kept?.get(file))) this.#readNow(file);
      await slice.end();
    }
    this.#isRead = true;
    await this.readSettings();
  }

  /** What an earlier server has kept of the folders. */
  #kept(): ReadonlyMap<string, KeptFile> | undefined {
    const { cache, version } = this;
    if (cache === undefined || version === undefined) return undefined;
    return readStore(storeOf(cache, this.#folders), version);
  }

  /** Takes in a file as it was kept, where it is the same; tells whether it did. */
  #takeKnown(file: string, kept: KeptFile | undefined): boolean {
    if (!kept) return false;
    const stamp = stampOf(file);
    if (!stamp) return false;
    if (isSurelySame(kept.stamp, stamp)) this.#takeKept(file, kept);
    else {
      const text = readContentNow(file);
      if (text === undefined || !kept.summary.isText(text)) return false;
      this.#isNew = true;
      this.#takeKept(file, { ...kept, stamp });
    }
    return true;
  }

  #readNow(file: string): void {
    const stamp = stampOf(file);
    const text = readContentNow(file);
    if (stamp === undefined || text === undefined) this.#forgetDisk(file);
    else if (this.#onDisk.has(file) || isPatchXml(file) || isTooLarge(text)) this.#take(file, text, stamp);
    else this.#takeNew(new Named(file, text), stamp);
  }

  #takeKept(file: string, { summary, stamp, lint }: KeptFile): void {
    this.#stamps.set(file, stamp);
    this.#onDisk.set(file, summary);
    const document = this.#inEditor.get(file);
    if (document) this.analysis.set(file, document.getText());
    else this.analysis.setClosed(file, summary, lint);
  }

  /** Keeps what is known of closed files for the next server. Small workspaces are as fast without. */
  async keep(): Promise<void> {
    const { cache, version } = this;
    if (!this.#isNew || !this.#isRead || cache === undefined || version === undefined) return;
    if (this.#onDisk.size <= FEW_FILES) return;
    this.#isNew = false;
    await writeStore(storeOf(cache, this.#folders), version, this.#lines());
    await removeOldStores(cache);
  }

  async *#lines(): AsyncGenerator<Buffer> {
    const slice = new Slice();
    for (const [file, summary] of this.#onDisk) {
      const stamp = this.#stamps.get(file);
      if (stamp && summary instanceof Summary) yield* linesOf({ stamp, summary, lint: this.analysis.keptOf(file) });
      await slice.end();
    }
  }

  /** Takes in what the folders' `patchlab.json` say; of several folders the later ones win. */
  async readSettings(): Promise<void> {
    const all = await Promise.all(this.#folders.map(readSeverities));
    this.analysis.setSeverities({ severities: new Map(all.flatMap((one) => [...one])) });
  }

  /** Takes in what a file on disk holds now, or that it is gone. */
  async readFile(file: string): Promise<void> {
    const stamp = stampOf(file);
    const text = await readContentFile(file);
    if (text === undefined || stamp === undefined) return this.#forgetDisk(file);
    this.#take(file, text, stamp);
  }

  #take(file: string, text: string, stamp: Stamp): void {
    if (this.#onDisk.get(file)?.isText(text) === true) {
      this.#stamps.set(file, stamp);
      this.#isNew = true;
    } else this.#takeNew(Summary.of(lowerFile(file, text)), stamp);
  }

  #takeNew(summary: Summary | Named, stamp: Stamp): void {
    const { file, fingerprint } = summary;
    this.#stamps.set(file, stamp);
    this.#isNew = true;
    if (this.#onDisk.get(file)?.fingerprint === fingerprint) return;
    this.#onDisk.set(file, summary);
    this.#values.clear();
    this.#changed(file);
  }

  #forgetDisk(file: string): void {
    this.#stamps.delete(file);
    if (this.#onDisk.delete(file)) {
      this.#values.clear();
      this.#isNew = true;
    }
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
    this.#learned(file);
    this.#changed(file);
  }

  #changed(file: string): void {
    const document = this.#inEditor.get(file);
    const summary = this.#onDisk.get(file);
    if (document) this.analysis.set(file, document.getText());
    else if (summary) this.analysis.setClosed(file, summary);
    else this.analysis.delete(file);
  }

  /** The document that counts for a file: the editor's before the one on disk, which is read for it. */
  document(name: string): TextDocument | undefined {
    return this.#inEditor.get(name) ?? this.#documentOnDisk(name);
  }

  documentOfUri(uri: string): TextDocument | undefined {
    return this.document(nameOfUri(uri));
  }

  /** What stands where in a file, as its document tells it, without reading it. */
  placed(name: string): Placed | undefined {
    const onDisk = this.#onDisk.has(name) && {
      uri: uriOfName(name),
      version: 0,
      positionAt: (offset: number) => this.#learned(name)?.lines().positionAt(offset) ?? NOWHERE,
    };
    return this.#inEditor.get(name) ?? (onDisk || undefined);
  }

  /** The documents of the editor. */
  openDocuments(): Iterable<TextDocument> {
    return this.#inEditor.values();
  }

  /** Values that files on disk use, each once; of those that have not been looked at yet none. */
  valuesOnDisk(kind: ValueKind): readonly string[] {
    const known = this.#values.get(kind);
    if (known) return known;
    const found = new Set<string>();
    for (const file of this.names()) {
      const summary = this.#onDisk.get(file);
      if (summary instanceof Summary) for (const value of summary.values()[kind]) found.add(value);
    }
    const values = [...found];
    this.#values.set(kind, values);
    return values;
  }

  #documentOnDisk(file: string): TextDocument | undefined {
    const summary = this.#onDisk.get(file);
    return (
      summary &&
      this.#read.get(summary, () => {
        const text = this.#textOf(summary);
        return text === undefined ? undefined : TextDocument.create(uriOfName(file), LANGUAGE, 0, text);
      })
    );
  }

  /** What is kept of a file on disk, made now where only its names were known; undefined where its text is another by now. */
  #learned(file: string): Summary | undefined {
    const known = this.#onDisk.get(file);
    if (known === undefined || known instanceof Summary) return known;
    const text = this.#textOf(known);
    if (text === undefined) return undefined;
    const lowered = lowerFile(file, text);
    const summary = Summary.of(lowered);
    this.#lowered.get(summary, () => lowered);
    this.#onDisk.set(file, summary);
    this.#values.clear();
    return summary;
  }

  #lower(file: string): LoweredFile | undefined {
    const summary = this.#learned(file);
    return (
      summary &&
      this.#lowered.get(summary, () => {
        const text = this.#textOf(summary);
        return text === undefined ? undefined : lowerFile(file, text);
      })
    );
  }

  /** The text of a file as it was taken in; undefined where it is another by now, which is then taken in soon. */
  #textOf(summary: Summary | Named): string | undefined {
    const text = readContentNow(summary.file);
    if (text !== undefined && summary.isText(text)) return text;
    this.onChangedOnDisk(summary.file);
    return undefined;
  }

  /** The names of all files, folder by folder, so that the same files always link in the same order. */
  names(): readonly string[] {
    return this.analysis.index.files();
  }

  /** What all files mean together, as of now; each part is made when it is asked for. */
  analyse(): Analysis {
    const { analysis } = this;
    return {
      get linked() {
        return analysis.linked();
      },
      get findings() {
        return analysis.findings();
      },
    };
  }
}

/** What orders files part by part: a folder's files stay together, as the command line reads them. */
const inFolders = (file: string): string => file.replace(/[\\/]/g, '\u0000');

/** Of a text that is not there any more. */
const NOWHERE = { line: 0, character: 0 };
