/** The one registry of commands. package.json is held against it by a test. */

export const COMMANDS = {
  scanMachine: 'patchlab.scanMachine',
  scanSnapshot: 'patchlab.scanSnapshot',
  forgetPassword: 'patchlab.forgetPassword',
  newScript: 'patchlab.newScript',
  showLog: 'patchlab.showLog',
  restartServer: 'patchlab.restartServer',
} as const;

export type CommandName = keyof typeof COMMANDS;
