/** For a recording: asks whatever content could ask of this machine, whether it decides anything today or not. */
import { detectProducts } from '../evaluate/detect.ts';
import { judgePatches } from '../evaluate/judge.ts';
import type { Target } from '../evaluate/verdict.ts';
import type { Content } from '../model/content.ts';
import type { Interruption, Observer } from './observe.ts';

/** A recording answers only what was asked when it was made: a value changed in it later may lead to other questions. */
export async function observeEverything(
  observer: Observer,
  { content, target }: { readonly content: Content; readonly target: Target },
): Promise<Interruption | undefined> {
  const common = { content, target, observations: observer.known, exhaustive: true };
  const { interruption } = await observer.drive(
    () => {
      const detected = detectProducts(common);
      if (!detected.done) return detected;
      const include = new Set(['superseded', 'effectively-installed'] as const);
      return judgePatches({ ...common, include, detected: detected.value });
    },
    () => undefined,
  );
  return interruption;
}
