/** Where each code of the error table is provoked: the test, and what stands in for the machine. A test holds this to the truth. */
import type { ErrorCode } from '../server/src/scan/errors.ts';

export interface Provoked {
  readonly file: string;
  /** The test's name as it stands in the file. */
  readonly test: string;
  /** What fails: a real server, or one of ours where no server that can be had does so. */
  readonly by: 'lab' | 'scripted server' | 'this computer';
}

const RESOLVE = 'test/live/resolve.test.ts';
const UNREACHABLE = 'test/live/unreachable.test.ts';
const DIRECTORY = 'test/live/directory-faults.test.ts';
const SHARE = 'test/live/faults-share.test.ts';
const READING = 'test/live/faults-reading.test.ts';
const SCRIPTED = 'test/live/faults-scripted.test.ts';

const lab = (file: string, test: string): Provoked => ({ file, test, by: 'lab' });
const scripted = (test: string): Provoked => ({ file: SCRIPTED, test, by: 'scripted server' });
const here = (file: string, test: string): Provoked => ({ file, test, by: 'this computer' });

const NAME = lab(RESOLVE, 'that DNS says is %s is told with its code');
const CUT = lab(READING, 'in step %i: %s, when it is cut');
const TIME = lab(READING, 'in step %i: %s, when the time of the scan is over first');

export const PROVOKED: Readonly<Record<ErrorCode, Provoked>> = {
  '200': NAME,
  '201': NAME,
  '202': NAME,
  PL101: lab(
    'test/live/directory-password.test.ts',
    'that is wrong is tried once, on one directory, and its user logs on nowhere again',
  ),
  PL102: lab(DIRECTORY, 'because its certificate is bad (%s) is told nothing'),
  PL103: lab(DIRECTORY, 'because the part is not there'),
  PL104: lab(DIRECTORY, 'because it gives only a part: that part is there'),
  '230': lab(UNREACHABLE, 'to which there is no route'),
  '235': lab(UNREACHABLE, 'that swallows every packet'),
  '261': lab(SHARE, '261: nothing listens'),
  '301': lab(SHARE, '301: there is no C$'),
  '302': lab(SHARE, '302: it takes one client, and has that'),
  '303': lab(SHARE, '303: the session is taken away, because its user came back with another connection'),
  '451': lab(SHARE, '451: a wrong password'),
  '452': lab(SHARE, '452: a server that hangs takes the connection and never answers'),
  '501': scripted('501: OpenLocalMachine is denied'),
  '502': lab(READING, '502: the service hangs'),
  '503': lab(READING, '503: the connection is cut while it is opened'),
  '553': lab(READING, '553: the service is stopped'),
  PL401: lab(READING, 'PL401: the account may not read the key that tells it'),
  PL402: lab(READING, 'PL402: the values that tell it are gone'),
  PL403: lab(READING, 'PL403: answers under the name'),
  PL405: CUT,
  PL406: TIME,
  PL410: here(
    'test/unit/cli/command.test.ts',
    'a snapshot %s, with its code and nothing that looks like a result without errors',
  ),
  PL501: CUT,
  PL502: TIME,
  PL601: CUT,
  PL602: TIME,
  PL701: here(
    'test/unit/cli/command.test.ts',
    'a result that cannot be delivered, because the folder for it is a file',
  ),
};
