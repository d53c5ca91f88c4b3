/** A report of thousands on its way into the page: what is seen first comes first, and no message is so large that it is felt. */
import type { ReportPatch } from '../../../../server/src/protocol/scan.ts';
import type { ToReport } from './messages.ts';

/** More than any window shows. */
const FIRST = 100;
/** A megabyte or two of markup. */
const EACH = 1000;

/** All patches, the first of them with their markup; then the markup of the others. `report` is the same in all messages of one report. */
export function* portionsOf(report: number, patches: readonly ReportPatch[]): Generator<ToReport> {
  const first = patches.map((patch, index) => (index < FIRST ? patch : { ...patch, html: '' }));
  yield { report, patches: first, isWhole: patches.length <= FIRST };
  for (let from = FIRST; from < patches.length; from += EACH) {
    const markup = patches.slice(from, from + EACH).map(({ html }) => html);
    yield { report, from, markup, isWhole: from + EACH >= patches.length };
  }
}
