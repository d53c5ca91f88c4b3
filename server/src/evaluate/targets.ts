/** Whether Windows is of an architecture that a product or patch wants. */
import type { Architecture } from '../model/content.ts';
import type { Context } from './context.ts';
import { TRUE, proven, type Judged } from './kleene.ts';

/** An empty list means every architecture. */
export function ofArchitecture(context: Context, wanted: readonly Architecture[]): Judged {
  return wanted.length === 0 ? TRUE : proven(wanted.includes(context.target.os.architecture));
}
