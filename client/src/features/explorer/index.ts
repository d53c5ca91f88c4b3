/** The explorer of the target: what is in it, found when someone looks, copied, searched, and made into content. */
import { env, l10n, window, workspace } from 'vscode';
import { EXPLORER_INSERT, EXPLORER_PRODUCT } from '../../../../server/src/protocol/explorer.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import type { Machines } from '../machines/index.ts';
import { mayScan } from '../machines/trust.ts';
import { nameOfTarget } from '../target/current-target.ts';
import type { Row } from './rows.ts';
import { searchTarget } from './search.ts';
import { TargetSession } from './session.ts';
import { TargetTree } from './tree.ts';
import { writeContent } from './write.ts';

export const EXPLORER_VIEW = 'patchlab.explorer';

export function activateExplorer(host: Host, machines: Machines): void {
  const session = new TargetSession(host, machines, ({ windows }) => {
    view.message = windows;
  });
  const tree = new TargetTree(machines, session);
  const view = window.createTreeView<Row>(EXPLORER_VIEW, { treeDataProvider: tree, showCollapseAll: true });

  function describe(): void {
    const target = machines.current.get();
    // The editor shows an empty text as none.
    view.description = target && workspace.isTrusted ? nameOfTarget(target) : '';
    view.message = '';
  }

  function restart(): void {
    session.end();
    describe();
    tree.restart();
  }

  /** The row that a menu, a button or a key means. */
  const meant = (argument: unknown): Row | undefined => (isRow(argument) ? argument : view.selection[0]);

  async function write(request: string, argument: unknown): Promise<void> {
    const row = meant(argument);
    if (row && (await mayScan())) await writeContent(session, request, row);
    else if (!row) void window.showInformationMessage(l10n.t('Choose something in the explorer of the target first.'));
  }

  async function copy(argument: unknown, member: 'copyPath' | 'copyValue'): Promise<void> {
    const row = meant(argument);
    const text = row?.kind === 'item' ? row.item[member] : undefined;
    if (text !== undefined) await env.clipboard.writeText(text);
  }

  /** After something could not be read, with a new session: what was wrong may have been mended. */
  function refresh(argument: unknown): void {
    const row = isRow(argument) ? argument : undefined;
    if (row?.kind === 'retry') {
      session.end();
      tree.refresh(row.parent);
    } else if (row) tree.refresh(row);
    else restart();
  }

  async function search(argument: unknown): Promise<void> {
    if (!(await mayScan())) return;
    if (machines.current.get()) await searchTarget({ host, session, tree, view }, meant(argument));
    else void window.showInformationMessage(l10n.t('Choose a target first.'));
  }

  describe();
  host.context.subscriptions.push(
    view,
    machines.current.onDidChange(restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    registerCommand('refreshTarget', refresh),
    registerCommand('searchTarget', search),
    registerCommand('showMoreOfTarget', (argument) =>
      isRow(argument) && argument.kind === 'more' ? tree.more(argument) : undefined,
    ),
    registerCommand('insertCheck', (argument) => write(EXPLORER_INSERT, argument)),
    registerCommand('createProduct', (argument) => write(EXPLORER_PRODUCT, argument)),
    registerCommand('copyTargetPath', (argument) => copy(argument, 'copyPath')),
    registerCommand('copyTargetValue', (argument) => copy(argument, 'copyValue')),
    { dispose: () => session.end() },
  );
}

function isRow(argument: unknown): argument is Row {
  return typeof argument === 'object' && argument !== null && 'kind' in argument && 'id' in argument;
}
