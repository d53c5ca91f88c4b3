/** Short ways to link a text in tests. */
import { linkContent, type Linked } from '../../../server/src/model/link.ts';

/** Links one file. */
export const link = (text: string): Linked => linkContent([{ file: 'a.detect', text }]);

/** What is found, as `code` and the text that it is about. */
export function found(text: string): readonly string[] {
  return link(text).findings.map(({ code, at }) => `${code}: ${text.slice(at.start, at.end)}`);
}

/** A product with statements. */
export const product = (body: string, name = 'acme'): string => `product ${name} "Acme" {\n${body}\n}\n`;
