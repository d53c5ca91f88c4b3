/** Checking that a JSON value is of a shape: the first place where it is not, and what was expected there. */
import type { JsonPath } from './locate.ts';

export interface Misfit {
  readonly path: JsonPath;
  readonly expected: string;
}

/** A check of a value at a path; nothing where it fits. */
export type Shape = (value: unknown, path: JsonPath) => Misfit | undefined;

type Fields = Readonly<Record<string, Shape>>;

const misfit = (path: JsonPath, expected: string): Misfit => ({ path, expected });

/** A value that a test accepts. */
export function where(expected: string, accepts: (value: unknown) => boolean): Shape {
  return (value, path) => (accepts(value) ? undefined : misfit(path, expected));
}

export const text = where('a text', (value) => typeof value === 'string');
export const nothing = where('null', (value) => value === null);
export const truth = where('true or false', (value) => typeof value === 'boolean');

/** A text that fits an expression. */
export function textLike(expected: string, expression: RegExp): Shape {
  return where(expected, (value) => typeof value === 'string' && expression.test(value));
}

/** One of several texts. */
export function oneOf(...words: readonly string[]): Shape {
  return where(`one of ${words.map((word) => `"${word}"`).join(', ')}`, (value) =>
    words.some((word) => word === value),
  );
}

/** A whole number within bounds. */
export function whole(from: number, to: number): Shape {
  return where(
    `a whole number from ${from} to ${to}`,
    (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with exactly these members; `optional` ones may be missing. */
export function object(required: Fields, optional: Fields = {}): Shape {
  return (value, path) => {
    if (!isObject(value)) return misfit(path, 'an object');
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) return misfit(path, `a member "${name}"`);
    }
    for (const [name, member] of Object.entries(value)) {
      const shape = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined;
      if (shape === undefined) return misfit([...path, name], 'no such member');
      const wrong = shape(member, [...path, name]);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** An object whose members are all of one shape, under names that fit. */
export function record(shape: Shape, name: Shape = text): Shape {
  return (value, path) => {
    if (!isObject(value)) return misfit(path, 'an object');
    for (const [key, member] of Object.entries(value)) {
      const wrong = name(key, [...path, key]) ?? shape(member, [...path, key]);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** A list of one shape. */
export function list(shape: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return misfit(path, 'a list');
    for (const [index, item] of value.entries()) {
      const wrong = shape(item, [...path, index]);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** An object whose shape is told by one of its members. */
export function byMember(name: string, cases: Readonly<Record<string, Shape>>): Shape {
  return (value, path) => {
    if (!isObject(value)) return misfit(path, 'an object');
    const found = value[name];
    if (typeof found === 'string' && Object.hasOwn(cases, found)) return cases[found]?.(value, path);
    const known = oneOf(...Object.keys(cases));
    return Object.hasOwn(value, name) ? known(found, [...path, name]) : misfit(path, `a member "${name}"`);
  };
}

/** The first shape for which the test of its kind holds; the deepest misfit is reported. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value, path) => {
    const wrong: Misfit[] = [];
    for (const shape of shapes) {
      const found = shape(value, path);
      if (found === undefined) return undefined;
      wrong.push(found);
    }
    const deepest = Math.max(...wrong.map((one) => one.path.length));
    const kept = wrong.filter((one) => one.path.length === deepest);
    return misfit(kept[0]?.path ?? path, kept.map((one) => one.expected).join(', or '));
  };
}
