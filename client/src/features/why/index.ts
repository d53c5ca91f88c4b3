/** *Why Not Detected?*: two machines or recordings are scanned for one declaration, and the first check that diverges is shown. */
import { l10n, window } from 'vscode';
import { pick } from '../../pick.ts';
import { randomUUID } from 'node:crypto';
import {
  DECLARATIONS_REQUEST,
  type DeclarationPlace,
  type DeclarationsParams,
} from '../../../../server/src/protocol/declarations.ts';
import { SCAN_PROGRESS, type ScanParams } from '../../../../server/src/protocol/scan.ts';
import { WHY_REQUEST, type WhyParams, type WhyReply } from '../../../../server/src/protocol/why.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { pagePanel } from '../../panel.ts';
import type { Machines } from '../machines/index.ts';
import type { Logon } from '../machines/logons.ts';
import { mayScan } from '../machines/trust.ts';
import { declarationArgument } from '../scan/lenses.ts';
import { isRefused } from '../scan/one-at-a-time.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { requestWithProgress, scanStep } from '../scan/request-with-progress.ts';
import { chooseTarget } from '../target/choose.ts';
import { nameOfTarget } from '../target/current-target.ts';
import { whyBody } from './body.ts';
import type { ToWhy } from './messages.ts';

/** One of the two, with the password where it is live. */
interface Side {
  readonly name: string;
  readonly target: ScanParams['target'];
  readonly logon?: Logon;
}

export function activateWhy(host: Host, known: Machines): void {
  let last: WhyReply | undefined;
  const panel = pagePanel<ToWhy>({
    ...{ name: 'why', hasFind: true },
    greeting: () => last && { reply: last },
    placeOf: (row) => last?.rows[row]?.place ?? undefined,
  });

  async function ask(argument: unknown): Promise<void> {
    if (!(await mayScan()) || isRefused()) return;
    const id = declarationArgument(argument)?.only[0] ?? (await chooseDeclaration(host));
    if (id === undefined) return;
    const left = await chooseSide(known, l10n.t('Why {0}? First machine', id));
    const right = left && (await chooseSide(known, l10n.t('Why {0}? Second machine', id)));
    // Another scan may have begun while passwords were asked for.
    if (!left || !right || isRefused()) return;
    const reply = await compare(host, { id, left, right });
    if (!reply) return;
    await settle([left, right], reply);
    last = reply;
    const { id: title } = reply;
    panel.show(host, { tab: l10n.t('Why {0}?', title), title, body: whyBody(title) });
  }

  host.context.subscriptions.push(registerCommand('whyNotDetected', ask));
}

/** A product or patch of the open file; the one that the cursor is in comes first. */
async function chooseDeclaration({ client }: Host): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const isContent = editor?.document.languageId === 'detect' || editor?.document.languageId === 'patches-xml';
  const params: DeclarationsParams = { uri: editor?.document.uri.toString() ?? '' };
  const places = isContent ? await client.sendRequest<readonly DeclarationPlace[]>(DECLARATIONS_REQUEST, params) : [];
  const things = places.filter(({ kind }) => kind === 'product' || kind === 'patch');
  if (things.length === 0) {
    void window.showInformationMessage(l10n.t('Open a file that declares the product or patch to ask about.'));
    return undefined;
  }
  const line = editor?.selection.active.line ?? 0;
  const here = things.findLast((one) => one.line <= line);
  const rows = [...(here ? [here] : []), ...things.filter((one) => one !== here)];
  const chosen = await pick(
    rows.map(({ id, kind }) => ({ label: id, description: kind })),
    { title: l10n.t('Why Not Detected?'), placeHolder: l10n.t('Which product or patch?') },
  );
  return chosen?.label;
}

async function chooseSide(known: Machines, title: string): Promise<Side | undefined> {
  const target = await chooseTarget(known.machines, title);
  if (!target) return undefined;
  const name = nameOfTarget(target);
  if (target.kind === 'snapshot') return { name, target };
  const logon = await known.logonTo(target);
  if (!logon) return undefined;
  const { host, user, password, found } = logon;
  return { name, target: { kind: 'machine', host, user, password, ...(found && { found }) }, logon };
}

interface Comparison {
  readonly id: string;
  readonly left: Side;
  readonly right: Side;
}

/** Both scans with one progress; `undefined` when they were cancelled or could not be done at all. */
async function compare(host: Host, { id, left, right }: Comparison): Promise<WhyReply | undefined> {
  const params: WhyParams = { token: randomUUID(), id, targets: [left.target, right.target] };
  const title = l10n.t('Scanning {0} and {1} for {2}', left.name, right.name, id);
  try {
    return await requestWithProgress(host, {
      ...{ title, method: WHY_REQUEST, params },
      progress: { token: params.token, said: SCAN_PROGRESS, told: scanStep },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    host.log.error(`${id} could not be compared: ${text}`);
    void window.showErrorMessage(plainMessage(l10n.t('{0} could not be compared: {1}', id, text)));
    return undefined;
  }
}

/** Keeps the passwords that were taken, and forgets those that were refused. */
async function settle(asked: readonly [Side, Side], { sides }: WhyReply): Promise<void> {
  for (const [index, { logon }] of asked.entries()) {
    const side = sides[index];
    if (side) await logon?.settle(side);
  }
}
