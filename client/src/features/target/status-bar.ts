/** The current target in the status bar, with what the last scan of it found; a click changes it. */
import { l10n, MarkdownString, StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { COMMANDS } from '../../command-names.ts';
import { plainLabel } from '../scan/plain-message.ts';
import { nameOfTarget, type CurrentTarget } from './current-target.ts';

/** The item; it hides while there is neither a target nor content. */
export class TargetStatus {
  readonly item: StatusBarItem;
  #template: string | undefined;
  #shown: readonly [CurrentTarget | undefined, ScanReply['summary'] | undefined] = [undefined, undefined];

  constructor() {
    this.item = window.createStatusBarItem('patchlab.target', StatusBarAlignment.Left, 50);
    this.item.name = l10n.t('Patchlab Target');
    this.item.command = COMMANDS.chooseTarget;
    this.item.show();
  }

  /** Scans hold to a template: its name stands behind the target. */
  showTemplate(name: string | undefined): void {
    this.#template = name;
    this.show(...this.#shown);
  }

  show(target: CurrentTarget | undefined, summary?: ScanReply['summary']): void {
    this.#shown = [target, summary];
    const name = target ? plainLabel(nameOfTarget(target)) : l10n.t('no target');
    const icon = target?.kind === 'snapshot' ? '$(file-binary)' : '$(vm)';
    const found = summary && !summary.failed ? `: ${l10n.t('{0} missing', summary.missing)}` : '';
    const failed = summary?.failed ? `: ${l10n.t('error {0}', summary.failed.code)}` : '';
    const only = this.#template === undefined ? '' : ` $(filter) ${plainLabel(this.#template)}`;
    this.item.text = `${icon} ${name}${found}${failed}${only}`;
    const tooltip = new MarkdownString();
    tooltip.appendText(
      target
        ? l10n.t('Patchlab scans and records {0}. Click to choose another target.', nameOfTarget(target))
        : l10n.t('Patchlab: choose the machine or recording to scan.'),
    );
    if (this.#template !== undefined)
      tooltip.appendText(`\n\n${l10n.t('Scans hold to the scan template {0}.', this.#template)}`);
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: l10n.t('Patchlab target: {0}{1}{2}', name, found, failed) };
  }
}
