/** Step 6: the status of every patch for what was detected. */
import type { DetectedProduct, Memo } from '../../evaluate/context.ts';
import { judgePatches } from '../../evaluate/judge.ts';
import type { Target } from '../../evaluate/verdict.ts';
import type { Content } from '../../model/content.ts';
import { scanError, type ErrorCode } from '../errors.ts';
import { observeEverything } from '../everything.ts';
import { withoutDoubtfulClaims } from '../interrupted.ts';
import type { Interruption, Observer } from '../observe.ts';
import type { Include } from '../options.ts';
import type { PatchResult } from '../result.ts';
import type { TemplateChoice } from '../template/template.ts';
import type { StepOutcome } from './outcome.ts';

export interface StatusStepInput {
  readonly content: Content;
  readonly target: Target;
  readonly detected: readonly DetectedProduct[];
  readonly include: ReadonlySet<Include>;
  readonly memo: Memo;
  readonly template?: TemplateChoice | undefined;
  readonly host: string;
  /** The scan is recorded: what content could ask besides is asked as well. */
  readonly recording: boolean;
  readonly onRound: (reads: number) => void;
}

const INTERRUPTED: Readonly<Record<Interruption['kind'], ErrorCode>> = {
  lost: 'PL601',
  deadline: 'PL602',
};

/** Judges patches; where the machine went away, statuses that could not be read are unknown. Rejects only when cancelled. */
export async function determineStatus(
  observer: Observer,
  { content, target, detected, include, memo, template, host, recording, onRound }: StatusStepInput,
): Promise<StepOutcome<readonly PatchResult[]>> {
  const wanted = template && { wanted: template.isPatchWanted };
  const { value, interruption: first } = await observer.drive(
    () =>
      judgePatches({ content, target, detected, include, observations: observer.known, memo, trace: true, ...wanted }),
    onRound,
  );
  const interruption = first ?? (recording ? await observeEverything(observer, { content, target }) : undefined);
  if (!interruption) return { ok: true, value };
  const error = scanError(INTERRUPTED[interruption.kind], { raw: interruption.raw, host });
  return { ok: false, error, value: withoutDoubtfulClaims(value, content) };
}
