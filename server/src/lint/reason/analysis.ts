/** Reasoning over all conditions of content, once, for the rules that report what it finds. */
import type { Condition, Content, Find, Let, NamedCheck, Patch, Product, Scope } from '../../model/content.ts';
import { isWindowsName } from '../../model/windows-names.ts';
import type { Location } from '../../model/source.ts';
import { instancesOf, namesOf, patchNames, type Instance } from './bindings.ts';
import type { Environment } from './canonical.ts';
import { clash, contradiction, examine, formulaIn, noWindows, type Reasoned, type Unit } from './examine.ts';
import { createSpace, fixedFormula, formulaOf, isPlain, scopesFormula, type Formula, type Space } from './formula.ts';
import { TRUE } from './masks.ts';
import { inquire, neverFalse, neverTrue } from './questions.ts';

const known = new WeakMap<Content, readonly Reasoned[]>();

/** Everything that reasoning has to say about content. */
export function reasonedOf(content: Content): readonly Reasoned[] {
  const before = known.get(content);
  if (before !== undefined) return before;
  const found = [
    ...[...content.products.values()].flatMap((product) => ofProduct(content, product)),
    ...[...content.patches.values()].flatMap((patch) => ofPatch(content, patch)),
    ...[...content.checks.values()].flatMap((check) => ofCheck(content, check)),
  ];
  known.set(content, found);
  return found;
}

interface Around {
  readonly env: Environment;
  readonly fixesWindows: boolean;
  /** What is reasoned about. Where it is plain to see that nothing can be wrong with it, nothing is looked at. */
  readonly about: (space: Space) => unknown;
}

/** Runs on a fresh unit, and on one for each quantifier that it comes upon. */
function within(
  content: Content,
  { env, fixesWindows, about }: Around,
  run: (unit: Unit) => void,
): readonly Reasoned[] {
  const glance = createSpace(content, { fixesWindows, follows: false });
  about(glance);
  if (isPlain(glance)) return [];
  const found: Reasoned[] = [];
  const inside: Condition[] = [];
  const unit = (): Unit => ({
    inquiry: inquire(createSpace(content, { fixesWindows })),
    env,
    texts: content.texts,
    add: (finding) => void found.push(finding),
    inner: (condition) => void inside.push(condition),
  });
  run(unit());
  for (let next = inside.shift(); next !== undefined; next = inside.shift()) examine(unit(), next);
  return found;
}

/** What there is to say of one condition by itself. */
const ofCondition = (
  content: Content,
  condition: Condition,
  { env, fixesWindows = false }: { readonly env: Environment; readonly fixesWindows?: boolean },
): readonly Reasoned[] =>
  within(content, { env, fixesWindows, about: (space) => formulaOf(space, condition, env) }, (unit) =>
    examine(unit, condition),
  );

function ofCheck(content: Content, check: NamedCheck): readonly Reasoned[] {
  const env = new Map(check.parameters.map((name) => [name.toLowerCase(), { key: `parameter ${name.toLowerCase()}` }]));
  return ofCondition(content, { kind: 'all', of: check.conditions, at: check.nameAt }, { env });
}

// ---------- products

const ofProduct = (content: Content, product: Product): readonly Reasoned[] =>
  product.variants.flatMap((variant) => {
    const env = namesOf(variant);
    const parts = variant.finds.flatMap(conditionOf);
    const about = (space: Space) => parts.map((one) => formulaOf(space, one, env));
    return [
      ...within(content, { env, fixesWindows: false, about }, (unit) => ofParts(unit, parts)),
      ...variant.finds.flatMap((find) => (find.kind === 'let' ? ofLet(content, find, { env }) : [])),
    ];
  });

/** Statements that must all hold. */
function ofParts(unit: Unit, parts: readonly Condition[]): void {
  const formulas = parts.map((one) => formulaIn(unit, one));
  for (const one of parts) {
    if (one.kind !== 'on') examine(unit, one);
    else if (neverTrue(unit.inquiry, formulaIn(unit, one))) noWindows(unit, one.at, []);
  }
  const hopeless = formulas.some((one) => neverTrue(unit.inquiry, one));
  if (!hopeless && neverTrue(unit.inquiry, { kind: 'all', of: formulas })) clash(unit, parts, []);
}

/** What a statement asks of an instance. */
function conditionOf(find: Find): readonly Condition[] {
  switch (find.kind) {
    case 'each':
      // Where nothing fits, the instance is there all the same.
      return find.where === undefined || find.first ? [] : [find.where];
    case 'installed-when':
      return [find.condition];
    case 'on':
      return [find];
    case 'let':
      return [];
  }
}

