/** A scan that changes its machine, in a process of its own, for the test that kills it. Says when it begins. */
import { LAB_PASSWORD } from '../lab/lab.ts';
import { scanMachine } from '../../server/src/scan/scan.ts';
import { contentOf } from './scan-lab.ts';

const { LAB_TARGET = '', LAB_USER = '', LAB_FOLDER = '' } = process.env;
process.stdout.write('begins\n');
await scanMachine({
  target: { kind: 'machine', machine: LAB_TARGET, credential: { user: LAB_USER, password: LAB_PASSWORD } },
  content: contentOf('patch P-1 "Something" fixes windows { installed when windows.build >= 99999 }'),
  changes: { folder: LAB_FOLDER, temporaryShare: true, startRemoteRegistry: true, enableRemoteRegistry: true },
});
