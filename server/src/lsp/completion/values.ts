/** Values that a file uses and that another may use again, each once. */
import { valueOf } from '../../patchxml/entities.ts';
import { isPatchXml } from '../../patchxml/read.ts';

/** What can be found in texts. */
export type ValueKind = 'kb' | 'service' | 'key' | 'value' | 'version';
export type Values = Readonly<Record<ValueKind, readonly string[]>>;

const PATTERNS: Readonly<Record<ValueKind, RegExp>> = {
  kb: /\b(KB\d{5,8})\b/g,
  service: /\bservice\s+"([^"\r\n$%*?]+)"/g,
  key: /\b(?:key|in\s+keys|in\s+values)\s+"([^"\r\n]+)"/g,
  value: /\bvalue\s+"([^"\r\n$%*?]+)"/g,
  version: /(?:[<>=]|\bfrom)\s*(\d+(?:\.\d+)+)\b/g,
};

const IN_XML: Readonly<Record<ValueKind, RegExp>> = {
  kb: /\b(KB\d{5,8})\b/g,
  service: /<service\b[^<>]*?\sname="([^"$%*?]+)"/g,
  key: /<key\b[^<>]*?\spath="([^"]+)"|\bin="(?:keys|values)"\s[^<>]*?\bpattern="([^"]+)"/g,
  value: /<(?:key|name)\b[^<>]*?\svalue="([^"$%*?]+)"/g,
  version: /\b(?:equals|not-equals|below|at-most|above|at-least|reaches|fixed|from|value)="\s*(\d+(?:\.\d+)+)\s*"/g,
};

/** The values in a text; by the file's name it is a script, or patch definitions in XML. */
export function valuesIn(file: string, text: string): Values {
  const isXml = isPatchXml(file);
  const all = (kind: ValueKind): readonly string[] => {
    const found = [...text.matchAll((isXml ? IN_XML : PATTERNS)[kind])].flatMap(([, one, other]) => one ?? other ?? []);
    return [...new Set(isXml ? found.map((raw) => valueOf(raw)) : found)];
  };
  return { kb: all('kb'), service: all('service'), key: all('key'), value: all('value'), version: all('version') };
}
