/**
 * How evaluation came to its answer for one product or patch, also where that is *not detected*: every statement in the order
 * in which it is evaluated, with what was seen. Two accounts of one content can be set against each other (divergence.ts).
 */
import type { Content, Find, Patch, Product, Variant } from '../model/content.ts';
import type { Location } from '../model/source.ts';
import { isWindowsName } from '../model/windows-names.ts';
import { bindCaptures, once } from './captures.ts';
import { listCollection } from './collections.ts';
import { judgeCondition, judgeScopes } from './conditions.ts';
import { bind, freshBudget, type Context, type DetectedProduct, type Element, type Names } from './context.ts';
import { createContext } from './detect.ts';
import { bindFirst } from './instances.ts';
import type { PatchJudgement } from './judgement.ts';
import { TRUE } from './kleene.ts';
import { evaluateLet } from './lets.ts';
import { applicability, subjectsOf, type Subject } from './scopes.ts';
import { ofArchitecture } from './targets.ts';
import { brief } from './text.ts';
import { textOf, type Read } from './values.ts';
import type { Observations, Target, Trace } from './verdict.ts';
import { written } from './written.ts';

/** One statement, check, element or answer. */
export interface Account {
  /** The same for the same thing in an account of another machine. */
  readonly key: string;
  readonly check: string;
  /** `true`, `false`, `unknown`; of a reading `there` or `absent`; of an answer its words: `missing`, `not detected`. */
  readonly outcome: string;
  /**
   * An element of a collection or an installation: where two accounts have different ones, they are set against each other in
   * their order. `left out` is one that no statement goes on with.
   */
  readonly element?: 'taken' | 'left out';
  readonly at?: Location;
  readonly expected?: string;
  readonly observed?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly children: readonly Account[];
}

/** What an account is made of: evaluation that has come to its end. */
export interface AccountArguments {
  readonly content: Content;
  readonly target: Target;
  readonly observations: Observations;
  readonly detected: readonly DetectedProduct[];
  readonly judged: readonly PatchJudgement[];
}

/** The account of a product or patch, by its id; nothing where there is none of that name. */
export function accountOf(id: string, args: AccountArguments): Account | undefined {
  const product = args.content.products.get(id.toLowerCase());
  const patch = args.content.patches.get(id.toLowerCase());
  const context = createContext({ ...args, trace: true });
  if (product) return productAccount(context, product, args);
  return patch && patchAccount(context, patch, args);
}

// ---------- products

function productAccount(context: Context, product: Product, { detected }: AccountArguments): Account {
  freshBudget(context);
  const found = detected.find((one) => one.id.toLowerCase() === product.id.toLowerCase());
  const instances = found?.instances ?? [];
  const certain = instances.filter(({ state }) => state === 'installed').length;
  const arch = ofArchitecture(context, product.arch);
  const children: Account[] = [];
  if (product.arch.length > 0) {
    const check = `arch ${product.arch.join(', ')}`;
    children.push({ ...leaf('arch', check, arch.verdict), observed: context.target.os.architecture });
  }
  if (arch.verdict !== 'false')
    for (const variant of product.variants) children.push(...variantAccount(context, variant));
  return {
    key: `product ${product.id.toLowerCase()}`,
    check: `product ${product.id}`,
    outcome: certain > 0 ? 'installed' : instances.length > 0 ? 'unknown' : 'not detected',
    at: product.nameAt,
    ...(instances.length > 0 && { observed: instances.map(instanceText).join('; ') }),
    ...(found?.incomplete !== undefined && { reason: found.incomplete }),
    children,
  };
}

const instanceText = ({ version, path }: DetectedProduct['instances'][number]): string =>
  `${version ?? 'no version'}${path === null ? '' : ` in ${path}`}`;

/** As evaluation does, `on` comes first wherever it stands. */
function variantAccount(context: Context, { finds }: Variant): readonly Account[] {
  const scopes: Account[] = [];
  for (const find of finds) {
    if (find.kind !== 'on') continue;
    const { verdict, reason } = judgeScopes(context, undefined, find.scopes);
    const account = leaf(keyAt(find.at), written(context, find.at), verdict);
    scopes.push({ ...account, at: find.at, observed: osText(context), ...(reason !== undefined && { reason }) });
    if (verdict === 'false') return scopes;
  }
  const rest = finds.filter((find) => find.kind !== 'on');
  return [...scopes, ...statements({ context, finds: rest }, 0, undefined)];
}

