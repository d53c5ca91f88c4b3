/** What the last scans saw, beside the text: judged anew from the kept observations whenever content has changed. */
import type { Machine } from '../machine/port.ts';
import type { Linked } from '../model/link.ts';
import type { SymbolDefinition } from '../model/symbols.ts';
import {
  targetKey,
  type FailedScan,
  type TargetName,
  type TruthFile,
  type TruthMachine,
  type TruthMark,
  type TruthOwner,
  type TruthReply,
} from '../protocol/truth.ts';
import type { Judged } from '../scan/kept.ts';
import type { ScanResult } from '../scan/result.ts';
import { isLocal } from './names.ts';
import { relatedIn } from './scan-related.ts';
import { contentFor } from './scan-scope.ts';
import { marksOf, type PlacedMark } from './truth-marks.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

/** So many machines are kept in memory with what was observed on them. */
const MOST_MACHINES = 5;

/** A scan, as far as it can be judged anew. */
export interface KeptScan {
  readonly target: TargetName;
  readonly machine: Machine;
  readonly only: readonly string[] | undefined;
  /** What it was judged with, and what came of it. */
  readonly linked: Linked;
  readonly result: ScanResult;
}

/** What is true now by a scan. */
export interface TruthNow {
  readonly scan: KeptScan;
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
  /** The latest first. */
  #scans: readonly KeptScan[] = [];
  #shown: KeptScan | undefined;
  /** By their keys those whose latest scan failed; and the latest scan of all, where it did. */
  readonly #failures = new Map<string, FailedScan>();
  #latestFailure: FailedScan | undefined;
  readonly #answers = new WeakMap<KeptScan, Answer>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Takes in a scan and shows it. */
  take(scan: KeptScan): void {
    const key = targetKey(scan.target);
    const others = this.#scans.filter((one) => targetKey(one.target) !== key);
    this.#scans = [scan, ...others].slice(0, MOST_MACHINES);
    this.#shown = scan;
    this.#failures.delete(key);
    this.#latestFailure = undefined;
    this.#answers.set(scan, answerOf(scan, scan.linked, scan.result));
  }

  /** Takes in that a scan failed: what is shown stays, and where it is of the same machine it is said to be of an earlier scan. */
  failed(target: TargetName, code: string): void {
    const failure: FailedScan = { target: textOf(target), code };
    this.#latestFailure = failure;
    if (this.kept(targetKey(target))) this.#failures.set(targetKey(target), failure);
  }

  machines(): readonly TruthMachine[] {
    return this.#scans.map((scan) => {
      const shown = scan === this.#shown;
      const failed = this.#failureOf(scan);
      return {
        key: targetKey(scan.target),
        name: scan.result.machine.name,
        target: textOf(scan.target),
        kind: scan.target.kind,
        scanned: scan.result.started,
        whole: scan.only === undefined,
        shown,
        ...(failed && { failed }),
        ...(shown && this.#latestFailure && { after: this.#latestFailure }),
      };
    });
  }

  #failureOf(scan: KeptScan): FailedScan | undefined {
    return this.#failures.get(targetKey(scan.target));
  }

  kept(key: string): KeptScan | undefined {
    return this.#scans.find((scan) => targetKey(scan.target) === key);
  }

  /** Whether there is such a machine. */
  show(key: string): boolean {
    const found = this.kept(key);
    if (found) this.#shown = found;
    return found !== undefined;
  }

  /** What is true of some files as they stand now, by the scan that is shown. */
  async of(uris: readonly string[], signal: AbortSignal): Promise<TruthReply> {
    const scan = this.#shown;
    if (!scan) return { machine: null, files: [] };
    const answer = await this.#answer(scan, signal);
    const failed = this.#failureOf(scan);
    return {
      machine: scan.result.machine.name,
      ...(failed && { earlier: { scanned: scan.result.started, failed } }),
      files: uris.flatMap((uri) => this.#file(uri, answer) ?? []),
    };
  }

  /** Every verdict of content as it stands now; nothing while there was no scan. */
  async judged(signal: AbortSignal): Promise<{ readonly name: string; readonly judged: Judged } | undefined> {
    const scan = this.#shown;
    return scan && { name: scan.result.machine.name, judged: (await this.#answer(scan, signal)).judged };
  }

  /** The same with some patches left out, by id in lower case, from what was observed. */
  async judgedWithout(ids: ReadonlySet<string>, signal: AbortSignal): Promise<Judged | undefined> {
    const scan = this.#shown;
    if (!scan) return undefined;
    const { judgeWithout } = await import('../scan/kept.ts');
    const content = contentFor(this.#workspace.analyse().linked, scan.only);
    return judgeWithout(scan.machine, content, { signal, without: ids });
  }

  /** What is true now on a machine that is kept, whether it is shown or not. */
  async now(key: string, signal: AbortSignal): Promise<TruthNow | undefined> {
    const scan = this.kept(key);
    if (!scan) return undefined;
    const { linked, judged } = await this.#answer(scan, signal);
    return { scan, linked, judged };
  }

  async #answer(scan: KeptScan, signal: AbortSignal): Promise<Answer> {
    const { linked } = this.#workspace.analyse();
    const known = this.#answers.get(scan);
    if (known?.linked === linked) return known;
    const answer = await judgeNow(scan, linked, signal);
    this.#answers.set(scan, answer);
    return answer;
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

/** A target as it was asked for. */
const textOf = (target: TargetName): string => (target.kind === 'machine' ? target.host : target.path);

async function judgeNow(scan: KeptScan, linked: Linked, signal: AbortSignal): Promise<Answer> {
  const { judgeAgain } = await import('../scan/kept.ts');
  const judged = await judgeAgain(scan.machine, contentFor(linked, scan.only), signal);
  return answerOf(scan, linked, judged ?? { products: [], patches: [] });
}

function answerOf({ only, result }: KeptScan, linked: Linked, judged: Judged): Answer {
  const marks = new Map<string, PlacedMark[]>();
  for (const mark of marksOf(contentFor(linked, only), judged, result.machine.name)) {
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
