/** What a scan observed, kept in memory to be judged anew when content changes: the machine is not asked again. */
import type { Content } from '../model/content.ts';
import type { Observation, ObservationRequest } from '../model/observation.ts';
import type { Cost, Machine } from '../machine/port.ts';
import { createMemo, type DetectedProduct } from '../evaluate/context.ts';
import type { Observations, Target } from '../evaluate/verdict.ts';
import { NO_COST, patchResults, productResults } from './compose.ts';
import { Known } from './known.ts';
import { Observer } from './observe.ts';
import { variablesOf } from './os/variables.ts';
import type { PatchResult, ScanResult } from './result.ts';
import { detect } from './steps/detect.ts';
import { determineOs } from './steps/os.ts';
import { determineStatus } from './steps/status.ts';
import type { TemplateChoice } from './template/template.ts';

const NOT_ASKED_REASON = 'the last scan did not ask for it: scan again';
const NOT_ASKED: Observation = { state: 'unreadable', reason: NOT_ASKED_REASON };

/** Whether a trace's text says that the machine was not asked. */
export const wasNotAsked = (text: string | undefined): boolean => text?.includes(NOT_ASKED_REASON) ?? false;

/** Answers what was observed. What nobody asked for then is *unreadable* now, never absent. */
export class KeptMachine implements Machine {
  readonly kind = 'snapshot';
  readonly time: Date;
  readonly #known: Known;

  constructor(known: Known, time: Date) {
    this.#known = known;
    this.time = time;
  }

  observe(requests: readonly ObservationRequest[]): Promise<readonly Observation[]> {
    return Promise.resolve(requests.map((request) => this.#known.get(request) ?? NOT_ASKED));
  }

  cost(): Cost {
    return NO_COST;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export type Judged = Pick<ScanResult, 'products' | 'patches'>;

/** Steps 4 to 6 over a kept machine, with every trace; nothing where even its operating system is not told. */
export async function judgeAgain(machine: Machine, content: Content, signal: AbortSignal): Promise<Judged | undefined> {
  return judgeWithout(machine, content, { signal, without: new Set() });
}

export interface WithoutPatches {
  readonly signal: AbortSignal;
  /** Patches that are left out as by a scan template, by id in lower case. */
  readonly without: ReadonlySet<string>;
}

/** The same as if some patches were not wanted: what they superseded is judged by itself. */
export async function judgeWithout(
  machine: Machine,
  content: Content,
  { signal, without }: WithoutPatches,
): Promise<Judged | undefined> {
  const evaluated = await evaluateAgain(machine, content, { signal, without });
  return (
    evaluated && {
      products: productResults(evaluated.detected, true),
      patches: patchResults(evaluated.judged, true),
    }
  );
}

/** What evaluation itself gave, with what it rests on. */
export interface Evaluated {
  readonly target: Target;
  readonly observations: Observations;
  readonly detected: readonly DetectedProduct[];
  readonly judged: readonly PatchResult[];
}

/** Steps 4 to 6 over a kept machine; nothing where one of them fails. */
export async function evaluateAgain(
  machine: Machine,
  content: Content,
  { signal, without }: WithoutPatches,
): Promise<Evaluated | undefined> {
  const observer = observerOf(machine, signal);
  const target = await targetOf(observer, content, machine.time);
  return target && evaluateOn(observer, { content, target, without });
}

/** Asks a machine that lies at hand, which nothing can take away. */
export function observerOf(machine: Machine, signal: AbortSignal): Observer {
  const reached = {
    ...{ machine, lost: () => undefined, stillThere: () => Promise.resolve(undefined) },
    challengeNames: [],
  };
  return new Observer(reached, new Known(), { cancel: signal, deadline: signal });
}

/** Step 4; nothing where the operating system is not told. */
export async function targetOf(observer: Observer, content: Content, now: Date): Promise<Target | undefined> {
  const os = await determineOs(observer, { challengeNames: [], variableNames: variablesOf(content), now });
  return os.ok ? os.value.target : undefined;
}

export interface EvaluateOn {
  readonly content: Content;
  readonly target: Target;
  /** Patches that are left out as by a scan template, by id in lower case. */
  readonly without: ReadonlySet<string>;
}

/** Steps 5 and 6; nothing where one of them fails. */
export async function evaluateOn(
  observer: Observer,
  { content, target, without }: EvaluateOn,
): Promise<Evaluated | undefined> {
  const common = { ...{ content, target, memo: createMemo(), host: 'HOST' }, onRound: () => undefined };
  const detected = await detect(observer, common);
  if (!detected.ok) return undefined;
  const judged = await determineStatus(observer, {
    ...{ ...common, detected: detected.value, include: new Set<never>(), recording: false },
    ...(without.size > 0 && { template: leavingOut(without) }),
  });
  if (!judged.ok) return undefined;
  return { target, observations: observer.known, detected: detected.value, judged: judged.value };
}

const leavingOut = (ids: ReadonlySet<string>): TemplateChoice => ({
  name: '',
  isProductWanted: () => true,
  isPatchWanted: ({ id }) => !ids.has(id.toLowerCase()),
});
