/** The one registry of commands. package.json is held against it by a test. */
import { commands, type Disposable } from 'vscode';

export const COMMANDS = {
  scanMachine: 'patchlab.scanMachine',
  scanSnapshot: 'patchlab.scanSnapshot',
  forgetPassword: 'patchlab.forgetPassword',
  newScript: 'patchlab.newScript',
  showLog: 'patchlab.showLog',
  restartServer: 'patchlab.restartServer',
} as const;

export type CommandName = keyof typeof COMMANDS;

/** Registers what a command of the registry does. */
export function registerCommand(name: CommandName, run: (argument: unknown) => unknown): Disposable {
  return commands.registerCommand(COMMANDS[name], run);
}
