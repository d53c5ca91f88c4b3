/** Values that a text of patch definitions uses, as those that scripts use. */
import { valueOf } from '../../patchxml/entities.ts';

const PATTERNS = {
  kb: /\b(KB\d{5,8})\b/g,
  service: /<service\b[^<>]*?\sname="([^"$%*?]+)"/g,
  key: /<key\b[^<>]*?\spath="([^"]+)"|\bin="(?:keys|values)"\s[^<>]*?\bpattern="([^"]+)"/g,
  value: /<(?:key|name)\b[^<>]*?\svalue="([^"$%*?]+)"/g,
  version: /\b(?:equals|not-equals|below|at-most|above|at-least|reaches|fixed|from|value)="\s*(\d+(?:\.\d+)+)\s*"/g,
};

/** The values of a text by their kind, each once. */
export function valuesInXml(text: string): Readonly<Record<keyof typeof PATTERNS, readonly string[]>> {
  const all = (pattern: RegExp): readonly string[] => [
    ...new Set([...text.matchAll(pattern)].map(({ 1: one, 2: other }) => valueOf(one ?? other ?? ''))),
  ];
  const { kb, service, key, value, version } = PATTERNS;
  return { kb: all(kb), service: all(service), key: all(key), value: all(value), version: all(version) };
}

/** Whether a text is one of patch definitions. */
export const isXmlText = (text: string): boolean => /<patches\b/.test(text);
