/** `patchlab test`: runs the tests of content, on recordings and on machines that consist of givens. */
import { contentFor as partFor } from '../../lsp/scan-scope.ts';
import { testsOf } from '../../model/tests.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { runTests } from '../../scan/content-tests/run.ts';
import { contentFor } from '../content.ts';
import { Places } from '../findings.ts';
import { coverageOf } from '../tests/coverage.ts';
import { json } from '../tests/json.ts';
import { junit } from '../tests/junit.ts';
import { pretty } from '../tests/pretty.ts';
import { placedRun, type TestReport } from '../tests/report.ts';
import { gravest, type ExitCode, type Verb } from '../verb.ts';

const FORMATS = { pretty, json, junit } as const satisfies Readonly<Record<string, (report: TestReport) => string>>;

const isFormat = (name: string | undefined): name is keyof typeof FORMATS =>
  name !== undefined && Object.hasOwn(FORMATS, name);

export const test: Verb = {
  summary: 'runs the tests of content',
  arguments: '[PATH...]',
  positionals: { many: true, path: true },
  description: `Runs every \`test\` declaration below the given paths; without a path, those of the content roots in patchlab.json,
or of the current folder. All content that is found there is one workspace. A test runs on each recording that its \`machine\`
names, or on a machine that consists of its \`given\` lines alone. No machine of the network is asked. Ends with 1 when an
expectation is not met or a test cannot be run, with 3 when a recording cannot be read.`,
  options: {
    format: {
      value: 'FORMAT',
      oneOf: Object.keys(FORMATS),
      help: 'pretty (default), json (patchlab-test/1), or junit (XML).',
    },
    coverage: { help: 'Also shows how often each check of the content came out true, false and unknown.' },
  },
  examples: ['patchlab test samples', 'patchlab test --coverage samples', 'patchlab test --format junit > tests.xml'],
  run: async (args, io) => {
    const { files, linked } = await contentFor(args.positionals);
    const accounts = args.has('coverage');
    const runs = await runTests({
      tests: files.flatMap(({ file, text }) => testsOf(file, text)),
      contentOf: (ids) => partFor(linked, ids),
      ...{ signal: io.signal, accounts },
    });
    const places = new Places(files);
    const errors = linked.findings.filter(({ severity }) => severity === 'error').length;
    const format = args.one('format');
    const seen = runs.map((run) => run.accounts);
    const report: TestReport = {
      ...{ runs: runs.map((run) => placedRun(run, places)), files: files.length, errors, places },
      ...(accounts && { coverage: coverageOf(linked.content, seen, places) }),
      style: io.colour ? COLOUR : PLAIN,
    };
    io.out(FORMATS[isFormat(format) ? format : 'pretty'](report));
    const codes = runs.map((run): ExitCode => (run.unreadable ? 3 : run.status === 'passed' ? 0 : 1));
    return gravest([...codes, errors > 0 ? 1 : 0]);
  },
};
