/** Registers what the commands of the registry do. */
import { commands, type Disposable } from 'vscode';
import { COMMANDS, type CommandName } from './command-names.ts';

/** Registers one command; what it returns is awaited and its failure shown by the editor. */
export function registerCommand(name: CommandName, run: (argument: unknown, selected: unknown) => unknown): Disposable {
  return commands.registerCommand(COMMANDS[name], run);
}
