/** Step 5: the products that are on the machine. */
import type { DetectedProduct, Memo } from '../../evaluate/context.ts';
import { detectProducts } from '../../evaluate/detect.ts';
import type { Target } from '../../evaluate/verdict.ts';
import type { Content } from '../../model/content.ts';
import { scanError, type ErrorCode } from '../errors.ts';
import type { Interruption, Observer } from '../observe.ts';
import type { TemplateChoice } from '../template/template.ts';
import type { StepOutcome } from './outcome.ts';

export interface DetectStepInput {
  readonly content: Content;
  readonly target: Target;
  readonly memo: Memo;
  readonly template?: TemplateChoice | undefined;
  readonly host: string;
  readonly onRound: (reads: number) => void;
}

const INTERRUPTED: Readonly<Record<Interruption['kind'], ErrorCode>> = {
  lost: 'PL501',
  deadline: 'PL502',
};

/** Detects products; where the machine went away, what was found besides is still given. Rejects only when cancelled. */
export async function detect(
  observer: Observer,
  { content, target, memo, template, host, onRound }: DetectStepInput,
): Promise<StepOutcome<readonly DetectedProduct[]>> {
  const wanted = template && { wanted: template.isProductWanted };
  const { value, interruption } = await observer.drive(
    () => detectProducts({ content, target, observations: observer.known, memo, trace: true, ...wanted }),
    onRound,
  );
  if (!interruption) return { ok: true, value };
  const error = scanError(INTERRUPTED[interruption.kind], { raw: interruption.raw, host });
  return { ok: false, error, value };
}
