/** A whole declaration around a check, for where no declaration is. */
import { freeId } from './ids.ts';
import { pathLiteral, plainLiteral, textLiteral } from './literals.ts';
import { keyOf } from './condition.ts';
import type { Surroundings, Thing } from './things.ts';

export interface SkeletonOptions extends Surroundings {
  readonly condition: string;
  /** Whether a declaration has that id, in lower case. */
  readonly isTaken: (id: string) => boolean;
}

/** A product that is there when the check holds; of a value or hotfix a patch that is installed then. */
export function skeletonOf(thing: Thing, options: SkeletonOptions): string {
  const { condition, isTaken, folders } = options;
  switch (thing.kind) {
    case 'hotfix': {
      const kb = thing.kb.toUpperCase();
      const id = isTaken(kb.toLowerCase()) ? freeId(`${kb}-update`, isTaken, 'patch') : kb;
      return patch(id, `Update ${kb}`, condition);
    }
    case 'value':
      return patch(
        freeId(lastOf(thing.name) || lastOf(thing.path), isTaken, 'patch'),
        thing.name || thing.path,
        condition,
      );
    case 'file': {
      const path = pathLiteral(thing.path, folders);
      const name = lastOf(thing.path).replace(/\.[^.]*$/, '');
      const version = thing.version?.fileVersion === undefined ? [] : [`let version = file ${path} version`];
      return product(freeId(name, isTaken), thing.version?.product ?? name, [
        ...version,
        `installed when file ${path} exists`,
      ]);
    }
    case 'service': {
      const title = thing.info?.displayName || thing.name;
      return product(freeId(thing.name, isTaken), title, [
        `let location = service ${textLiteral(thing.name)} path as program as folder`,
        `installed when ${condition}`,
      ]);
    }
    case 'key':
      return product(freeId(lastOf(thing.path), isTaken), lastOf(thing.path), [
        `installed when ${keyOf(thing)} exists`,
      ]);
    case 'folder':
      return product(freeId(lastOf(thing.path), isTaken), lastOf(thing.path), [
        `let location = ${pathLiteral(thing.path, folders)}`,
        'installed when folder "${location}" exists',
      ]);
  }
}

const lastOf = (path: string): string => path.split('\\').at(-1) ?? path;

/** A title on one line, that shows what it says. */
export const titleOf = (text: string): string =>
  plainLiteral(
    text
      .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/g, ' ')
      .replace(/[\ud800-\udfff]/gu, '\ufffd')
      .trim()
      .slice(0, 200) || 'unnamed',
  );

function product(id: string, title: string, lines: readonly string[]): string {
  return [`product ${id} ${titleOf(title)} {`, ...lines.map((line) => `  ${line}`), '}'].join('\n');
}

function patch(id: string, title: string, condition: string): string {
  return [
    `patch ${id} ${titleOf(title)} fixes windows {`,
    '  severity unrated',
    `  installed when ${condition}`,
    '}',
  ].join('\n');
}
