/**
 * What is known of one file's lines between an edit and the server's next answer: marks move with their lines, and those
 * that an edit may have made wrong are stale at once. Knows nothing of the editor.
 */
import type { TruthFile, TruthMark, TruthOwner } from '../../../../server/src/protocol/truth.ts';

export interface KeptMark extends TruthMark {
  readonly stale: boolean;
}

export interface KeptTruth {
  readonly owners: readonly TruthOwner[];
  readonly marks: readonly KeptMark[];
}

/** One change of a text: the lines that it replaces, and the text that comes instead. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** The server's answer; marks of declarations that have a mistake now stay, as stale as they are. */
export function takeAnswer(before: KeptTruth | undefined, answer: TruthFile): KeptTruth {
  const broken = new Set(answer.owners.filter((owner) => owner.broken).map(({ id }) => id));
  const left = (before?.marks ?? []).filter(({ owner }) => broken.has(owner));
  return {
    owners: answer.owners,
    marks: [
      ...answer.marks.map((mark) => ({ ...mark, stale: false })),
      ...left.map((mark) => ({ ...mark, stale: true })),
    ],
  };
}

/** The declarations that a change touches; `undefined` where it adds something outside of all. */
export function touchedBy(truth: KeptTruth, changes: readonly LineChange[]): ReadonlySet<string> | undefined {
  const touched = new Set<string>();
  for (const { startLine, endLine, text } of changes) {
    const around = truth.owners.filter((owner) => owner.line <= endLine && startLine <= owner.endLine);
    if (around.length === 0 && text.trim() !== '') return undefined;
    for (const { id } of around) touched.add(id);
  }
  return touched;
}

/** Makes stale what stands in a touched declaration or depends on one; all of it where that is not known. */
export function madeStale(truth: KeptTruth, touched: ReadonlySet<string> | undefined): KeptTruth {
  const reached = new Set(
    truth.owners.filter(({ dependsOn }) => dependsOn.some((id) => touched?.has(id) ?? true)).map(({ id }) => id),
  );
  const isStale = (owner: string): boolean => touched === undefined || touched.has(owner) || reached.has(owner);
  return { ...truth, marks: truth.marks.map((mark) => (isStale(mark.owner) ? { ...mark, stale: true } : mark)) };
}

/** Moves marks and declarations with the lines that come or go above them. */
export function moved(truth: KeptTruth, changes: readonly LineChange[]): KeptTruth {
  // The editor tells changes of one text by places of the text before; from the last one up none moves another.
  return changes.toSorted((one, other) => other.startLine - one.startLine).reduce(movedBy, truth);
}

function movedBy(truth: KeptTruth, { startLine, endLine, text }: LineChange): KeptTruth {
  const delta = text.split('\n').length - 1 - (endLine - startLine);
  if (delta === 0) return truth;
  const shift = (line: number): number => (line > endLine ? line + delta : line);
  const end = (line: number): number => (line >= endLine ? line + delta : line);
  const last = endLine + delta;
  return {
    owners: truth.owners.map((owner) => ({ ...owner, line: shift(owner.line), endLine: end(owner.endLine) })),
    marks: truth.marks.map((mark) => ({
      ...mark,
      line: mark.line > endLine ? mark.line + delta : Math.min(mark.line, Math.max(last, startLine)),
    })),
  };
}
