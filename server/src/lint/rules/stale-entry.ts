/** Uninstall entries outlive their programs: an entry alone is no proof. */
import type { Condition, Find, Source, Template, Thing, Variant } from '../../model/content.ts';
import { walkCondition } from '../../model/walk.ts';
import type { Rule } from '../rule.ts';

export const staleEntry: Rule = {
  code: 'stale-entry',
  severity: 'information',
  summary: 'A product is found by its Uninstall entry alone, which uninstallers leave behind.',
  alone: true,
  find: (content) =>
    [...content.products.values()].flatMap(({ variants, nameAt }) => {
      const message = 'An Uninstall entry may be left behind: say `installed when file "${location}\\…" exists`.';
      return variants.some(trustsEntry) ? [{ message, at: nameAt }] : [];
    }),
};

/** Whether all that a variant asks for is an Uninstall entry. */
function trustsEntry({ finds }: Variant): boolean {
  const proofs = finds.flatMap(proofsOf);
  return proofs.includes('entry') && !proofs.includes('other');
}

type Proof = 'entry' | 'other';

const ENTRY = /\\Microsoft\\Windows\\CurrentVersion\\Uninstall(?:\\|$)/i;

function proofsOf(find: Find): readonly Proof[] {
  switch (find.kind) {
    case 'each':
      // Whether it is there or not, the instance is.
      if (find.first) return [];
      if (find.from.kind === 'programs') return ['entry', ...inCondition(find.where)];
      if (find.from.kind === 'keys' || find.from.kind === 'values')
        return [...find.from.patterns.map(ofKey), ...inCondition(find.where)];
      return ['other'];
    case 'installed-when':
      return inCondition(find.condition);
    case 'let':
    case 'on':
      return [];
  }
}

const ofKey = ({ parts }: Template): Proof =>
  ENTRY.test(parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('')) ? 'entry' : 'other';

/** What a condition looks at; what it asks of names says nothing new. */
function inCondition(condition: Condition | undefined): readonly Proof[] {
  if (condition === undefined) return [];
  const found: Proof[] = [];
  walkCondition(condition, {
    source: (source) => found.push(...ofSource(source)),
    condition: (one) => {
      if (one.kind === 'use-check' || one.kind === 'use-product') found.push('other');
      if (one.kind === 'every' || one.kind === 'some') found.push(one.from.kind === 'programs' ? 'entry' : 'other');
    },
  });
  return found;
}

function ofSource(source: Source | Thing): readonly Proof[] {
  switch (source.kind) {
    case 'value':
    case 'thing-key':
      return [ofKey(source.key)];
    case 'name':
    case 'element-value':
    case 'literal':
      return [];
    default:
      return ['other'];
  }
}
