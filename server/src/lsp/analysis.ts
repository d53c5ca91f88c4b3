/**
 * What is found in a workspace, kept up to date file by file: after an edit, what its file says by itself and what others say
 * of its names is known at once; what needs all files together follows when it is asked for, or when the editor is quiet.
 */
import { withSeverities, type Severities } from '../lint/severities.ts';
import { findingsOfFile, lintAlone, type ByRule } from '../lint/by-file.ts';
import { lintStretches } from '../lint/by-stretch.ts';
import { ContentIndex } from '../model/content-index.ts';
import type { SupersedenceEdge } from '../model/content.ts';
import { declarationsOf, type Declarations } from '../model/declarations.ts';
import type { ClosedFile } from '../model/indexed/entry.ts';
import type { LoweredFile } from '../model/lower/file.ts';
import type { Linked } from '../model/link.ts';
import type { Finding } from '../model/source.ts';
import type { Named } from './closed/named.ts';
import { Summary } from './closed/summary.ts';
import { lintKey, type KeptLint } from './lint-key.ts';
import { changeOf, moved, type Change } from './moved.ts';
import { Together } from './together.ts';

/** Up to so many files everything is looked at with each change: nothing lags behind. */
export const FEW_FILES = 100;
const NOTHING: ByRule = new Map();

export interface AnalysisOptions {
  /** By what the files are ordered: of two declarations with one name the first counts. */
  readonly order?: (file: string) => string;
  readonly fewFiles?: number;
  /** Lowers a closed file from its text as it was taken in; undefined where that is not there any more. */
  readonly lower?: (file: string) => LoweredFile | undefined;
  /** All that is kept of a closed file of which only the names were known; undefined where its text is not there any more. */
  readonly learn?: (file: string, fingerprint: string) => ClosedFile | undefined;
}

export class WorkspaceAnalysis {
  readonly #index: ContentIndex;
  readonly #together: Together;
  readonly #findings = new Map<string, readonly Finding[]>();
  /** What the rules find that look at one file; only where there is anything. */
  readonly #alone = new Map<string, ByRule>();
  /** Of closed files, what the rules found before, and for what. */
  readonly #kept = new Map<string, KeptLint>();
  /** Files as they are, whose rules wait until all files are looked at. */
  readonly #waiting = new Set<string>();
  /** New texts or summaries; without one the file is gone. */
  #pending = new Map<string, string | Summary | Named | undefined>();
  #isWhole = true;
  #told = new Set<string>();
  #all: readonly Finding[] | undefined;

  readonly #fewFiles: number;
  #severities: Severities = {};
  /** The day from which on rules have looked. */
  readonly #began = today();

  constructor({ fewFiles = FEW_FILES, ...options }: AnalysisOptions = {}) {
    this.#index = new ContentIndex(options);
    this.#together = new Together(this.#index);
    this.#fewFiles = fewFiles;
  }

