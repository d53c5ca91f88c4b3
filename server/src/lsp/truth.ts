/** What the last scan saw, beside the text: judged anew from the kept observations whenever content has changed. */
import type { Machine } from '../machine/port.ts';
import type { Linked } from '../model/link.ts';
import type { SymbolDefinition } from '../model/symbols.ts';
import type { TruthFile, TruthMark, TruthOwner, TruthReply } from '../protocol/truth.ts';
import type { Judged } from '../scan/kept.ts';
import { isLocal } from './names.ts';
import { relatedIn } from './scan-related.ts';
import { contentFor } from './scan-scope.ts';
import { marksOf, type PlacedMark } from './truth-marks.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

/** The last scan, as far as it can be judged anew. */
export interface KeptScan {
  readonly name: string;
  readonly machine: Machine;
  readonly only: readonly string[] | undefined;
  /** What it was judged with, and what came of it. */
  readonly linked: Linked;
  readonly judged: Judged;
}

interface Answer {
  readonly linked: Linked;
  readonly judged: Judged;
  readonly marks: ReadonlyMap<string, readonly PlacedMark[]>;
}

/** One workspace's truth. */
export class Truth {
  readonly #workspace: Workspace;
  #scan: KeptScan | undefined;
  #answer: Answer | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Takes in a scan; `undefined` after one that failed: an earlier machine's truth would be taken for this one's. */
  take(scan: KeptScan | undefined): void {
    this.#scan = scan;
    this.#answer = scan && answerOf(scan, scan.linked, scan.judged);
  }

  /** What is true of some files as they stand now. */
  async of(uris: readonly string[], signal: AbortSignal): Promise<TruthReply> {
    const now = await this.#now(signal);
    if (!now) return { machine: null, files: [] };
    return { machine: now.name, files: uris.flatMap((uri) => this.#file(uri, now.answer) ?? []) };
  }

  /** Every verdict of content as it stands now; nothing while there was no scan, and after one that failed. */
  async judged(signal: AbortSignal): Promise<{ readonly name: string; readonly judged: Judged } | undefined> {
    const now = await this.#now(signal);
    return now && { name: now.name, judged: now.answer.judged };
  }

  /** The same with some patches left out, by id in lower case, from what was observed. */
  async judgedWithout(ids: ReadonlySet<string>, signal: AbortSignal): Promise<Judged | undefined> {
    const scan = this.#scan;
    if (!scan) return undefined;
    const { judgeWithout } = await import('../scan/kept.ts');
    const content = contentFor(this.#workspace.analyse().linked, scan.only);
    return judgeWithout(scan.machine, content, { signal, without: ids });
  }

  async #now(signal: AbortSignal): Promise<{ readonly name: string; readonly answer: Answer } | undefined> {
    const scan = this.#scan;
    if (!scan) return undefined;
    const { linked } = this.#workspace.analyse();
    const answer = this.#answer?.linked === linked ? this.#answer : await judgeNow(scan, linked, signal);
    if (this.#scan === scan) this.#answer = answer;
    return { name: scan.name, answer };
  }

  #file(uri: string, { linked, marks }: Answer): TruthFile | undefined {
    const document = this.#workspace.documentOfUri(uri);
    // A text that has come since is judged when it is asked about.
    if (!document || this.#workspace.analyse().linked !== linked) return undefined;
    const file = nameOfUri(uri);
    const declared = linked.symbols.definitions.filter((one) => one.at.file === file && !isLocal(one));
    const related = relatedIn(linked);
    const lineAt = (offset: number): number => document.positionAt(offset).line;
    const owners = declared.map((one): TruthOwner => ({
      id: one.name.toLowerCase(),
      line: lineAt(one.whole.start),
      endLine: lineAt(one.whole.end),
      dependsOn: [...related(one.name)],
      broken: !isSound(linked, one),
    }));
    const placed = (marks.get(file) ?? []).map((mark): TruthMark => {
      const { at, ...rest } = mark;
      const around = declared.filter(({ whole }) => whole.start <= at.start && at.end <= whole.end);
      // Of declarations within each other it belongs to the innermost.
      const owner = around.toSorted((one, other) => other.whole.start - one.whole.start)[0];
      return { ...rest, line: lineAt(at.end), owner: owner?.name.toLowerCase() ?? '' };
    });
    return { uri, version: document.version, owners, marks: placed };
  }
}

async function judgeNow(scan: KeptScan, linked: Linked, signal: AbortSignal): Promise<Answer> {
  const { judgeAgain } = await import('../scan/kept.ts');
  const judged = await judgeAgain(scan.machine, contentFor(linked, scan.only), signal);
  return answerOf(scan, linked, judged ?? { products: [], patches: [] });
}

function answerOf({ name, only }: KeptScan, linked: Linked, judged: Judged): Answer {
  const marks = new Map<string, PlacedMark[]>();
  for (const mark of marksOf(contentFor(linked, only), judged, name)) {
    const known = marks.get(mark.at.file);
    if (known) known.push(mark);
    else marks.set(mark.at.file, [mark]);
  }
  return { linked, judged, marks };
}

function isSound({ content }: Linked, { kind, name }: SymbolDefinition): boolean {
  const id = name.toLowerCase();
  if (kind === 'product') return content.products.has(id);
  if (kind === 'patch') return content.patches.has(id);
  return kind === 'check' ? content.checks.has(id) : true;
}
