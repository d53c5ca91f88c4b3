/** Runs the tests of content: each on each of its recordings, or on a machine of its givens alone. */
import { accountOf, type Account } from '../../evaluate/account.ts';
import { createContext } from '../../evaluate/detect.ts';
import { answerExpectations, decisive, type Answered } from '../../evaluate/expectations.ts';
import type { Instead } from '../../evaluate/expected-instead.ts';
import type { OperatingSystem, Target, Trace } from '../../evaluate/verdict.ts';
import { GivenMachine } from '../../machine/given/given-machine.ts';
import type { Statement } from '../../machine/given/statement.ts';
import type { Machine } from '../../machine/port.ts';
import type { ContentTest, Expect, Given } from '../../model/content-test.ts';
import type { Content } from '../../model/content.ts';
import type { Location } from '../../model/source.ts';
import { evaluateOn, observerOf, targetOf } from '../kept.ts';
import { Recordings, type Recording } from './recordings.ts';
import { statementsOf } from './statements.ts';
import { plainTarget, statedWindows } from './windows.ts';

/** Why something is so: a check with what was seen. */
export interface Because {
  readonly text: string;
  readonly at?: Location;
}

/** An expectation that was not met, or why a test could not be run. */
export interface TestProblem {
  readonly code: 'test-failed' | 'test-error';
  readonly at: Location;
  readonly message: string;
  readonly expected?: string;
  readonly seen?: string;
  readonly because: readonly Because[];
  /** Of an expectation: what it would have to say to be met, where that is one thing. */
  readonly instead?: { readonly expect: Expect; readonly says: Instead };
}

/** One test on one machine. */
export interface TestRun {
  readonly test: ContentTest;
  /** The recording, relative to the test's file; `null` where the machine consists of givens alone. */
  readonly machine: string | null;
  /** `error` where it could not be run. */
  readonly status: 'passed' | 'failed' | 'error';
  /** The recording cannot be read: no fault of the content. */
  readonly unreadable: boolean;
  readonly problems: readonly TestProblem[];
  readonly ms: number;
  /** How evaluation came to its answers for all that the test touches: for coverage. */
  readonly accounts: readonly Account[];
}

export interface RunOptions {
  readonly tests: readonly ContentTest[];
  /** Declarations with all that they depend on. */
  readonly contentOf: (ids: readonly string[]) => Content;
  readonly signal: AbortSignal;
  /** Also tells how all answers came about. */
  readonly accounts: boolean;
}

/** All runs, in the order of the tests. Rejects only with the signal's reason when cancelled. */
export async function runTests(options: RunOptions): Promise<readonly TestRun[]> {
  const recordings = new Recordings();
  const runs: TestRun[] = [];
  for (const test of options.tests) runs.push(...(await runTest(test, options, recordings)));
  return runs;
}

async function runTest(test: ContentTest, options: RunOptions, recordings: Recordings): Promise<readonly TestRun[]> {
  if (test.damaged)
    return [failedRun(test, null, [trouble(test.titleAt, 'it has errors, which `patchlab check` shows')])];
  if (test.expects.length === 0) return [failedRun(test, null, [trouble(test.titleAt, 'it expects nothing')])];
  if (test.machines.length === 0) return [await runOn(test, options, undefined)];
  const runs: TestRun[] = [];
  for (const { pattern, at } of test.machines) {
    const found = await recordings.find(test.at.file, pattern);
    if ('why' in found) {
      runs.push({ ...failedRun(test, pattern, [trouble(at, found.why)]), unreadable: true });
      continue;
    }
    for (const recording of found) runs.push(await runOnRecording(test, options, { at, recording, recordings }));
  }
  return runs;
}

async function runOnRecording(
  test: ContentTest,
  options: RunOptions,
  { at, recording, recordings }: { readonly at: Location; recording: Recording; recordings: Recordings },
): Promise<TestRun> {
  const opened = await recordings.open(recording);
  if ('why' in opened) return { ...failedRun(test, recording.name, [trouble(at, opened.why)]), unreadable: true };
  return runOn(test, options, { name: recording.name, machine: opened.machine });
}

const trouble = (at: Location, why: string): TestProblem => ({
  ...{ code: 'test-error', at, because: [] },
  message: `The test cannot be run: ${why}.`,
});

function failedRun(test: ContentTest, machine: string | null, problems: readonly TestProblem[]): TestRun {
  return { test, machine, status: 'error', unreadable: false, problems, ms: 0, accounts: [] };
}

