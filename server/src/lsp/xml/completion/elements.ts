/** Which elements can stand at a place: those that are still needed first. */
import { attributeOf, elementsOf } from '../../../patchxml/document.ts';
import type { ElementType } from '../../../patchxml/schema.ts';
import { typeNamed, type Typed } from '../types.ts';

/** An element that can stand somewhere. */
export interface Offer {
  readonly name: string;
  readonly type: ElementType;
  /** Without it what is around is not complete. */
  readonly needed: boolean;
}

const READINGS: readonly string[] = ['key', 'file', 'folder', 'service', 'msi', 'name', 'text', 'literal'];
const VERDICTS: readonly string[] = ['installed-when', 'missing-when', 'missing-always', 'note'];
/** What stands once. */
const ONCE: ReadonlySet<string> = new Set([
  'fixes',
  'installed-when',
  'missing-when',
  'missing-always',
  'note',
  'where',
  'when',
]);

/** The elements that the schema allows in the innermost one, or the root where there is none. */
export function elementsIn(around: readonly Typed[]): readonly Offer[] {
  const inner = around.at(-1);
  if (!inner) return offers(['patches'], () => true);
  const { element, type: typeName } = inner;
  const type = typeNamed(typeName);
  if (!type || !typeName) return [];
  const there = new Set(elementsOf(element).map(({ name }) => name));
  const allowed = type.children.filter((child) => !isThere(child, there));
  return offers(allowed, (child) =>
    isNeeded({ typeName, child, there, isUse: attributeOf(element, 'ref') !== undefined }),
  );
}

function isThere(child: string, there: ReadonlySet<string>): boolean {
  if (VERDICTS.includes(child)) return VERDICTS.some((one) => there.has(one));
  return ONCE.has(child) && there.has(child);
}

interface Need {
  readonly typeName: string;
  readonly child: string;
  readonly there: ReadonlySet<string>;
  readonly isUse: boolean;
}

/** What the reader of patch definitions misses. */
function isNeeded({ typeName, child, there, isUse }: Need): boolean {
  switch (typeName) {
    case 'patch':
      return child === 'fixes';
    case 'fixes':
    case 'on':
    case 'reaches':
      return there.size === 0;
    case 'let':
    case 'else':
    case 'argument':
      return READINGS.includes(child) && !READINGS.some((one) => there.has(one));
    case 'useCheck':
      return isUse;
    default:
      return false;
  }
}

function offers(names: readonly string[], isWanted: (name: string) => boolean): readonly Offer[] {
  return names.flatMap((name) => {
    const type = typeNamed(name);
    return type ? [{ name, type, needed: isWanted(name) }] : [];
  });
}

/** Elements that mostly hold nothing, though they could. */
const SHORT: ReadonlySet<string> = new Set([
  ...READINGS,
  ...READINGS.map((name) => `${name}Check`),
  ...['hotfixCheck', 'windows', 'fixedProduct', 'useProduct', 'useCheck'],
]);
/** An expectation that a check can begin with. */
const EXPECTED: Readonly<Record<string, string>> = {
  ...{ keyCheck: 'exists="true"', fileCheck: 'exists="true"', folderCheck: 'exists="true"' },
  ...{ serviceCheck: 'is="running"', msiCheck: 'is="installed"', hotfixCheck: 'is="installed"' },
  ...{ useProduct: 'is="installed"' },
};

/** The element as a snippet from its name on, with what it needs. */
export function snippetOf({ name, type }: Offer): string {
  const needed = Object.entries(type.attributes).filter(([, { required }]) => required === true);
  const attributes = needed.map(([attribute], index) => ` ${attribute}="$${index + 1}"`);
  const expected = EXPECTED[name];
  const tag = [type.tag, ...attributes, expected ? ` ${expected}` : ''].join('');
  return type.children.length === 0 || SHORT.has(name) ? `${tag}/>$0` : `${tag}>$0</${type.tag}>`;
}
