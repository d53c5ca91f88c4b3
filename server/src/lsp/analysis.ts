/**
 * What is found in a workspace, kept up to date file by file: after an edit, what its file says by itself and what others say
 * of its names is known at once; what needs all files together follows when it is asked for, or when the editor is quiet.
 */
import { withSeverities, type Severities } from '../lint/severities.ts';
import { findingsOfFile, lintAlone, lintTogether, type ByRule } from '../lint/by-file.ts';
import { ContentIndex } from '../model/content-index.ts';
import type { SupersedenceEdge } from '../model/content.ts';
import type { Declarations } from '../model/declarations.ts';
import type { LoweredFile } from '../model/lower/file.ts';
import type { Linked } from '../model/link.ts';
import type { Finding } from '../model/source.ts';
import { changeOf, moved } from './moved.ts';

/** What only all files together tell of one of them. */
interface Together {
  readonly linked: readonly Finding[];
  readonly found: ByRule;
}

/** Up to so many files everything is looked at with each change: nothing lags behind. */
const FEW_FILES = 100;
const NOTHING: Together = { linked: [], found: new Map() };

export class WorkspaceAnalysis {
  readonly #index: ContentIndex;
  readonly #findings = new Map<string, readonly Finding[]>();
  /** What the rules find that look at one file; only where there is anything. */
  readonly #alone = new Map<string, ByRule>();
  /** Files whose own text is as it was, and whose rules wait until all files are looked at. */
  readonly #waiting = new Set<string>();
  /** New texts; without one the file is gone. */
  readonly #pending = new Map<string, string | undefined>();
  #together = new Map<string, Together>();
  #isWhole = true;
  #edges: readonly SupersedenceEdge[] = [];
  #told = new Set<string>();
  #all: readonly Finding[] | undefined;

  readonly #fewFiles: number;
  #severities: Severities = {};

  constructor(order: (a: string, b: string) => number, fewFiles = FEW_FILES) {
    this.#index = new ContentIndex(order);
    this.#fewFiles = fewFiles;
  }

  /** Severities as the workspace wants them: everything is judged anew. */
  setSeverities(severities: Severities): void {
    if (!severities.severities?.size && !this.#severities.severities?.size) return;
    this.#severities = severities;
    for (const file of this.#index.files()) this.#judge(file);
  }

  set(file: string, text: string): void {
    this.#pending.set(file, text);
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

  /** Every file as it was lowered, in their order. */
  *lowered(): Iterable<LoweredFile> {
    this.#update();
    for (const file of this.#index.files()) {
      const lowered = this.#index.loweredOf(file);
      if (lowered) yield lowered;
    }
  }

  /** The names of all files as of now. */
  declarations(): Declarations {
    this.#update();
    return this.#index.declarations();
  }

  /** Who supersedes whom, as of the last look at all files. */
  supersedence(): readonly SupersedenceEdge[] {
    this.#update();
    return this.#edges;
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
    this.#update();
    if (this.#isWhole) return;
    this.#isWhole = true;
    const whole = this.#index.whole();
    this.#edges = whole.content.supersedence;
    const before = this.#together;
    this.#together = togetherOf(whole);
    const changed = new Set([...before.keys(), ...this.#together.keys()]);
    for (const file of this.#waiting) {
      this.#lint(file);
      changed.add(file);
    }
    this.#waiting.clear();
    for (const file of changed) this.#judge(file);
  }

  #update(): void {
    if (this.#pending.size === 0) return;
    const edited = new Set(this.#pending.keys());
    for (const [file, text] of this.#pending) this.#take(file, text);
    this.#pending.clear();
    const changed = this.#index.update();
    if (changed.size === 0) return;
    this.#isWhole = false;
    for (const file of changed) {
      if (edited.has(file)) this.#lint(file);
      else this.#waiting.add(file);
      this.#judge(file);
    }
    const files = this.#index.files().length;
    if (files <= this.#fewFiles || changed.size > files / 2) this.lookAtAll();
  }

  /** Until all files are looked at again, what was found by that stays with the words that it was found at. */
  #take(file: string, text: string | undefined): void {
    const before = this.#index.textOf(file);
    const together = this.#together.get(file);
    if (text === undefined) this.#index.delete(file);
    else this.#index.set(file, text);
    if (text === undefined || before === undefined || together === undefined || before === text) return;
    const change = changeOf(before, text);
    const found = [...together.found].map(([rule, findings]) => [rule, moved(findings, change)] as const);
    this.#together.set(file, { linked: moved(together.linked, change), found: new Map(found) });
  }

  #lint(file: string): void {
    this.#waiting.delete(file);
    const found = lintAlone(file, this.#index.contentOf(file), today());
    if (found.size > 0) this.#alone.set(file, found);
    else this.#alone.delete(file);
  }

  #judge(file: string): void {
    this.#all = undefined;
    this.#told.add(file);
    const text = this.#index.textOf(file);
    if (text === undefined) {
      this.#findings.delete(file);
      return;
    }
    const alone = this.#alone.get(file) ?? NOTHING.found;
    const { linked, found } = this.#together.get(file) ?? NOTHING;
    const own = [...this.#index.findingsOf(file), ...linked];
    const findings = withSeverities(findingsOfFile({ file, text }, own, [alone, found]), this.#severities);
    if (findings.length === 0) this.#findings.delete(file);
    else this.#findings.set(file, findings);
  }
}

/** What the rules compare dates with. */
const today = (): { readonly today: string } => ({ today: new Date().toISOString().slice(0, 10) });

function togetherOf({ content, findings }: Linked): Map<string, Together> {
  const linked = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = linked.get(finding.at.file);
    if (list) list.push(finding);
    else linked.set(finding.at.file, [finding]);
  }
  const found = lintTogether(content, today());
  const files = new Set([...linked.keys(), ...found.keys()]);
  return new Map(
    [...files].map((file) => [file, { linked: linked.get(file) ?? [], found: found.get(file) ?? NOTHING.found }]),
  );
}
