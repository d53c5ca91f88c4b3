/** What a test of content expects of a machine, held against what evaluation says of it. */
import type { Expect } from '../model/content-test.ts';
import type { Condition } from '../model/content.ts';
import { isWindowsName } from '../model/windows-names.ts';
import { judgeCondition } from './conditions.ts';
import { freshBudget, outcome, type Context, type DetectedInstance, type DetectedProduct } from './context.ts';
import { createContext, type DetectArguments } from './detect.ts';
import { patchInstead, productInstead, type Instead } from './expected-instead.ts';
import type { PatchJudgement } from './judgement.ts';
import type { Judged } from './kleene.ts';
import type { Outcome, Trace } from './verdict.ts';

/** How an expectation came out. */
export interface Answered {
  readonly met: boolean;
  /** What was expected, in the words of results. */
  readonly expected: string;
  /** What is so instead, in the same words. */
  readonly seen: string;
  /** Of what is seen: why it is so. */
  readonly traces: readonly Trace[];
  /** Why nothing is seen, or why it is unknown. */
  readonly reason?: string;
  /** What it would have to say to be met, where that is one thing. */
  readonly instead?: Instead;
}

export interface ExpectArguments extends Pick<DetectArguments, 'content' | 'target' | 'observations'> {
  readonly detected: readonly DetectedProduct[];
  readonly judged: readonly PatchJudgement[];
  readonly expects: readonly Expect[];
}

/** Every expectation, in its order; or what must be observed to tell. */
export function answerExpectations(args: ExpectArguments): Outcome<readonly Answered[]> {
  const context = createContext({ ...args, trace: true });
  const answers = args.expects.map((expect) => answer(context, expect, args));
  const done = answers.filter((one) => one !== 'pending');
  return outcome(context, done.length === answers.length ? done : undefined);
}

function answer(context: Context, expect: Expect, args: ExpectArguments): Answered | 'pending' {
  const { content } = args;
  const id = expect.name.toLowerCase();
  if (content.products.has(id)) return ofProduct(context, expect, args);
  if (content.patches.has(id)) return ofPatch(context, expect, args);
  const expected = wordsOf(expect);
  const seen = content.bulletins.has(id)
    ? `${expect.name} is a bulletin: expect something of its patches`
    : `there is no product or patch ${expect.name}, or it has an error`;
  return { met: false, expected, seen, traces: [] };
}

function wordsOf({ says, product }: Expect): string {
  const of = product === undefined ? '' : ` for ${product}`;
  if (says.kind === 'status') return `${says.status}${of}`;
  if (says.kind !== 'installed') return `${says.kind}${of}`;
  const times = says.times === undefined ? '' : ` ${says.times} times`;
  return `installed${times}${of}`;
}

// ---------- products

function ofProduct(context: Context, expect: Expect, { detected, content }: ExpectArguments): Answered | 'pending' {
  const { says, name } = expect;
  const found = detected.find((one) => one.id.toLowerCase() === name.toLowerCase());
  const instances = found?.instances ?? [];
  const certain = instances.filter(({ state }) => state === 'installed');
  const doubtful = instances.length - certain.length;
  const incomplete = found?.incomplete;
  const doubt = incomplete ?? instances.find((one) => one.reason !== undefined)?.reason;
  const reason = certain.length > 0 ? undefined : doubt;
  const traces = instances.flatMap(({ trace }) => (trace ? [trace] : []));
  const instead = productInstead(expect, { instances, isIncomplete: incomplete !== undefined });
  const told = {
    ...{ expected: wordsOf(expect), traces },
    ...{ ...(reason !== undefined && { reason }), ...(instead && { instead }) },
  };
  const open = 'unknown: there may be one where nothing could be read';
  const seen = instances.length === 0 && incomplete !== undefined ? open : seenInstances(instances);
  switch (says.kind) {
    case 'status':
      return { ...told, met: false, seen: `${name} is a product: expect it installed, not installed or unknown` };
    case 'unknown':
      return { ...told, met: certain.length === 0 && (doubtful > 0 || incomplete !== undefined), seen };
    case 'not installed':
      return { ...told, met: instances.length === 0 && incomplete === undefined, seen };
    case 'installed': {
      if (says.property === undefined) return { ...told, met: counts(says.times, certain.length, doubtful), seen };
      const { property } = says;
      const fits = certain.map((one) => fit(context, one, property));
      if (fits.some(({ verdict }) => verdict === 'pending')) return 'pending';
      const fitting = fits.filter(({ verdict }) => verdict === 'true').length;
      const expected = `${told.expected} ${textAt(content.texts, property)}`;
      // That it is there does not explain what its property is.
      const unfit = fits.flatMap(({ verdict, trace }) => (verdict !== 'true' && trace ? [trace] : []));
      const why = certain.length > 0 ? unfit : traces;
      return { ...told, expected, met: counts(says.times, fitting, doubtful), seen, traces: why };
    }
  }
}

