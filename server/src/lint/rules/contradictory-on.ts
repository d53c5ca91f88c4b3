/** Several `on` that must all hold, and that no Windows can fulfil together. */
import type { Content, Scope } from '../../model/content.ts';
import type { Location } from '../../model/source.ts';
import { WINDOWS_NAMES, type WindowsName } from '../../model/windows-names.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const contradictoryOn: Rule = {
  code: 'contradictory-on',
  severity: 'warning',
  summary: 'No Windows fulfils all the `on` that must hold together.',
  alone: true,
  find: (content) => [...inStatements(content), ...inConditions(content)],
};

interface On {
  readonly scopes: readonly Scope[];
  readonly at: Location;
}

function inStatements(content: Content): readonly RuleFinding[] {
  const products = [...content.products.values()].flatMap((product) =>
    product.variants.flatMap((variant) => contradictions(variant.finds.filter((find) => find.kind === 'on'))),
  );
  const patches = [...content.patches.values()].flatMap((patch) => {
    const windows = patch.fixes.filter(({ name }) => WINDOWS_NAMES.has(name));
    const all = patch.on.map(placed);
    // What a patch fixes narrows too, where it is for Windows alone.
    return contradictions(windows.length === patch.fixes.length ? [placed(windows), ...all] : all);
  });
  return [...products, ...patches];
}

const placed = (scopes: readonly Scope[]): On => {
  const first = scopes[0]?.at ?? { file: '', start: 0, end: 0 };
  return { scopes, at: { ...first, end: scopes.at(-1)?.at.end ?? first.end } };
};

const inConditions = (content: Content): readonly RuleFinding[] =>
  everywhere(content, (add) => ({
    condition(condition) {
      if (condition.kind !== 'all') return;
      contradictions(condition.of.filter((one) => one.kind === 'on')).forEach(add);
    },
  }));

function contradictions(all: readonly On[]): readonly RuleFinding[] {
  return all.flatMap((one, index) => {
    const other = all.slice(0, index).find((before) => before.scopes.length > 0 && !canBoth(before.scopes, one.scopes));
    if (other === undefined || one.scopes.length === 0) return [];
    const message =
      'No Windows is both this and what is asked before: nothing is left. Several names in one `on` are separated by commas and mean "one of these".';
    return [{ message, at: one.at, related: [{ at: other.at, message: 'what is asked before' }] }];
  });
}

const canBoth = (a: readonly Scope[], b: readonly Scope[]): boolean =>
  a.some((one) => b.some((other) => compatible(WINDOWS_NAMES.get(one.name), WINDOWS_NAMES.get(other.name))));

/** Whether one machine can bear both names. */
function compatible(a: WindowsName | undefined, b: WindowsName | undefined): boolean {
  if (a?.family === undefined || b?.family === undefined) return true;
  if (a.family !== b.family) return a.family.id.startsWith('server-2003') && b.family.id.startsWith('server-2003');
  if (a.build !== undefined && b.build !== undefined && a.build !== b.build) return false;
  return a.servicePack === undefined || b.servicePack === undefined || a.servicePack === b.servicePack;
}
