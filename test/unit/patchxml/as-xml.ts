/** Scripts as patch definitions, and content without its places. */
import type { Content } from '../../../server/src/model/content.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { writeDeclaration, writeFile } from '../../../server/src/patchxml/write/write.ts';

/** Writes the declarations of a script as XML. */
export const asXml = (script: string): string =>
  writeFile(parse(script).file.declarations.flatMap((node) => writeDeclaration(node) ?? []));

const PLACES = new Set(['at', 'nameAt', 'documentation']);

/** What content means, for comparing: everything but where it is written. */
export function meaning({ products, patches, bulletins, checks, supersedence }: Content): unknown {
  const plain = (_: string, value: unknown) => (value instanceof Map ? [...(value as Map<unknown, unknown>)] : value);
  const all = JSON.parse(JSON.stringify({ products, patches, bulletins, checks, supersedence }, plain)) as unknown;
  return without(all);
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (PLACES.has(key) ? [] : [[key, without(one)] as const])),
  );
}
