/** Whose truth stands beside the lines: told in the status bar where there are several machines, and changed there. */
import { l10n, StatusBarAlignment, window, type QuickPickItem, type StatusBarItem } from 'vscode';
import {
  SHOW_TRUTH_REQUEST,
  TRUTH_MACHINES_REQUEST,
  type TruthMachine,
} from '../../../../server/src/protocol/truth.ts';
import { COMMANDS } from '../../command-names.ts';
import type { Host } from '../../host.ts';

export class TruthSwitch {
  readonly item: StatusBarItem;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    this.item = window.createStatusBarItem('patchlab.truth', StatusBarAlignment.Left, 49);
    this.item.name = l10n.t('Patchlab Inline Truth');
    this.item.command = COMMANDS.switchTruth;
  }

  /** Says which machine is shown, where it could be another. */
  async refresh(): Promise<void> {
    const machines = await this.#machines();
    const shown = machines.find((one) => one.shown);
    if (machines.length < 2) {
      this.item.hide();
      return;
    }
    const label = shown ? inert(labelOf(shown)) : l10n.t('none');
    this.item.text = `$(eye) ${label}`;
    this.item.tooltip = l10n.t('What stands beside the lines was seen on this machine. Click to show another one’s.');
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
      ...{ key: machine.key, label: inert(labelOf(machine)) },
      description: inert([machine.name, machine.shown ? l10n.t('shown now') : ''].filter(Boolean).join(', ')),
      detail: l10n.t(
        machine.whole ? 'all content, scanned at {0}' : 'some declarations, scanned at {0}',
        new Date(machine.scanned).toLocaleTimeString(),
      ),
    }));
    const chosen = await window.showQuickPick(rows, {
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

const labelOf = ({ kind, target }: TruthMachine): string =>
  kind === 'machine' ? target : (target.split(/[\\/]/).at(-1) ?? target);

/** `$(name)` in a label would become an icon. */
const inert = (text: string): string => text.replaceAll('$(', '$ (');
