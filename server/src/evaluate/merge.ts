/** `one per`: the first instance for each value; 64-bit before 32-bit, the machine before users (language.md 4.3). */
import { lookup, type Context } from './context.ts';
import { cleanPath } from './file-paths.ts';
import type { Candidate } from './instances.ts';
import { precedence } from './listing.ts';
import { fold } from './text.ts';
import { textOf } from './values.ts';

/** The candidates that remain, or undefined while their values are still being read. */
export function mergeCandidates(
  context: Context,
  candidates: readonly Candidate[],
  onePer: readonly string[],
): readonly Candidate[] | undefined {
  if (onePer.length === 0) return candidates;
  const ids = candidates.map((candidate) => identity(context, candidate, onePer));
  if (ids.includes('pending')) return undefined;
  const ranked = candidates
    .map((candidate, index) => ({ candidate, index, id: ids[index] ?? { alone: true } }))
    .toSorted((left, right) => rank(left.candidate) - rank(right.candidate) || left.index - right.index);
  const seen = new Set<string>();
  let doubtful: string | undefined;
  const kept: { candidate: Candidate; index: number }[] = [];
  for (const { candidate, index, id } of ranked) {
    if (typeof id === 'object' && 'values' in id) {
      if (seen.has(id.values)) continue;
      seen.add(id.values);
    }
    // An absent value is no other instance's.
    const alone = typeof id === 'object' && 'alone' in id;
    kept.push({ index, candidate: doubtful === undefined || alone ? candidate : doubted(candidate, doubtful) });
    if (typeof id === 'object' && 'unreadable' in id) doubtful ??= id.unreadable;
  }
  return kept.toSorted((left, right) => left.index - right.index).map((one) => one.candidate);
}

/** Where an earlier instance cannot say where it is, a later one may be the same and must not be counted as another. */
function doubted(candidate: Candidate, reason: string): Candidate {
  if (candidate.verdict === 'unknown') return candidate;
  return { ...candidate, verdict: 'unknown', reason: `it may be the same as one before it: ${reason}` };
}

/** What could not be listed stands before what could: it may hold the first of two. */
function rank(candidate: Candidate): number {
  return precedence(candidate) - (candidate.unlisted === true ? 0.5 : 0);
}

type Identity = { readonly values: string } | { readonly alone: true } | { readonly unreadable: string } | 'pending';

function identity(context: Context, candidate: Candidate, onePer: readonly string[]): Identity {
  if (candidate.unlisted === true) return { unreadable: candidate.reason ?? 'a list could not be read' };
  const values: string[] = [];
  let result: Identity | undefined;
  for (const name of onePer) {
    const binding = lookup(candidate.names, name);
    const read = binding?.kind === 'read' ? binding.read(context) : undefined;
    if (read?.state === 'present') values.push(comparable(context, textOf(read.value)));
    else if (read?.state === 'pending') result = 'pending';
    else if (read?.state === 'unreadable') result ??= { unreadable: read.reason };
    else result ??= { alone: true };
  }
  return result ?? { values: JSON.stringify(values) };
}

/** Paths are one whatever their spelling; other values are texts. */
function comparable(context: Context, text: string): string {
  return fold(/[\\/]/.test(text) ? cleanPath(context.target, text) : text.trim());
}
