/** Reads settings. */
import { workspace } from 'vscode';
import { SETTINGS, type SwitchName } from './setting-names.ts';

/** Whether a setting is on. */
export function isOn(name: SwitchName): boolean {
  return workspace.getConfiguration('patchlab').get<boolean>(name, SETTINGS[name]);
}
