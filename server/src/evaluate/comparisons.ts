/** One check: a thing or a reading, and what is expected of it, with its trace and the evidence it gives. */
import type { Comparison, Source, Thing } from '../model/content.ts';
import { describeRequest, type ObservationRequest } from '../model/observation.ts';
import { redactedValue, redactFile, STAND_IN } from '../model/refusals.ts';
import { compareValues } from './compare.ts';
import type { Context, Evidence, Names } from './context.ts';
import { fileExists, folderExists } from './files.ts';
import { hotfixInstalled } from './hotfix.ts';
import { keyExists } from './keys.ts';
import { not, type Judged } from './kleene.ts';
import { msiKey } from './msi.ts';
import { judgePredicate, type Tested } from './predicates.ts';
import { evaluateSource, inViews } from './readings.ts';
import { serviceProperty } from './services.ts';
import { applySteps } from './steps.ts';
import { plainText } from './templates.ts';
import { mapRead, present, showRead, showValue, textOf, textValue, type Read } from './values.ts';
import { written } from './written.ts';

/** Judges one check. */
export function judgeComparison(context: Context, names: Names | undefined, comparison: Comparison): Judged {
  const { subject, predicate } = comparison;
  if (subject.kind === 'thing-hotfix') return hotfix(context, comparison, subject.kb);
  const source = readSubject(context, names, subject);
  const read = applySteps(context, names, { read: source, steps: comparison.steps });
  const tested = judgePredicate(context, names, { read, predicate, ifPresent: comparison.ifPresent });
  if (tested.verdict === 'true') context.evidence.push(evidenceOf(comparison, read, tested));
  return finish(context, comparison, { tested, read });
}

/** Things without a property are what they exist as. */
function readSubject(context: Context, names: Names | undefined, subject: Source | Thing): Read {
  switch (subject.kind) {
    case 'thing-key':
      return named(keyExists(context, names, subject), (key) => `${key.hive}\\${key.path}`);
    case 'thing-file':
      return named(inViews(context, names, { ...subject, read: (path) => fileExists(context, path) }), () => 'a file');
    case 'thing-folder':
      return named(
        inViews(context, names, { ...subject, read: (path) => folderExists(context, path) }),
        () => 'a folder',
      );
    case 'thing-service':
      // `service "X" is running` speaks of its state, as `exists` does of the service itself: both are one reading.
      return mapRead(plainText(context, names, subject.name), (name) => serviceProperty(context, name, 'state'));
    case 'thing-msi':
      return named(msiKey(context, names, subject.msi), (path) => path);
    case 'thing-hotfix':
      throw new Error('a hotfix is judged as a whole');
    default:
      return evaluateSource(context, names, subject);
  }
}

function named<T>(read: Read<T>, name: (value: T) => string): Read {
  return mapRead(read, (value) => present(textValue(name(value))));
}

function hotfix(context: Context, comparison: Comparison, kb: string): Judged {
  const { predicate } = comparison;
  const negated =
    predicate.kind === 'is' && (predicate.what.kind === 'absent' ? !predicate.negated : predicate.negated);
  const installed = hotfixInstalled(context, kb);
  const verdict = negated ? not(installed.verdict) : installed.verdict;
  if (verdict === 'true') context.evidence.push({ by: 'registry' });
  const observed = { true: 'installed', false: 'not installed', unknown: 'unreadable', pending: '' }[installed.verdict];
  const expected = negated ? 'is not installed' : 'is installed';
  const trace = traceOf(context, comparison, { ...installed, verdict, expected }, { observed, source: `hotfix ${kb}` });
  return { verdict, ...(installed.reason === undefined ? {} : { reason: installed.reason }), ...trace };
}

function evidenceOf(comparison: Comparison, read: Read, tested: Tested): Evidence {
  const from = read.state === 'present' || read.state === 'absent' ? read.from : undefined;
  const by = from === undefined ? windowsEvidence(comparison) : requestEvidence(from);
  if (from?.kind !== 'version' || read.state !== 'present' || tested.least === undefined) return { by };
  const above = compareValues(read.value, '>', tested.least);
  if (above.state !== 'present' || !above.value) return { by };
  return { by, newer: `${from.path} is ${textOf(read.value)}, newer than ${textOf(tested.least)}` };
}

function requestEvidence(from: ObservationRequest): Evidence['by'] {
  switch (from.kind) {
    case 'key':
    case 'value':
    case 'values':
    case 'subkeys':
      return 'registry';
    case 'service':
    case 'services':
      return 'other';
    default:
      return 'file';
  }
}

/** What `windows` says comes from the registry: the revision, or the service pack. */
function windowsEvidence(comparison: Comparison): Evidence['by'] {
  const { subject } = comparison;
  if (subject.kind !== 'name' || subject.name.base.toLowerCase() !== 'windows') return 'other';
  if (subject.name.member?.toLowerCase() === 'service-pack') return 'service-pack';
  return ['version', 'revision', 'build'].includes(subject.name.member?.toLowerCase() ?? 'version')
    ? 'registry'
    : 'other';
}

function finish(
  context: Context,
  comparison: Comparison,
  of: { readonly tested: Tested; readonly read: Read },
): Judged {
  const { tested, read } = of;
  const { verdict } = tested;
  if (!context.trace && tested.reason === undefined) return { verdict };
  const from = read.state === 'pending' ? undefined : read.from;
  const source = from === undefined ? undefined : describeRequest(from);
  const hidden = from?.kind === 'value' ? redactedValue(from.name) : undefined;
  const why =
    tested.reason === undefined || hidden === undefined ? tested.reason : `it does not fit; ${hidden} is left out`;
  // The reason of an unknown names what failed: `version of C:\…: access denied`.
  const reason = why === undefined || source === undefined ? why : `${source}: ${redactFile(why)}`;
  const said = reason === undefined ? {} : { reason };
  if (!context.trace) return { verdict, ...said };
  const isThing = comparison.subject.kind.startsWith('thing-') && read.state === 'present';
  const observed = isThing ? thingState(comparison, read) : shown(read, hidden);
  return { verdict, ...said, ...traceOf(context, comparison, tested, { observed, source, reason }) };
}

/** As a person reads it, without what traces leave out. */
function shown(read: Read, hidden: string | undefined): string {
  return hidden !== undefined && read.state === 'present' ? `${STAND_IN}: ${hidden}` : redactFile(showRead(read));
}

function thingState(comparison: Comparison, read: Extract<Read, { state: 'present' }>): string {
  return comparison.subject.kind === 'thing-service' ? textOf(read.value) || showValue(read.value) : 'present';
}

function traceOf(
  context: Context,
  comparison: Comparison,
  tested: Tested,
  seen: { readonly observed: string; readonly source?: string | undefined; readonly reason?: string | undefined },
): Pick<Judged, 'trace'> {
  if (!context.trace || tested.verdict === 'pending') return {};
  return {
    trace: {
      check: written(context, comparison.at),
      verdict: tested.verdict,
      at: comparison.at,
      expected: tested.expected,
      observed: seen.observed,
      ...(seen.source === undefined ? {} : { source: seen.source }),
      ...(seen.reason === undefined ? {} : { reason: seen.reason }),
    },
  };
}
