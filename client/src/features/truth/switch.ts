/** Whose truth stands beside the lines: told in the status bar where there are several machines, and changed there. */
import { l10n, StatusBarAlignment, window, type QuickPickItem, type StatusBarItem } from 'vscode';
import { pick } from '../../pick.ts';
import {
  SHOW_TRUTH_REQUEST,
  TRUTH_MACHINES_REQUEST,
  type TruthMachine,
} from '../../../../server/src/protocol/truth.ts';
import { COMMANDS } from '../../command-names.ts';
import type { Host } from '../../host.ts';
import { describeEarlier } from './hover.ts';
import { plainLabel } from '../scan/plain-message.ts';

export class TruthSwitch {
  readonly item: StatusBarItem;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    this.item = window.createStatusBarItem('patchlab.truth', StatusBarAlignment.Left, 49);
    this.item.name = l10n.t('Patchlab Inline Truth');
    this.item.command = COMMANDS.switchTruth;
  }

  /** Says which machine is shown, where it could be another, and where the latest scan failed. */
  async refresh(): Promise<void> {
    const machines = await this.#machines();
    const shown = machines.find((one) => one.shown);
    if (machines.length < 2 && !shown?.after) {
      this.item.hide();
      return;
    }
    const of = shown ? plainLabel(labelOf(shown)) : l10n.t('none');
    const label = shown?.failed ? l10n.t('{0}, earlier scan', of) : of;
    this.item.text = `$(eye) ${label}`;
    this.item.tooltip = tooltipOf(shown);
    this.item.accessibilityInformation = { label: l10n.t('Inline truth of {0}', label) };
    this.item.show();
  }

  /** Asks which machine's truth to show; whether it is another one's now. */
  async choose(): Promise<boolean> {
    const machines = await this.#machines();
    if (machines.length === 0) {
      void window.showInformationMessage(l10n.t('Nothing was scanned yet.'));
      return false;
    }
    const rows = machines.map((machine): QuickPickItem & { readonly key: string } => ({
      ...{ key: machine.key, label: labelOf(machine) },
      description: stateOf(machine),
      detail: l10n.t(
        machine.whole ? 'all content, scanned at {0}' : 'some declarations, scanned at {0}',
        new Date(machine.scanned).toLocaleTimeString(),
      ),
    }));
    const chosen = await pick(rows, {
      title: l10n.t('Switch Inline Truth'),
      placeHolder: l10n.t('Whose observations are to stand beside the lines? No machine is asked again.'),
    });
    if (!chosen) return false;
    return this.#host.client.sendRequest<boolean>(SHOW_TRUTH_REQUEST, { key: chosen.key });
  }

  async #machines(): Promise<readonly TruthMachine[]> {
    if (!this.#host.client.isRunning()) return [];
    return this.#host.client.sendRequest<readonly TruthMachine[]>(TRUTH_MACHINES_REQUEST, {});
  }
}

function tooltipOf(shown: TruthMachine | undefined): string {
  const seen = l10n.t('What stands beside the lines was seen on this machine. Click to show another one’s.');
  if (shown?.failed) {
    const { scanned, failed } = shown;
    return `${describeEarlier({ scanned, failed })}.\n${seen}`;
  }
  if (!shown?.after) return seen;
  return `${l10n.t('The latest scan, of {0}, failed (error {1}).', shown.after.target, shown.after.code)}\n${seen}`;
}

const stateOf = ({ name, shown, failed }: TruthMachine): string =>
  [name, shown ? l10n.t('shown now') : '', failed ? l10n.t('the latest scan failed: {0}', failed.code) : '']
    .filter(Boolean)
    .join(', ');

const labelOf = ({ kind, target }: TruthMachine): string =>
  kind === 'machine' ? target : (target.split(/[\\/]/).at(-1) ?? target);
