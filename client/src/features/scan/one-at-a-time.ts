/**
 * One at a time of all that logs on to machines for an answer: scans of a machine or a group, comparisons, tests of a connection,
 * and checks that a machine is asked for. They would ask for passwords and show their truth over each other.
 */
import { CancellationTokenSource, l10n, window } from 'vscode';
import { plainMessage } from './plain-message.ts';

interface Going {
  /** As its progress is entitled. */
  readonly title: string;
  readonly cancelling: CancellationTokenSource;
}

let going: Going | undefined;

/** Whether another one is going on, which is said, with a button that cancels it: asked before anybody is asked for a password. */
export function isRefused(): boolean {
  if (going) void offerCancel(going);
  return going !== undefined;
}

async function offerCancel({ title, cancelling }: Going): Promise<void> {
  const cancel = l10n.t('Cancel It');
  const text = l10n.t('{0} is still going on. Wait for it to end, or cancel it: one scan runs at a time.', title);
  // By the time it is pressed that one may have ended: then it cancels nothing.
  if ((await window.showWarningMessage(plainMessage(text), cancel)) === cancel) cancelling.cancel();
}

/** Does what is entitled so: until it settles every other one is refused. It ends when it is cancelled, from here or by its progress. */
export async function alone<T>(title: string, work: (cancelling: CancellationTokenSource) => Promise<T>): Promise<T> {
  const cancelling = new CancellationTokenSource();
  const own: Going = { title, cancelling };
  going = own;
  try {
    return await work(cancelling);
  } finally {
    if (going === own) going = undefined;
    cancelling.dispose();
  }
}
