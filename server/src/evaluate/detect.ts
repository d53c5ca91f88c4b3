/** Products: from content and observations to instances, or to the observations still needed. */
import type { Content, Product } from '../model/content.ts';
import {
  createMemo,
  freshBudget,
  lookup,
  MOST_STEPS_OF_ALL,
  outcome,
  unique,
  type Context,
  type DetectedInstance,
  type DetectedProduct,
  type Memo,
  type ProductTest,
} from './context.ts';
import { cleanPath } from './file-paths.ts';
import { findCandidates, type Candidate } from './instances.ts';
import { and, FALSE, or, PENDING, unknown, type Judged, type Tri } from './kleene.ts';
import { mergeCandidates } from './merge.ts';
import { brief } from './text.ts';
import { present, textOf, toVersion, unreadable, ABSENT, mapRead, type Read } from './values.ts';
import type { Observations, Outcome, Target, Trace } from './verdict.ts';

export interface DetectArguments {
  readonly content: Content;
  readonly target: Target;
  readonly observations: Observations;
  readonly trace?: boolean;
  /** Given to every round, it spares repeating what earlier rounds finished. */
  readonly memo?: Memo;
  /** Asks for all that content could ever read of this target, decided or not: for recordings. Then without a memo. */
  readonly exhaustive?: boolean;
  /** Products a scan template leaves out are not looked for. */
  readonly wanted?: (product: Product) => boolean;
}

/** The products that are on the machine, or may be. Instances are numbered in the order they are found. */
export function detectProducts(args: DetectArguments): Outcome<readonly DetectedProduct[]> {
  const context = createContext(args);
  const found: DetectedProduct[] = [];
  let pending = false;
  for (const product of args.content.products.values()) {
    if (args.wanted?.(product) === false) continue;
    const detected = detectProduct(context, product);
    if (detected === 'pending') pending = true;
    else if (detected.instances.length > 0 || detected.incomplete !== undefined) found.push(detected);
  }
  return outcome(context, pending ? undefined : found);
}

/** What evaluation of a target is given. */
export function createContext(args: Omit<DetectArguments, 'wanted'>): Context {
  return {
    content: args.content,
    target: args.target,
    observations: args.observations,
    trace: args.trace ?? false,
    memo: args.memo ?? createMemo(),
    needed: [],
    ...(args.exhaustive === true && { aside: [] }),
    evidence: [],
    checking: [],
    budget: { left: MOST_STEPS_OF_ALL, total: MOST_STEPS_OF_ALL },
    pendingProducts: new Map(),
    testProduct,
  };
}

/** One product; its answer is kept, and so is what it needs where there is none yet, however often it is asked for. */
function detectProduct(context: Context, product: Product): DetectedProduct | 'pending' {
  const id = product.id.toLowerCase();
  const known = context.memo.products.get(id);
  if (known !== undefined) return known;
  const waiting = context.pendingProducts.get(id);
  if (waiting !== undefined) {
    context.needed.push(...waiting);
    return 'pending';
  }
  const mark = context.needed.length;
  const { left } = context.budget;
  const evidence = context.evidence.length;
  freshBudget(context);
  context.memo.detecting.add(id);
  const detected = search(context, product);
  context.memo.detecting.delete(id);
  context.budget.left = left;
  context.evidence.length = evidence;
  if (detected === 'pending') {
    context.pendingProducts.set(id, unique(context.needed.slice(mark)));
  } else {
    context.needed.length = mark;
    context.memo.products.set(id, detected);
  }
  return detected;
}

function search(context: Context, product: Product): DetectedProduct | 'pending' {
  const found = findCandidates(context, product);
  const merged = mergeCandidates(context, found.candidates, product.onePer);
  const instances = merged?.map((candidate, index) => describe(context, candidate, index));
  if (found.pending || instances === undefined) return 'pending';
  const finished = instances.filter((one) => one !== 'pending');
  if (finished.length < instances.length) return 'pending';
  return {
    id: product.id,
    name: product.title ?? product.id,
    instances: finished,
    product,
    ...(found.incomplete.size === 0 ? {} : { incomplete: [...found.incomplete].join('; ') }),
  };
}

