/** `patchlab test`: runs the tests of content, on recordings and on machines that consist of givens. */
import { contentFor as partFor } from '../../lsp/scan-scope.ts';
import { testsOf } from '../../model/tests.ts';
import { inert } from '../../results/report/inert.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { runTests, type TestRun } from '../../scan/content-tests/run.ts';
import { contentFor } from '../content.ts';
import { Places } from '../findings.ts';
import { plural } from '../plural.ts';
import { coverageOf } from '../tests/coverage.ts';
import { github } from '../tests/github.ts';
import { json } from '../tests/json.ts';
import { junit } from '../tests/junit.ts';
import { contentErrors, pretty } from '../tests/pretty.ts';
import { placedRun, type TestReport } from '../tests/report.ts';
import { updateExpectations, type Updated } from '../tests/update.ts';
import { gravest, UsageError, type ExitCode, type Surroundings, type Verb } from '../verb.ts';

const FORMATS = { pretty, json, junit, github } as const satisfies Readonly<
  Record<string, (report: TestReport) => string>
>;

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
      help: 'pretty (default), json (patchlab-test/1), junit (XML), or github (workflow commands).',
    },
    filter: {
      value: 'TEXT',
      many: true,
      help: 'Runs only the tests whose title contains this text; several: any of them.',
    },
    coverage: { help: 'Also shows in how many runs each check of the content came out true, false and unknown.' },
    update: { help: 'Writes what is so into expectations that are not met, and runs the tests again.' },
  },
  examples: ['patchlab test samples', 'patchlab test --filter 7-Zip', 'patchlab test --format junit > tests.xml'],
  run: async (args, io) => {
    const accounts = args.has('coverage');
    const titles = args.all('filter');
    let ran = await run(args.positionals, { titles, accounts, signal: io.signal });
    if (args.has('update') && (await update(ran, io)))
      ran = await run(args.positionals, { titles, accounts, signal: io.signal });
    const { files, linked, runs, errors } = ran;
    const places = new Places(files);
    const named = args.one('format');
    const format = isFormat(named) ? named : 'pretty';
    if (errors > 0 && format !== 'pretty') io.err(`${contentErrors(errors)}\n`);
    const seen = runs.map((one) => one.accounts);
    const report: TestReport = {
      ...{ runs: runs.map((one) => placedRun(one, places)), files: files.length, errors, places },
      ...(accounts && { coverage: coverageOf(linked.content, seen, places) }),
      style: io.colour ? COLOUR : PLAIN,
    };
    io.out(FORMATS[format](report));
    const codes = runs.map((one): ExitCode => (one.unreadable ? 3 : one.status === 'passed' ? 0 : 1));
    return gravest([...codes, errors > 0 ? 1 : 0]);
  },
};

interface Wanted {
  /** Parts of titles; all tests where there is none. */
  readonly titles: readonly string[];
  readonly accounts: boolean;
  readonly signal: AbortSignal;
}

interface Ran extends Awaited<ReturnType<typeof contentFor>> {
  readonly runs: readonly TestRun[];
  /** Errors of the content itself. */
  readonly errors: number;
}

async function run(paths: readonly string[], { titles, accounts, signal }: Wanted): Promise<Ran> {
  const { files, linked } = await contentFor(paths);
  const parts = titles.map((title) => title.toLowerCase());
  const all = files.flatMap(({ file, text }) => testsOf(file, text));
  const tests = all.filter(({ title }) => parts.length === 0 || parts.some((one) => title.toLowerCase().includes(one)));
  if (parts.length > 0 && tests.length === 0)
    throw new UsageError(`Of ${plural(all.length, 'test')} none has "${titles.join('" or "')}" in its title.`);
  const runs = await runTests({ tests, contentOf: (ids) => partFor(linked, ids), signal, accounts });
  const errors = linked.findings.filter(({ severity }) => severity === 'error').length;
  return { files, linked, runs, errors };
}

/** Gives whether anything was written. */
async function update({ runs, files, errors }: Ran, io: Surroundings): Promise<boolean> {
  if (errors > 0) {
    io.err(`Nothing is updated: ${plural(errors, 'error')} in the content would be taken for what is so.\n`);
    return false;
  }
  const updated = await updateExpectations(runs, files);
  for (const one of updated) io.err(`${inert(one.file)}: ${updateText(one)}\n`);
  return updated.some(({ why }) => why === undefined);
}

const updateText = ({ count, why }: Updated): string =>
  why === undefined ? `${plural(count, 'expectation')} updated` : `left as it is: ${inert(why)}`;
