import { expect, it } from 'vitest';
import { linkContent } from '../../../server/src/model/link.ts';
import { FILE_PROPERTIES, FOLDER_PROPERTIES, SERVICE_PROPERTIES } from '../../../server/src/model/vocabulary.ts';

const THINGS = [
  ...FILE_PROPERTIES.map((property) => `file "C:\\a.exe" ${property}`),
  ...FOLDER_PROPERTIES.map((property) => `folder "C:\\a" ${property}`),
  ...SERVICE_PROPERTIES.map((property) => `service "a" ${property}`),
];

it.each(THINGS)('`%s` can be written as a value and in a condition, reserved word or not', (thing) => {
  const text = `product a {
  let first  = ${thing}
  let second = ${thing} else first
  installed when ${thing} exists and all { ${thing} is absent  ${thing} exists }
}
product b { let version = "1" }`;
  const { content, findings } = linkContent([{ file: 'a.detect', text }]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect([...content.products.keys()]).toEqual(['a', 'b']);
});