function describe(context: Context, candidate: Candidate, instance: number): DetectedInstance | 'pending' {
  const read = (name: string): Read => {
    const binding = lookup(candidate.names, name);
    return binding?.kind === 'read' ? binding.read(context) : ABSENT;
  };
  const [version, location] = [versionOf(read('version')), read('location')];
  const architecture = read('architecture');
  const language = read('language');
  if ([version, location, architecture, language].some((one) => one.state === 'pending')) return 'pending';
  const path = mapRead(location, (value) => present(cleanPath(context.target, textOf(value))));
  const reason = candidate.reason ?? whyUnread({ version, location });
  return {
    instance,
    version: textOrNull(version),
    path: path.state === 'present' ? path.value : null,
    architecture: textOrNull(architecture) ?? viewArchitecture(context, candidate),
    language: textOrNull(language),
    state: candidate.verdict === 'true' ? 'installed' : 'unknown',
    ...(reason === undefined ? {} : { reason }),
    ...traceOf(context, candidate, reason),
    names: candidate.names,
  };
}

function versionOf(read: Read): Read {
  return mapRead(read, (value) => mapRead(toVersion(value), (version) => present({ kind: 'version', version })));
}

function whyUnread(reads: Readonly<Record<string, Read>>): string | undefined {
  for (const [name, read] of Object.entries(reads)) {
    if (read.state === 'unreadable') return `its ${name} could not be read: ${read.reason}`;
  }
  return undefined;
}

function textOrNull(read: Read): string | null {
  return read.state === 'present' ? brief(textOf(read.value)) : null;
}

/** Where the key that found it is of the 32-bit view, the program is 32-bit. */
function viewArchitecture(context: Context, candidate: Candidate): string | null {
  if (candidate.view === undefined) return null;
  return candidate.view === '32' ? 'x86' : context.target.os.architecture;
}

function traceOf(context: Context, candidate: Candidate, reason: string | undefined): { readonly trace?: Trace } {
  if (!context.trace) return {};
  const base = { check: 'installed when', verdict: candidate.verdict } as const;
  return {
    trace: {
      ...base,
      ...(reason === undefined ? {} : { reason }),
      ...(candidate.traces.length === 0 ? {} : { children: candidate.traces }),
    },
  };
}

/** `product X …` in a condition: true where some instance is so, unknown where none is but one may be. */
function testProduct(context: Context, test: ProductTest): Judged {
  const product = context.content.products.get(test.product.toLowerCase());
  if (product === undefined) return unknown(`there is no product \`${test.product}\``);
  if (context.memo.detecting.has(product.id.toLowerCase())) return unknown(`product \`${product.id}\` asks for itself`);
  const detected = detectProduct(context, product);
  if (detected === 'pending') return PENDING;
  let verdict: Tri = FALSE.verdict;
  let reason: string | undefined;
  const note = (judged: Judged): void => {
    verdict = or(verdict, judged.verdict);
    if (judged.verdict === 'unknown') reason ??= judged.reason;
  };
  for (const instance of detected.instances) note(testInstance(context, instance, test));
  if (detected.incomplete !== undefined) note(unknown(detected.incomplete));
  return reason === undefined || verdict !== 'unknown' ? { verdict } : { verdict, reason };
}

function testInstance(context: Context, instance: DetectedInstance, test: ProductTest): Judged {
  const accepted = test.accepts(instanceVersion(context, instance));
  if (instance.state === 'installed') return accepted;
  const verdict = and('unknown', accepted.verdict);
  return verdict === 'unknown' ? unknown(instance.reason ?? 'it may be installed') : { verdict };
}

/** An instance's version as a value. */
export function instanceVersion(context: Context, instance: DetectedInstance): Read {
  const binding = lookup(instance.names, 'version');
  if (binding?.kind === 'read') return versionOf(binding.read(context));
  return unreadable(instance.reason ?? 'the product binds no version');
}
