/** The tests of a file, each with a name that stays when others come and go. */
import type { ContentTest } from '../../model/content-test.ts';
import { testsOf } from '../../model/tests.ts';

export interface NamedTest {
  readonly id: string;
  readonly test: ContentTest;
}

/** Most files have none: what has not even the word is not parsed for them. */
const MAY_TEST = /\btest\b/;

export function testsIn(file: string, text: string): readonly NamedTest[] {
  if (!MAY_TEST.test(text)) return [];
  const seen = new Map<string, number>();
  return testsOf(file, text).map((test) => {
    const before = seen.get(test.title) ?? 0;
    seen.set(test.title, before + 1);
    return { id: before === 0 ? test.title : `${test.title} #${before + 1}`, test };
  });
}
