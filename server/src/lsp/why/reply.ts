/** The answer as the view shows it: rows in the order of evaluation, every text inert. */
import type { Pair, Seen } from '../../evaluate/divergence.ts';
import type { Location } from '../../model/source.ts';
import type { Place } from '../../protocol/scan.ts';
import type { WhyReply, WhyRow, WhySeen, WhySide } from '../../protocol/why.ts';
import { inert } from '../../results/report/inert.ts';
import type { ScanResult } from '../../scan/result.ts';
import { failedStep, type WhyAnswer } from '../../scan/why.ts';
import type { Workspace } from '../workspace.ts';

/** A collection can have thousands of elements that differ. */
const MOST_ROWS = 2000;

export interface WhyTold {
  readonly id: string;
  readonly kind: WhyReply['kind'];
  readonly answer: WhyAnswer;
  readonly workspace: Workspace;
}

export function whyReply({ id, kind, answer, workspace }: WhyTold): WhyReply {
  const { results, pair, first } = answer;
  const flat = pair === undefined ? [] : flattened(pair);
  const diverging = first?.at(-1);
  const at = flat.findIndex((one) => one.pair === diverging);
  // What comes first is always told, however much stands before it.
  const told = at < MOST_ROWS ? flat.slice(0, MOST_ROWS) : [...flat.slice(0, MOST_ROWS - 1), ...flat.slice(at, at + 1)];
  const placeOf = placesIn(workspace);
  const rows = told.map((one) => rowOf(one, placeOf));
  const shownAt = told.findIndex((one) => one.pair === diverging);
  return {
    ...{ id, kind, sides: [sideOf(results[0]), sideOf(results[1])], rows },
    first: shownAt < 0 ? null : shownAt,
    more: flat.length - told.length,
  };
}

interface Deep {
  readonly pair: Pair;
  readonly depth: number;
}

function flattened(pair: Pair, depth = 0): readonly Deep[] {
  return [{ pair, depth }, ...pair.children.flatMap((child) => flattened(child, depth + 1))];
}

function rowOf({ pair, depth }: Deep, placeOf: (at: Location) => Place | null): WhyRow {
  const { check, at, expected, left, right, differs } = pair;
  return {
    ...{ depth, check: inert(check), expected: inert(expected ?? ''), differs },
    ...{ left: left && seenOf(left), right: right && seenOf(right), place: at ? placeOf(at) : null },
  };
}

const seenOf = ({ outcome, observed, source, reason, element }: Seen): WhySeen => ({
  outcome: inert(outcome),
  observed: inert([element, observed].filter((text) => text !== undefined).join(': ')),
  source: inert(source ?? ''),
  reason: inert(reason ?? ''),
});

function sideOf(result: ScanResult): WhySide {
  const failed = failedStep(result);
  const error = failed?.error;
  const accepted = result.steps.some(({ step, status }) => step === 2 && status === 'ok');
  return {
    machine: inert(result.machine.name),
    failed:
      failed && error
        ? {
            ...{ step: failed.step, name: failed.name, code: error.code, raw: inert(error.raw) },
            ...{ meaning: inert(error.meaning), remedy: inert(error.remedy), validate: inert(error.validate) },
          }
        : null,
    loggedOn: result.machine.source === 'live' && accepted,
  };
}

function placesIn(workspace: Workspace): (at: Location) => Place | null {
  return ({ file, start }) => {
    const document = workspace.placed(file);
    return document ? { uri: document.uri, ...document.positionAt(start) } : null;
  };
}
