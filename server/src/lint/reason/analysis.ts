/** Reasoning over all conditions of content, once, for the rules that report what it finds. */
import type { Condition, Content, Find, Let, NamedCheck, Patch, Product, Variant } from '../../model/content.ts';
import { isWindowsName } from '../../model/windows-names.ts';
import type { Environment } from './canonical.ts';
import { clash, contradiction, examine, formulaIn, type Reasoned, type Unit } from './examine.ts';
import { createSpace, formulaOf, isPlain, scopeFormula, scopesFormula, type Formula } from './formula.ts';
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

const NO_PARAMETERS: Environment = new Map();

/** Runs on a fresh unit, and on one for each quantifier that it comes upon. */
function within(
  content: Content,
  run: (unit: Unit) => void,
  { fixesWindows = false, env = NO_PARAMETERS }: { readonly fixesWindows?: boolean; readonly env?: Environment } = {},
): readonly Reasoned[] {
  const found: Reasoned[] = [];
  const inside: Condition[] = [];
  const unit = (): Unit => ({
    inquiry: inquire(createSpace(content, fixesWindows)),
    env,
    texts: content.texts,
    add: (finding) => void found.push(finding),
    inner: (condition) => void inside.push(condition),
  });
  run(unit());
  for (let next = inside.shift(); next !== undefined; next = inside.shift()) examine(unit(), next);
  return found;
}

function ofCheck(content: Content, check: NamedCheck): readonly Reasoned[] {
  const env = new Map(check.parameters.map((name) => [name.toLowerCase(), { key: `parameter ${name.toLowerCase()}` }]));
  const whole: Condition = { kind: 'all', of: check.conditions, at: check.nameAt };
  return within(content, (unit) => examine(unit, whole), { env });
}

// ---------- products

const ofProduct = (content: Content, product: Product): readonly Reasoned[] =>
  product.variants.flatMap((variant) => [
    ...within(content, (unit) => ofVariant(unit, variant)),
    ...variant.finds.flatMap((find) => (find.kind === 'let' ? within(content, (unit) => ofLet(unit, find)) : [])),
  ]);

function ofVariant(unit: Unit, { finds }: Variant): void {
  const parts = finds.flatMap(conditionOf);
  const formulas = parts.map((one) => formulaIn(unit, one));
  if (isPlain(unit.inquiry.space)) return;
  for (const one of parts) if (one.kind !== 'on') examine(unit, one);
  const hopeless = formulas.some((one) => neverTrue(unit.inquiry, one));
  if (!hopeless && neverTrue(unit.inquiry, { kind: 'all', of: formulas })) clash(unit, parts, []);
}

/** What a statement asks of an instance. */
function conditionOf(find: Find): readonly Condition[] {
  switch (find.kind) {
    case 'each':
      return find.where === undefined ? [] : [find.where];
    case 'installed-when':
      return [find.condition];
    case 'on':
      return [find];
    case 'let':
      return [];
  }
}

/** `else` after what is always there, or whose condition the ones before leave nothing to. */
function ofLet(unit: Unit, { choices }: Let): void {
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
  const fixesWindows = patch.fixes.length > 0 && patch.fixes.every(({ name }) => isWindowsName(name));
  const found = [...patch.lets.flatMap((one) => within(content, (unit) => ofLet(unit, one), { fixesWindows }))];
  for (const warn of patch.warn) {
    if (warn.kind === 'when') found.push(...within(content, (unit) => examine(unit, warn.condition), { fixesWindows }));
  }
  const { verdict } = patch;
  if (!('condition' in verdict)) return found;
  found.push(...within(content, (unit) => ofVerdict(unit, patch, verdict.condition), { fixesWindows }));
  return found;
}

function ofVerdict(unit: Unit, patch: Patch, condition: Condition): void {
  const { inquiry } = unit;
  const { space } = inquiry;
  const formula = formulaOf(space, condition);
  const narrowed = patch.on.filter((scopes) => scopes.length > 0).map((scopes) => scopesFormula(space, scopes));
  const scopes = patch.fixes.map((scope) => scopeFormula(space, scope));
  if (isPlain(space)) return;
  const given = [...(scopes.length > 0 ? [{ kind: 'any', of: scopes } as const] : []), ...narrowed];
  // A bulletin's condition serves all its patches: what one of them has no use for, another has.
  const shared =
    condition.at.file !== patch.at.file || condition.at.start < patch.at.start || condition.at.end > patch.at.end;
  if (neverTrue(inquiry, formula)) return contradiction(unit, condition, []);
  if (neverFalse(inquiry, formula)) return examine(unit, condition);
  const decided = patch.fixes.filter((scope, index) =>
    decides(unit, patch, { scope, given: [scopes[index] ?? formula, ...narrowed], formula }),
  );
  examine(unit, condition, shared || decided.length > 0 ? [] : given);
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
