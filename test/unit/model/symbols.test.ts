import { expect, it } from 'vitest';
import { definitionsOf } from '../../../server/src/model/symbols.ts';
import { link } from './linked.ts';

const TEXT = `product acme "Acme" {
  each app in programs where app.name matches /^Acme (?<release>\\d+)/
  let location = app.location
  let version = file "\${location}\\a.exe" version else release
  one per location
}
patch A-1 fixes acme { installed when version >= 1 and check c("x") }
check c(path) { file "\${path}" exists }
`;
const { symbols } = link(TEXT);

it('leads from every use to where the name is declared', () => {
  const uses = symbols.references.map((use) => {
    const to = definitionsOf(symbols, use).map(({ at }) => TEXT.slice(at.start, at.end));
    return `${TEXT.slice(use.at.start, use.at.end)} -> ${to.join(', ')}`;
  });
  expect(uses).not.toHaveLength(0);
  for (const use of uses) {
    const [from, to] = use.split(' -> ');
    expect(to).toBe(from);
  }
});

it('has the names inside texts, at their places', () => {
  const inText = symbols.references.filter(({ at }) => TEXT[at.start - 1] === '{');
  expect(inText.map(({ name }) => name)).toEqual(['location', 'path']);
});

it('leads from a name of a patch to the product that binds it', () => {
  const use = symbols.references.find(({ name, owner }) => name === 'version' && owner === 'a-1');
  expect(use && definitionsOf(symbols, use)).toMatchObject([{ kind: 'let', name: 'version', owner: 'acme' }]);
});