/** One that may be there or not leaves a number open. */
function counts(times: number | undefined, certain: number, doubtful: number): boolean {
  return times === undefined ? certain > 0 : certain === times && doubtful === 0;
}

function fit(context: Context, instance: DetectedInstance, property: Condition): Judged {
  freshBudget(context);
  return judgeCondition(context, instance.names, property);
}

/** The property and its predicate as they are written. */
function textAt(texts: ReadonlyMap<string, string>, { at }: Condition): string {
  return (texts.get(at.file) ?? '').slice(at.start, at.end).replace(/\s+/g, ' ');
}

function seenInstances(instances: readonly DetectedInstance[]): string {
  if (instances.length === 0) return 'not installed';
  const each = instances.map(({ state, version, path }) => {
    const where = path === null ? '' : ` in ${path}`;
    return `${state} ${version ?? 'without a version'}${where}`;
  });
  return each.length === 1 ? (each[0] ?? '') : `${each.length} times: ${each.join('; ')}`;
}

// ---------- patches

function ofPatch(context: Context, expect: Expect, { judged }: ExpectArguments): Answered {
  const { says, name, product } = expect;
  const all = judged.filter((one) => one.id.toLowerCase() === name.toLowerCase());
  const found = product === undefined ? all : all.filter((one) => isFor(context, one.product, product));
  const traces = found.flatMap(({ trace }) => (trace ? [trace] : []));
  const reason = found.find((one) => one.reason !== undefined)?.reason;
  const instead = patchInstead(found);
  const told = {
    ...{ expected: wordsOf(expect), traces },
    ...{ ...(reason !== undefined && { reason }), ...(instead && { instead }) },
  };
  const seen = seenStatuses(found);
  if (says.kind === 'not installed' || (says.kind === 'installed' && (says.times ?? says.property) !== undefined))
    return { ...told, met: false, seen: `${name} is a patch: expect one status of it` };
  const wanted = says.kind === 'status' ? says.status : says.kind;
  // Where nothing that it fixes is there, it is judged for nothing: it does not apply.
  const met = found.some(({ status }) => status === wanted) || (wanted === 'not applicable' && found.length === 0);
  return { ...told, met, seen };
}

/** A patch for Windows is judged for the name that it fixes; a test may say any that the machine bears. */
function isFor({ target }: Context, judged: string, wanted: string): boolean {
  const name = wanted.toLowerCase();
  return judged.toLowerCase() === name || (isWindowsName(judged) && target.os.names.includes(name));
}

function seenStatuses(found: readonly PatchJudgement[]): string {
  if (found.length === 0) return 'not judged: nothing that it fixes is on the machine';
  const each = found.map(({ status, product, instance }) => {
    const which = isWindowsName(product)
      ? ''
      : ` for ${product}${instance > 0 ? `, installation ${instance + 1}` : ''}`;
    return `${status}${which}`;
  });
  return [...new Set(each)].join('; ');
}

// ---------- why

/** The checks that a verdict rests on, as far as they are told. */
export function decisive(trace: Trace): readonly Trace[] {
  const { children = [], verdict } = trace;
  if (children.length === 0) return [trace];
  const same = children.filter((child) => child.verdict === verdict);
  return (same.length > 0 ? same : children).flatMap(decisive);
}