interface Telling {
  readonly context: Context;
  readonly finds: readonly Exclude<Find, { kind: 'on' }>[];
}

function statements(telling: Telling, index: number, names: Names | undefined): readonly Account[] {
  const { context, finds } = telling;
  const find = finds[index];
  if (find === undefined) return [];
  switch (find.kind) {
    case 'each':
      return find.first ? firstAccount(telling, index, { find, names }) : eachAccount(telling, index, { find, names });
    case 'let': {
      const read = once((at) => evaluateLet(at, names, find));
      const told = reading(read(context), { key: keyAt(find.at), check: written(context, find.at), at: find.at });
      return [...told, ...statements(telling, index + 1, bind(find.name, { kind: 'read', read }, names))];
    }
    case 'installed-when': {
      const judged = judgeCondition(context, names, find.condition);
      const told = judged.trace === undefined ? [] : [fromTrace(judged.trace)];
      return judged.verdict === 'true' || judged.verdict === 'unknown'
        ? [...told, ...statements(telling, index + 1, names)]
        : told;
    }
  }
}

interface EachAt {
  readonly find: Extract<Find, { kind: 'each' }>;
  readonly names: Names | undefined;
}

function eachAccount(telling: Telling, index: number, { find, names }: EachAt): readonly Account[] {
  const { context } = telling;
  const listing = listCollection(context, names, find.from);
  if (listing.pending) return [];
  const children = listing.elements.map((element): Account => {
    const bound = bind(find.name, { kind: 'element', element }, names);
    const where = find.where === undefined ? TRUE : judgeCondition(context, bound, find.where);
    const goesOn = where.verdict === 'true' || where.verdict === 'unknown';
    const below = goesOn ? statements(telling, index + 1, bindCaptures(bound, find.where)) : [];
    return {
      ...elementAccount(element),
      outcome: where.verdict,
      element: goesOn ? 'taken' : 'left out',
      children: [...(where.trace === undefined ? [] : [fromTrace(where.trace)]), ...below],
    };
  });
  const taken = children.filter(({ element }) => element === 'taken');
  const gaps = listing.gaps.map(({ reason }) => reason);
  const outcome = taken.length > 0 ? 'true' : gaps.length > 0 ? 'unknown' : 'false';
  const account = {
    ...leaf(keyAt(find.at), written(context, find.at), outcome),
    at: find.at,
    observed: listed(taken, children.length),
    ...(gaps.length > 0 && { reason: gaps.join('; ') }),
  };
  return [{ ...account, children }];
}

const MOST_NAMED = 3;

function listed(taken: readonly Account[], all: number): string {
  if (all === 0) return 'there is none';
  if (taken.length === 0) return `none of ${all} fits`;
  const more = taken.length > MOST_NAMED ? `, and ${taken.length - MOST_NAMED} more` : '';
  const named = taken.slice(0, MOST_NAMED).map(({ check }) => check);
  return `${taken.length} of ${all}: ${named.join(', ')}${more}`;
}

function firstAccount(telling: Telling, index: number, { find, names }: EachAt): readonly Account[] {
  const { context } = telling;
  const bound = bindFirst(context, names, find);
  if (bound === 'pending') return [];
  const place = { key: keyAt(find.at), check: written(context, find.at), at: find.at };
  const { element } = bound;
  const told: readonly Account[] =
    'member' in element
      ? [{ ...place, outcome: 'there', observed: elementAccount(element).check, children: [] }]
      : reading(element, place);
  return [...told, ...statements(telling, index + 1, bound.names)];
}

function elementAccount({ identity, label, view, user }: Element): Account {
  const where = [...(view === undefined ? [] : [`${view}-bit view`]), ...(user === undefined ? [] : [user])];
  const check = where.length === 0 ? label : `${label} (${where.join(', ')})`;
  return { ...leaf(`element ${identity}`, check, 'true'), element: 'taken' };
}

/** A value that is bound. What nothing has asked for yet is not told. */
function reading(read: Read, place: Pick<Account, 'key' | 'check' | 'at'>): readonly Account[] {
  switch (read.state) {
    case 'pending':
      return [];
    case 'absent':
      return [{ ...place, outcome: 'absent', observed: 'absent', children: [] }];
    case 'unreadable':
      return [{ ...place, outcome: 'unknown', observed: 'unreadable', reason: read.reason, children: [] }];
    case 'present':
      return [{ ...place, outcome: 'there', observed: brief(textOf(read.value)), children: [] }];
  }
}