/** `else` after what is always there, or whose condition the ones before leave nothing to. */
function ofLet(
  content: Content,
  { choices }: Let,
  { env, fixesWindows = false }: { readonly env: Environment; readonly fixesWindows?: boolean },
): readonly Reasoned[] {
  if (choices.length < 2 && choices[0]?.when === undefined) return [];
  // Even where each is plain by itself, one may leave the next nothing.
  const about = (space: Space): void => void space.asked++;
  return within(content, { env, fixesWindows, about }, (unit) => ofChoices(unit, choices));
}

function ofChoices(unit: Unit, choices: Let['choices']): void {
  const taken: Formula[] = [];
  for (const { value, when } of choices) {
    const formula: Formula = when === undefined ? { kind: 'constant', mask: TRUE } : formulaIn(unit, when);
    const alone = when !== undefined && neverTrue(unit.inquiry, formula);
    if (!alone && taken.length > 0 && neverTrue(unit.inquiry, formula, taken)) {
      const message = 'This is never reached: what stands before it always gives a value by then.';
      unit.add({ code: 'unreachable-else', message, at: value.at });
    } else if (when !== undefined) examine(unit, when);
    // Only a text that is written out is there for certain.
    const { source, steps } = value;
    const written = source.kind === 'literal' && steps.length === 0 ? source.literal : undefined;
    const certain =
      written !== undefined &&
      (written.kind !== 'text' || written.template.parts.some((part) => part.kind === 'text')) &&
      (written.kind !== 'text' || written.template.parts.every((part) => part.kind === 'text'));
    if (certain) taken.push({ kind: 'not', of: formula });
  }
}

// ---------- patches

function ofPatch(content: Content, patch: Patch): readonly Reasoned[] {
  const { verdict } = patch;
  const conditions = 'condition' in verdict || patch.lets.length > 0 || patch.warn.length > 0;
  const asksWindows =
    patch.on.length > 0 || patch.fixes.some(({ name, bounds }) => isWindowsName(name) && bounds.length > 0);
  if (!conditions && !asksWindows) return [];
  const own = surroundings(content, patch, [patch]);
  const nowhere = asksWindows ? onNoWindows(content, patch, own) : [];
  if (nowhere.length > 0 || !conditions) return nowhere;
  const ofBulletin = sharedSurroundings(content, patch);
  const at = ({ at: place }: { readonly at: Location }) => (isWithin(place, patch.at) ? own : (ofBulletin ?? own));
  const found = [...patch.lets.flatMap((one) => ofLet(content, one, at(one)))];
  for (const warn of patch.warn)
    if (warn.kind === 'when') found.push(...ofCondition(content, warn.condition, at(warn)));
  if (!('condition' in verdict)) return found;
  const { condition } = verdict;
  const shared = !isWithin(condition.at, patch.at);
  const around = at(condition);
  const about = (space: Space): void => void ofVerdictFormulas(space, patch, { condition, around });
  found.push(...within(content, { ...around, about }, (unit) => ofVerdict(unit, patch, { condition, around, shared })));
  return found;
}

/** Whether a patch is for no Windows: what it fixes, what the products say that it fixes, and its own `on`. */
function onNoWindows(content: Content, patch: Patch, around: Surroundings): readonly Reasoned[] {
  const about = (space: Space): void => void space.asked++;
  return within(content, { ...around, about }, (unit) => {
    const { inquiry } = unit;
    const { space } = inquiry;
    const fixes = patch.fixes.map((scope) => {
      const isWindows = isWindowsName(scope.name);
      // Which versions of a product there are says nothing of Windows.
      const formula = fixedFormula(space, isWindows ? scope : { ...scope, bounds: [] }, around);
      return { at: scope.at, isWindows, formula };
    });
    for (const { at, formula, isWindows } of fixes) {
      if (isWindows && neverTrue(inquiry, formula)) noWindows(unit, at, []);
    }
    const parts = [
      ...(fixes.length === 0 ? [] : [{ at: spanOf(patch.fixes), formula: anyOf(fixes.map(({ formula }) => formula)) }]),
      ...patch.on
        .filter((scopes) => scopes.length > 0)
        .map((scopes) => {
          return { at: spanOf(scopes), formula: scopesFormula(space, scopes) };
        }),
    ];
    for (const [index, { at, formula }] of parts.entries()) {
      if (index === 0 && fixes.length > 0) continue;
      const before = parts.slice(0, index);
      const alone = neverTrue(inquiry, formula);
      if (
        !alone &&
        !neverTrue(
          inquiry,
          formula,
          before.map((one) => one.formula),
        )
      )
        continue;
      const against = before.find((one) => neverTrue(inquiry, formula, [one.formula]));
      const others = alone ? [] : against === undefined ? before : [against];
      // What a bulletin shares is right for its other patches.
      if (!isWithin(at, patch.at)) return noWindows(unit, patch.nameAt, [{ at }, ...others]);
      return noWindows(unit, at, others);
    }
  });
}

