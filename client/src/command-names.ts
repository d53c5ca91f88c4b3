/** The one registry of commands. package.json is held against it by a test. */
import { SHOW_REFERENCES_COMMAND } from '../../server/src/protocol/language.ts';

export const COMMANDS = {
  scanAll: 'patchlab.scanAll',
  scanFile: 'patchlab.scanFile',
  scanDeclaration: 'patchlab.scanDeclaration',
  record: 'patchlab.record',
  chooseTarget: 'patchlab.chooseTarget',
  showReport: 'patchlab.showReport',
  showGraph: 'patchlab.showGraph',
  scanMachine: 'patchlab.scanMachine',
  scanSnapshot: 'patchlab.scanSnapshot',
  forgetPassword: 'patchlab.forgetPassword',
  showReferences: SHOW_REFERENCES_COMMAND,
  newScript: 'patchlab.newScript',
  checkContent: 'patchlab.checkContent',
  openSamples: 'patchlab.openSamples',
  openWalkthrough: 'patchlab.openWalkthrough',
  showSampleScript: 'patchlab.showSampleScript',
  showLog: 'patchlab.showLog',
  restartServer: 'patchlab.restartServer',
} as const;

export type CommandName = keyof typeof COMMANDS;