// ---------- patches

function patchAccount(context: Context, patch: Patch, args: AccountArguments): Account {
  const judged = args.judged.filter(({ id }) => id.toLowerCase() === patch.id.toLowerCase());
  const subjects = subjectsOf(context, args.detected);
  const names = [...new Set(patch.fixes.map(({ name }) => name.toLowerCase()))];
  const products = names.flatMap((name) => {
    const product = isWindowsName(name) ? undefined : args.content.products.get(name);
    return product === undefined ? [] : [productAccount(context, product, args)];
  });
  const windows = patch.fixes.filter(({ name }) => isWindowsName(name));
  const onWindows = windows.length === 0 ? [] : [windowsAccount(context, windows)];
  const answers = judged.map((one) => answerAccount(context, patch, { judgement: one, subjects, args }));
  const statuses = [...new Set(judged.map(({ status }) => status))];
  return {
    key: `patch ${patch.id.toLowerCase()}`,
    check: `patch ${patch.id}`,
    outcome: statuses.length === 0 ? 'not judged' : statuses.join(', '),
    at: patch.nameAt,
    ...(statuses.length === 0 && { reason: 'nothing that it fixes is on this machine' }),
    children: [...products, ...onWindows, ...answers],
  };
}

function windowsAccount(context: Context, scopes: Patch['fixes']): Account {
  const { names } = context.target.os;
  const bears = scopes.some(({ name }) => names.some((one) => one.toLowerCase() === name.toLowerCase()));
  const check = `fixes ${scopes.map(({ at }) => written(context, at)).join(', ')}`;
  const [first] = scopes;
  return {
    ...leaf('fixes windows', check, bears ? 'true' : 'false'),
    ...(first && { at: first.at }),
    observed: osText(context),
  };
}

function answerAccount(
  context: Context,
  patch: Patch,
  of: { readonly judgement: PatchJudgement; readonly subjects: readonly Subject[]; readonly args: AccountArguments },
): Account {
  const { product, instance, status, reason, trace } = of.judgement;
  const subject = of.subjects.find(({ detected, key }) =>
    detected === undefined ? isWindowsName(product) : key === product.toLowerCase() && detected.instance === instance,
  );
  const { path, version } = subject?.detected ?? { path: null, version: null };
  const covered = subject?.patches.find((one) => one.patch.id === patch.id);
  const applies = subject && covered && applicability(context, subject, covered);
  const limits = [...patch.on.flat(), ...(covered?.scopes.filter(({ bounds }) => bounds.length > 0) ?? [])];
  const children: Account[] = [];
  if (applies && applies.verdict !== 'pending' && limits.length + patch.arch.length > 0) {
    const wanted = [...limits.map(({ at }) => written(context, at)), ...patch.arch];
    const observed = [version ?? undefined, osText(context), context.target.os.architecture].filter(Boolean).join(', ');
    children.push({ ...leaf('applies', `applies to ${wanted.join(', ')}`, applies.verdict), observed });
  }
  if (trace) children.push(fromTrace(trace));
  const where = path === null ? '' : ` in ${path}`;
  return {
    key: `answer ${product.toLowerCase()} ${path?.toLowerCase() ?? instance}`,
    check: isWindowsName(product) ? `${patch.id} for Windows` : `${patch.id} for ${product}${where}`,
    outcome: status,
    element: 'taken',
    at: patch.verdict.kind === 'note' ? patch.nameAt : patch.verdict.at,
    ...(reason !== undefined && { reason }),
    children,
  };
}

// ---------- checks

/** A trace as part of an account. */
export function fromTrace(trace: Trace): Account {
  const { check, verdict, at, expected, observed, source, reason, children = [] } = trace;
  return {
    key: at === undefined ? `check ${check}` : keyAt(at),
    check,
    outcome: verdict,
    ...(at && { at }),
    ...(expected !== undefined && { expected }),
    ...(observed !== undefined && { observed }),
    ...(source !== undefined && { source }),
    ...(reason !== undefined && { reason }),
    children: children.map(fromTrace),
  };
}

const leaf = (key: string, check: string, outcome: string): Account => ({ key, check, outcome, children: [] });
const keyAt = ({ file, start, end }: Location): string => `${file} ${start} ${end}`;
const osText = ({ target: { os } }: Context): string => `${os.name}, ${os.version}`;
