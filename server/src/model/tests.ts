/** The tests of a script: for who runs them. What is wrong with them, linking says. */
import { parse } from '../syntax/parse.ts';
import type { ContentTest } from './content-test.ts';
import { lowerTest } from './lower/test.ts';
import { isPatchXml } from '../patchxml/read.ts';

/** In the order in which they are written; patch definitions in XML have none. */
export function testsOf(file: string, text: string): readonly ContentTest[] {
  if (isPatchXml(file)) return [];
  const { file: tree } = parse(text);
  const source = { file, text, start: 0, comments: tree.comments };
  return tree.declarations.flatMap((node) => (node.kind === 'test' ? [lowerTest(source, node, 'test').test] : []));
}