async function runOn(
  test: ContentTest,
  { contentOf, signal, accounts }: RunOptions,
  on: { readonly name: string; readonly machine: Machine } | undefined,
): Promise<TestRun> {
  signal.throwIfAborted();
  const began = performance.now();
  const content = contentOf(test.expects.flatMap(({ name, product }) => [name, ...(product ? [product] : [])]));
  const machine = on?.name ?? null;
  const staged = await stage(test, { content, signal, machine: on?.machine });
  if ('problems' in staged) return failedRun(test, machine, staged.problems);
  const observer = observerOf(staged.machine, signal);
  const evaluated = await evaluateOn(observer, { content, target: staged.target, without: new Set() });
  if (!evaluated) return failedRun(test, machine, [trouble(test.titleAt, 'the machine could not be evaluated')]);
  const { value: answers } = await observer.drive(
    () => answerExpectations({ ...{ content, expects: test.expects }, ...evaluated }),
    () => undefined,
  );
  const told = (id: string): readonly Account[] => {
    const account = accountOf(id, { content, ...evaluated });
    return account ? [account] : [];
  };
  const problems = answers.flatMap((answered, index) => {
    const expect = test.expects[index];
    if (answered.met || expect === undefined) return [];
    return [unmet(expect, answered, { machine, account: told(expect.name)[0] })];
  });
  return {
    ...{ test, machine, unreadable: false, problems, ms: performance.now() - began },
    status: problems.length === 0 ? 'passed' : 'failed',
    accounts: accounts ? [...content.products.keys(), ...content.patches.keys()].flatMap(told) : [],
  };
}

// ---------- the machine

interface Staged {
  readonly machine: Machine;
  readonly target: Target;
}

interface Staging {
  readonly content: Content;
  readonly signal: AbortSignal;
  readonly machine: Machine | undefined;
}

/** First the Windows, because it says where keys and files of a view lie; then what is stated of them. */
async function stage(
  test: ContentTest,
  { content, signal, machine }: Staging,
): Promise<Staged | { readonly problems: readonly TestProblem[] }> {
  const now = machine?.time ?? new Date();
  const told = machine && (await targetOf(observerOf(machine, signal), content, now));
  if (machine && !told)
    return { problems: [trouble(test.titleAt, 'the recording does not tell which Windows it is of')] };
  const problems: TestProblem[] = [];
  const os = osOf(test.givens, told?.os, problems);
  if (problems.length > 0) return { problems };
  if (os === undefined) {
    const why = 'it names neither a recording nor a Windows: say `machine "…"` or `given on windows-11-24h2`';
    return { problems: [trouble(test.titleAt, why)] };
  }
  const target = told ? { ...told, os } : plainTarget(os, now);
  const context = createContext({ content, target, observations: { get: () => undefined } });
  const statements: Statement[] = [];
  for (const given of test.givens) {
    if (given.kind !== 'thing') continue;
    const made = statementsOf(context, given);
    if ('why' in made) problems.push(trouble(given.at, made.why));
    else statements.push(...made.statements);
  }
  return problems.length > 0 ? { problems } : { machine: new GivenMachine(statements, machine, now), target };
}

function osOf(
  givens: readonly Given[],
  recorded: OperatingSystem | undefined,
  problems: TestProblem[],
): OperatingSystem | undefined {
  let os = recorded;
  // The name says which Windows it is; facts say what is particular to this one, wherever they stand.
  for (const kind of ['windows', 'fact'] as const)
    for (const given of givens) {
      if (given.kind !== kind) continue;
      const stated = statedWindows(os, given);
      if ('why' in stated) problems.push(trouble(given.at, stated.why));
      else os = stated.value;
    }
  return os;
}

// ---------- why it is not as expected

const MOST_REASONS = 3;

interface Unmet {
  readonly machine: string | null;
  readonly account: Account | undefined;
}

function unmet(expect: Expect, answered: Answered, { machine, account }: Unmet): TestProblem {
  const { name, at } = expect;
  const { expected, seen, traces, reason, instead } = answered;
  const where = machine === null ? '' : ` on ${machine}`;
  const found = traces.flatMap(decisive).map(checkText);
  const checks = found.length > 0 || !account ? found : stops(account);
  return {
    ...{ code: 'test-failed', at, expected, seen },
    message: `Expected ${name} to be ${expected}${where}, but it is ${seen}.`,
    because: [...(reason === undefined ? [] : [{ text: reason }]), ...checks.slice(0, MOST_REASONS)],
    ...(instead && { instead: { expect, says: instead } }),
  };
}

const checkText = (trace: Trace): Because => because(trace, trace.verdict);

function because(
  { check, at, observed, source, reason }: Omit<Account, 'key' | 'outcome' | 'children'>,
  outcome: string,
): Because {
  const where = source === undefined ? '' : ` (${source})`;
  const told = observed === undefined ? [] : [`${observed}${where}`];
  const parts = [outcome, ...told, ...(reason === undefined || observed?.startsWith('unreadable') ? [] : [reason])];
  return { text: `${check}: ${parts.join('; ')}`, ...(at && { at }) };
}

/** Where the search for a product came to an end that found none. */
function stops({ children }: Account): readonly Because[] {
  return children.flatMap((child): readonly Because[] => {
    if (child.element === 'left out') return [];
    const goesOn = child.children.some((one) => one.element === 'taken');
    const isEnd = child.outcome === 'false' || child.outcome === 'unknown';
    if (!isEnd || goesOn) return stops(child);
    return [because(child, child.outcome)];
  });
}