  /** Severities as the workspace wants them: everything is judged anew. */
  setSeverities(severities: Severities): void {
    if (!severities.severities?.size && !this.#severities.severities?.size) return;
    this.#severities = severities;
    for (const file of this.#index.files()) this.#judge(file);
  }

  /** Takes in the text of a file that is worked on. */
  set(file: string, text: string): void {
    this.#pending.set(file, text);
  }

  /** Takes in a file that is not; `kept` is what rules found in it when it was last looked at. */
  setClosed(file: string, summary: Summary | Named, kept?: KeptLint): void {
    this.#pending.set(file, summary);
    if (kept) this.#kept.set(file, kept);
  }

  delete(file: string): void {
    this.#pending.set(file, undefined);
  }

  /** The findings of one file. Those that need all files are as of the last look at all of them. */
  findingsOf(file: string): readonly Finding[] {
    this.#update();
    return this.#findings.get(file) ?? [];
  }

  /** The files of which something new may be told since the last call. */
  takeChanged(): ReadonlySet<string> {
    this.#update();
    const changed = this.#told;
    this.#told = new Set();
    return changed;
  }

  /** Whether the findings that need all files are up to date. */
  get isWhole(): boolean {
    this.#update();
    return this.#isWhole;
  }

  /** The names, facts and files as of now. */
  get index(): Omit<ContentIndex, 'set' | 'setClosed' | 'delete' | 'update'> {
    this.#update();
    return this.#index;
  }

  /** The names of all files as of now. */
  declarations(): Declarations {
    this.#update();
    return declarationsOf(this.#index);
  }

  /** Who supersedes whom, as of the last look at all files. */
  supersedence(): readonly SupersedenceEdge[] {
    this.#update();
    return this.#together.edges;
  }

  /** Who supersedes whom as of now. */
  supersedenceNow(): readonly SupersedenceEdge[] {
    this.#update();
    for (const _ of this.#together.lookAtEdges());
    return this.#together.edges;
  }

  /** All content, linked. */
  linked(): Linked {
    this.#update();
    return this.#index.whole();
  }

  /** All findings, in the order of files and places. */
  findings(): readonly Finding[] {
    this.lookAtAll();
    this.#all ??= [...this.#findings].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, findings]) => findings);
    return this.#all;
  }

  /** Brings the findings that need all files up to date. */
  lookAtAll(): void {
    while (!this.lookFor(Infinity));
  }

  /** Does as much of that as some milliseconds allow; tells whether nothing is left to do. */
  lookFor(milliseconds: number): boolean {
    this.#update();
    if (this.#isWhole) return true;
    const until = performance.now() + milliseconds;
    for (const file of this.#waiting) {
      this.#lint(file);
      this.#judge(file);
      if (performance.now() > until) return false;
    }
    for (const file of this.#together.look()) {
      if (file !== undefined) this.#judge(file);
      if (performance.now() > until) return false;
    }
    this.#isWhole = true;
    return true;
  }

  /** What the rules found in a closed file, to be taken in again with `setClosed`. */
  keptOf(file: string): KeptLint | undefined {
    const kept = this.#kept.get(file);
    if (kept || !this.#closedOf(file) || this.#waiting.has(file) || today() !== this.#began) return kept;
    return { key: lintKey(this.#index, file, today()), found: this.#alone.get(file) ?? NOTHING };
  }

  #update(): void {
    if (this.#pending.size === 0) return;
    const edited = new Set<string>();
    for (const [file, change] of this.#pending) {
      this.#take(file, change);
      if (typeof change !== 'object') edited.add(file);
    }
    this.#pending = new Map();
    const { linked, used } = this.#index.update();
    // One that was closed and waits for its turn has it as soon as somebody looks at it.
    for (const file of edited) {
      if (linked.has(file) || !this.#waiting.has(file)) continue;
      this.#lint(file);
      this.#judge(file);
    }
    if (linked.size === 0) return;
    this.#isWhole = false;
    this.#together.changed(linked);
    for (const file of linked) {
      if (edited.has(file)) this.#lint(file);
      else this.#waiting.add(file);
      this.#judge(file);
    }
    for (const file of used) this.#waiting.add(file);
    if (this.#index.size <= this.#fewFiles) this.lookAtAll();
  }

  /** Until all files are looked at again, what was found by that stays with the words that it was found at. */
  #take(file: string, change: string | Summary | Named | undefined): void {
    const before = this.#index.textOf(file);
    this.#together.willChange(file);
    if (change === undefined) this.#index.delete(file);
    else if (typeof change === 'string') this.#index.set(file, change);
    else this.#index.setClosed(file, change);
    if (typeof change !== 'object') this.#kept.delete(file);
    if (typeof change !== 'string' || before === undefined || before === change) return;
    let by: Change | undefined;
    this.#together.move(file, (findings) => moved(findings, (by ??= changeOf(before, change))));
  }

  #lint(file: string): void {
    this.#waiting.delete(file);
    const found = this.#keptFor(file) ?? this.#lintAlone(file);
    this.#kept.delete(file);
    if (found.size > 0) this.#alone.set(file, found);
    else this.#alone.delete(file);
  }

  /** A file that is worked on is looked at in stretches: most of them are as they were. */
  #lintAlone(file: string): ByRule {
    const content = this.#index.contentOf(file);
    const settings = { today: today() };
    if (this.#index.textOf(file) === undefined) return lintAlone(file, content, settings);
    return lintStretches({ file, stretches: this.#index.loweredOf(file)?.stretches ?? [] }, content, settings);
  }

  /** What was found in a closed file under the same circumstances. */
  #keptFor(file: string): ByRule | undefined {
    const kept = this.#kept.get(file);
    return kept && kept.key === lintKey(this.#index, file, today()) ? kept.found : undefined;
  }

  #judge(file: string): void {
    this.#all = undefined;
    this.#told.add(file);
    const found = this.#index.has(file) ? this.#found(file) : [];
    if (found.length === 0) this.#findings.delete(file);
    else this.#findings.set(file, found);
  }

  #closedOf(file: string): Summary | undefined {
    const closed = this.#index.textOf(file) === undefined ? this.#index.closedOf(file) : undefined;
    return closed instanceof Summary ? closed : undefined;
  }

  #found(file: string): readonly Finding[] {
    const alone = this.#alone.get(file) ?? NOTHING;
    const { linked, found } = this.#together.of(file);
    // In its turn it is looked at; until then there is nothing to say.
    if (this.#index.isNamed(file)) return [];
    const own = [...this.#index.findingsOf(file), ...linked];
    const closed = this.#closedOf(file);
    if (own.length + alone.size + found.size === 0 && closed?.mayAllow === false) return [];
    // Only comments that allow something and fixes in XML are looked up in the text.
    const text =
      this.#index.textOf(file) ?? (closed?.mayAllow === false && !isXml(file) ? '' : this.#index.loweredOf(file)?.text);
    return withSeverities(findingsOfFile({ file, text: text ?? '' }, own, [alone, found]), this.#severities);
  }
}

const isXml = (file: string): boolean => file.endsWith('.xml');

/** What the rules compare dates with. */
const today = (): string => new Date().toISOString().slice(0, 10);
