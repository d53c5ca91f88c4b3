/** Going through the conditions and readings of a declaration, in the order in which they are written. */
import type {
  Bound,
  Collection,
  Condition,
  Find,
  Let,
  NamedCheck,
  NameRef,
  Patch,
  Product,
  Reading,
  Scope,
  Source,
  Step,
  Template,
  Test,
  Thing,
  View,
} from './content.ts';

/** What a walk calls for each thing that it meets. */
export interface Visitor {
  readonly condition?: (condition: Condition) => void;
  readonly collection?: (collection: Collection) => void;
  /** Registry keys, with the view that they are read in. */
  readonly key?: (key: Template, view: View | undefined) => void;
  /** Paths of files and folders. */
  readonly path?: (path: Template, view: View | undefined) => void;
  readonly scopes?: (scopes: readonly Scope[]) => void;
  readonly bounds?: (bounds: readonly Bound[]) => void;
  readonly name?: (name: NameRef) => void;
  /** Every text with insertions: paths, keys, names and literals. */
  readonly template?: (template: Template) => void;
  /** What is read or looked at, things without a property included. */
  readonly source?: (source: Source | Thing) => void;
  /** Readings; the subjects of comparisons come with their condition. */
  readonly reading?: (reading: Reading) => void;
}

/** Walks through all of a product. */
export function walkProduct(product: Product, visitor: Visitor): void {
  for (const variant of product.variants) for (const find of variant.finds) walkFind(find, visitor);
}

function walkFind(find: Find, visitor: Visitor): void {
  switch (find.kind) {
    case 'each':
      walkCollection(find.from, visitor);
      if (find.where !== undefined) walkCondition(find.where, visitor);
      return;
    case 'let':
      return walkLet(find, visitor);
    case 'on':
      return walkScopes(find.scopes, visitor);
    case 'installed-when':
      return walkCondition(find.condition, visitor);
  }
}

function walkLet(node: Let, visitor: Visitor): void {
  for (const { value, when } of node.choices) {
    walkReading(value, visitor);
    if (when !== undefined) walkCondition(when, visitor);
  }
}

/** Walks through all of a patch, with what it has from its bulletin. */
export function walkPatch(patch: Patch, visitor: Visitor): void {
  walkScopes(patch.fixes, visitor);
  for (const scopes of patch.on) walkScopes(scopes, visitor);
  for (const one of patch.lets) walkLet(one, visitor);
  if ('condition' in patch.verdict) walkCondition(patch.verdict.condition, visitor);
  for (const warn of patch.warn) if (warn.kind === 'when') walkCondition(warn.condition, visitor);
}

/** Walks through all of a check. */
export function walkCheck(check: NamedCheck, visitor: Visitor): void {
  for (const condition of check.conditions) walkCondition(condition, visitor);
}

function walkScopes(scopes: readonly Scope[], visitor: Visitor): void {
  visitor.scopes?.(scopes);
  for (const { bounds } of scopes) walkBounds(bounds, visitor);
}

function walkBounds(bounds: readonly Bound[], visitor: Visitor): void {
  if (bounds.length > 0) visitor.bounds?.(bounds);
  for (const { value } of bounds) walkReading(value, visitor);
}

/** Walks through a condition and all within. */
export function walkCondition(condition: Condition, visitor: Visitor): void {
  visitor.condition?.(condition);
  switch (condition.kind) {
    case 'not':
      return walkCondition(condition.of, visitor);
    case 'all':
    case 'any':
      for (const one of condition.of) walkCondition(one, visitor);
      return;
    case 'every':
    case 'some':
      walkCollection(condition.from, visitor);
      if (condition.where !== undefined) walkCondition(condition.where, visitor);
      for (const one of condition.of) walkCondition(one, visitor);
      return;
    case 'use-check':
      for (const one of condition.args) walkReading(one, visitor);
      return;
    case 'use-product':
      if (condition.test.kind === 'range') walkBounds(condition.test.bounds, visitor);
      return;
    case 'on':
      return walkScopes(condition.scopes, visitor);
    case 'compare':
      walkSource(condition.subject, visitor);
      for (const step of condition.steps) walkStep(step, visitor);
      if (condition.predicate.kind === 'test') walkTest(condition.predicate.test, visitor);
      else if (condition.predicate.kind === 'is' && condition.predicate.what.kind === 'one-of')
        for (const value of condition.predicate.what.values) walkReading(value, visitor);
  }
}

function walkTest(test: Test, visitor: Visitor): void {
  switch (test.kind) {
    case 'range':
      return walkBounds(test.bounds, visitor);
    case 'contains':
    case 'starts-with':
    case 'ends-with':
      return walkReading(test.value, visitor);
    case 'like':
      return walkTemplate(test.pattern, visitor);
    case 'matches':
    case 'age':
    case 'reaches':
  }
}

function walkReading(reading: Reading, visitor: Visitor): void {
  visitor.reading?.(reading);
  walkSource(reading.source, visitor);
  for (const step of reading.steps) walkStep(step, visitor);
}

function walkStep(step: Step, visitor: Visitor): void {
  if (step.kind !== 'replacing') return;
  if ('parts' in step.what) walkTemplate(step.what, visitor);
  walkTemplate(step.with, visitor);
}

function walkSource(source: Source | Thing, visitor: Visitor): void {
  visitor.source?.(source);
  switch (source.kind) {
    case 'value':
      walkTemplate(source.name, visitor);
      return walkKey(source.key, source.view, visitor);
    case 'thing-key':
      return walkKey(source.key, source.view, visitor);
    case 'file':
    case 'folder':
    case 'thing-file':
    case 'thing-folder':
      visitor.path?.(source.path, source.view);
      return walkTemplate(source.path, visitor);
    case 'service':
    case 'thing-service':
      return walkTemplate(source.name, visitor);
    case 'msi':
    case 'thing-msi':
      return walkTemplate(source.msi.id, visitor);
    case 'name':
      return visitor.name?.(source.name);
    case 'element-value':
      visitor.name?.(source.name);
      return walkTemplate(source.value, visitor);
    case 'literal':
      if (source.literal.kind === 'text') walkTemplate(source.literal.template, visitor);
      return;
    case 'thing-hotfix':
  }
}

function walkKey(key: Template, view: View | undefined, visitor: Visitor): void {
  visitor.key?.(key, view);
  walkTemplate(key, visitor);
}

function walkCollection(collection: Collection, visitor: Visitor): void {
  visitor.collection?.(collection);
  const isKey = collection.kind === 'keys' || collection.kind === 'values';
  for (const pattern of collection.patterns) {
    if (isKey) visitor.key?.(pattern, collection.view);
    else visitor.path?.(pattern, collection.view);
    walkTemplate(pattern, visitor);
  }
}

function walkTemplate(template: Template, visitor: Visitor): void {
  visitor.template?.(template);
  for (const part of template.parts) if (part.kind === 'name') visitor.name?.(part.name);
}
