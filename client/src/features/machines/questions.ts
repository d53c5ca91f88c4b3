/** Questions that several commands ask. */
import { l10n, window } from 'vscode';
import { pick } from '../../pick.ts';
import type { ConfigurationRow, GroupRow } from '../../../../server/src/protocol/machines.ts';
import type { Configurations } from './configurations.ts';

/** Which patchlab.json: the only one, or one of several folders. */
export async function askConfiguration(configurations: Configurations): Promise<ConfigurationRow | undefined> {
  const rows = await configurations.rows();
  if (rows.length === 0) {
    void window.showInformationMessage(l10n.t('Open a folder first: patchlab.json stands in it.'));
    return undefined;
  }
  if (rows.length === 1) return rows[0];
  const picks = rows.map((row) => ({ label: row.folder, row }));
  return (await pick(picks, { placeHolder: l10n.t('In which folder?') }))?.row;
}

/** Which group of all. */
export async function askGroup(
  configurations: Configurations,
): Promise<{ readonly uri: string; readonly group: GroupRow } | undefined> {
  const rows = await configurations.rows();
  const picks = rows.flatMap(({ uri, folder, groups }) =>
    groups.map((group) => ({ label: group.name, description: rows.length > 1 ? folder : '', uri, group })),
  );
  if (picks.length === 0) void window.showInformationMessage(l10n.t('patchlab.json has no machine groups.'));
  else return await pick(picks, { placeHolder: l10n.t('Which machine group?') });
  return undefined;
}

const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_. -]{0,62}[A-Za-z0-9_])?$/;

/** Of a group's, a template's or a credential's name. */
export function nameProblem(text: string, taken: readonly string[]): string | undefined {
  const name = text.trim();
  if (!NAME.test(name)) return l10n.t('A name is of letters, digits, blanks and "_.-", at most 64.');
  if (taken.some((one) => one.toLowerCase() === name.toLowerCase())) return l10n.t('There is one of that name.');
  return undefined;
}
