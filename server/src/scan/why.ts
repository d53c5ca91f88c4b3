/** Two scans for one product or patch, and where their accounts first come apart: behind the editor's view and `patchlab why`. */
import type { Account } from '../evaluate/account.ts';
import { firstDivergence, paired, type Pair } from '../evaluate/divergence.ts';
import type { Machine } from '../machine/port.ts';
import type { Content } from '../model/content.ts';
import { accountOn } from './account.ts';
import type { ScanOptions, ScanTarget } from './options.ts';
import type { ScanResult, StepReport } from './result.ts';
import { scanMachine } from './scan.ts';

export interface WhyOptions {
  /** The declaration with all that it depends on: nothing else is read. */
  readonly content: Content;
  readonly id: string;
  readonly targets: readonly [ScanTarget, ScanTarget];
  /** What a scan is told besides. */
  readonly scan: (target: ScanTarget) => Partial<Omit<ScanOptions, 'target' | 'content' | 'onKept' | 'trace'>>;
  readonly signal: AbortSignal;
}

export interface WhyAnswer {
  readonly results: readonly [ScanResult, ScanResult];
  /** Nothing where a scan failed, or there is no product or patch of that name. */
  readonly pair: Pair | undefined;
  /** The way to the first check that differs. */
  readonly first: readonly Pair[] | undefined;
}

/** One machine after the other, so that a refused credential is not used a second time on the way. */
export async function whyOf(options: WhyOptions): Promise<WhyAnswer> {
  const [one, other] = options.targets;
  const left = await side(options, one);
  const right = await side(options, other);
  const pair = left.account && right.account && paired(left.account, right.account);
  return { results: [left.result, right.result], pair, first: pair && firstDivergence(pair) };
}

async function side(
  { content, id, scan, signal }: WhyOptions,
  target: ScanTarget,
): Promise<{ readonly result: ScanResult; readonly account: Account | undefined }> {
  let kept: Machine | undefined;
  const result = await scanMachine({
    ...{ ...scan(target), target, content, signal, trace: true },
    onKept: (machine) => {
      kept = machine;
    },
  });
  return { result, account: kept && (await accountOn(kept, { content, id, signal })) };
}

/** The step that kept a scan from its answer. */
export function failedStep({ steps }: ScanResult): StepReport | undefined {
  return steps.find(({ error }) => error !== undefined);
}