const anyOf = (of: readonly Formula[]): Formula => ({ kind: 'any', of });

function spanOf(scopes: readonly Scope[]): Location {
  const first = scopes[0]?.at ?? { file: '', start: 0, end: 0 };
  return { ...first, end: scopes.at(-1)?.at.end ?? first.end };
}

/** What a patch's condition sees: the names of all kinds of instances that it may be asked of. */
interface Surroundings {
  readonly env: Environment;
  readonly fixesWindows: boolean;
  readonly instances: readonly Instance[];
}

function surroundings(content: Content, patch: Patch, judged: readonly Patch[]): Surroundings {
  const instances = instancesOf(content, judged) ?? [];
  const fixes = judged.flatMap((one) => one.fixes);
  const fixesWindows = fixes.length > 0 && fixes.every(({ name }) => isWindowsName(name));
  return { env: patchNames(patch, instances), fixesWindows, instances };
}

/** What a bulletin shares is asked of the instances of all its patches. */
function sharedSurroundings(content: Content, patch: Patch): Surroundings | undefined {
  const bulletin = patch.bulletin === undefined ? undefined : content.bulletins.get(patch.bulletin.toLowerCase());
  if (bulletin === undefined) return undefined;
  const members = bulletin.patches.map((id) => content.patches.get(id.toLowerCase()));
  // Of a member that has an error it is not known what it is for.
  if (members.includes(undefined)) return { env: patchNames(patch, []), fixesWindows: false, instances: [] };
  return surroundings(
    content,
    patch,
    members.flatMap((one) => one ?? []),
  );
}

const isWithin = (inner: Location, outer: Location): boolean =>
  inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;

interface OfVerdict {
  readonly condition: Condition;
  readonly around: Surroundings;
}

function ofVerdictFormulas(space: Space, patch: Patch, { condition, around }: OfVerdict) {
  const formula = formulaOf(space, condition, around.env);
  const narrowed = patch.on.filter((scopes) => scopes.length > 0).map((scopes) => scopesFormula(space, scopes));
  const scopes = patch.fixes.map((scope) => fixedFormula(space, scope, around));
  return { formula, narrowed, scopes };
}

function ofVerdict(unit: Unit, patch: Patch, of: OfVerdict & { readonly shared: boolean }): void {
  const { condition, shared } = of;
  const { inquiry } = unit;
  const { formula, narrowed, scopes } = ofVerdictFormulas(inquiry.space, patch, of);
  const given = [...(scopes.length > 0 ? [{ kind: 'any', of: scopes } as const] : []), ...narrowed];
  if (neverTrue(inquiry, formula)) return contradiction(unit, condition, []);
  if (neverFalse(inquiry, formula)) return examine(unit, condition);
  const decided = patch.fixes.filter((scope, index) =>
    decides(unit, patch, { scope, given: [scopes[index] ?? formula, ...narrowed], formula }),
  );
  // A bulletin's condition serves all its patches: what one of them has no use for, another has. And where nothing is
  // fixed, nothing is said of what would be.
  const [first, ...others] = given;
  const isNowhere = first !== undefined && neverTrue(inquiry, first, others);
  examine(unit, condition, shared || decided.length > 0 || isNowhere ? [] : given);
}

/** Whether what is fixed decides already how the condition comes out, and says so. */
function decides(
  unit: Unit,
  { verdict }: Patch,
  of: { readonly scope: Patch['fixes'][number]; readonly given: readonly Formula[]; readonly formula: Formula },
): boolean {
  const { inquiry } = unit;
  const { scope, given, formula } = of;
  const [first, ...others] = given;
  if (first === undefined || neverTrue(inquiry, first, others)) return false;
  const always = neverFalse(inquiry, formula, given);
  if (!always && !neverTrue(inquiry, formula, given)) return false;
  const missing = always === (verdict.kind === 'missing-when');
  const consequence = missing
    ? 'so the patch is never *installed* here, and nothing that it supersedes is ever settled by it'
    : 'so the patch is never *missing* here';
  const message = `Of what is fixed here the condition is ${always ? 'always' : 'never'} true, ${consequence}. \`fixes\` says for whom a patch is, the condition whether it is there.`;
  unit.add({
    code: 'fixes-decides',
    message,
    at: scope.at,
    related: [{ at: verdict.at, message: 'the condition' }],
  });
  return true;
}
