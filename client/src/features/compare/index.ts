/** Two results side by side in a tab of their own, reused by the next comparison. */
import { l10n, window } from 'vscode';
import type { CompareReport, ResultName } from '../../../../server/src/protocol/results.ts';
import type { Host } from '../../host.ts';
import { pagePanel } from '../../panel.ts';
import { comparisonOf } from '../history/requests.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { compareBody } from './body.ts';
import type { ToCompare } from './messages.ts';

let last: CompareReport | undefined;
const panel = pagePanel<ToCompare>({
  ...{ name: 'compare', hasFind: true },
  greeting: () => last && { rows: last.rows },
  placeOf: (source) => last?.sources[source],
});

const nameOf = ({ origin, folder, id }: ResultName): ResultName => ({ origin, folder, id });

/** Compares and shows; what cannot be read is said. */
export async function compareResults(host: Host, left: ResultName, right: ResultName): Promise<void> {
  const reply = await comparisonOf(host, nameOf(left), nameOf(right));
  if (!('value' in reply)) {
    void window.showErrorMessage(plainMessage(reply.why));
    return;
  }
  last = reply.value;
  const { title, html } = last;
  panel.show(host, { tab: l10n.t('Compare: {0}', title), title, body: compareBody(html) });
}
