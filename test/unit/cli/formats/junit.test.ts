import { describe, expect, it } from 'vitest';
import { junit } from '../../../../server/src/cli/formats/junit.ts';
import { hostile, HOSTILE, reportOf } from './report.ts';

/** What junit-10.xsd lets an element hold: its attributes, those that it must have, and its children. */
const ELEMENTS: Readonly<
  Record<string, { attributes: readonly string[]; required: readonly string[]; children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], required: [], children: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname', 'id', 'package'],
    required: ['name', 'tests', 'failures', 'errors'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    attributes: ['name', 'classname', 'time', 'assertions', 'status'],
    required: ['name'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], required: [], children: [] },
  'system-out': { attributes: [], required: [], children: [] },
};

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const unescape = (text: string): string => {
  expect(text).not.toMatch(/&(?!(?:amp|lt|gt|quot);)|<|\u0000|[\ufffe\uffff]/);
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
};

/** Reads well-formed XML and refuses everything else. */
function read(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  expect(rest).not.toBe(xml);
  let end = 0;
  for (const match of rest.matchAll(/([^<]*)<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>/g)) {
    const [all, text = '', closes, name = '', attributes = '', empty] = match;
    expect(match.index).toBe(end);
    end += all.length;
    const parent = open.at(-1) ?? root;
    parent.text += unescape(text);
    if (closes === '/') {
      expect(open.pop()?.name).toBe(name);
      continue;
    }
    const pairs = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(
      ([, key = '', value = '']) => [key, unescape(value)] as const,
    );
    expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length);
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
    parent.children.push(element);
    if (empty === '') open.push(element);
  }
  expect([rest.slice(end), open.length, root.children.length]).toEqual(['\n', 1, 1]);
  return root.children[0] ?? root;
}

function checkElement({ name, attributes, children }: Element): void {
  const schema = ELEMENTS[name];
  expect(schema, name).toBeDefined();
  if (schema === undefined) return;
  expect(Object.keys(attributes).filter((key) => !schema.attributes.includes(key))).toEqual([]);
  expect(schema.required.filter((key) => !(key in attributes))).toEqual([]);
  expect(children.filter((child) => !schema.children.includes(child.name))).toEqual([]);
  for (const child of children) checkElement(child);
}

function checkCounts(suites: Element): void {
  const sum = (name: string) => suites.children.reduce((total, { attributes }) => total + Number(attributes[name]), 0);
  expect(suites.attributes).toMatchObject({ tests: String(sum('tests')), failures: String(sum('failures')) });
  for (const { attributes, children } of suites.children) {
    const failed = children.filter((one) => one.children.some(({ name }) => name === 'failure'));
    expect([attributes.tests, attributes.failures]).toEqual([String(children.length), String(failed.length)]);
  }
}

describe('JUnit', () => {
  it.each([
    ['nothing', reportOf([])],
    ['a clean file', reportOf([{ file: 'a.detect', text: '' }])],
    ['an error', reportOf([{ file: 'a.detect', text: 'patch p fixes nothing { note "x" }' }])],
    ['hostile texts', hostile()],
  ])('is well-formed and fits the schema: %s', (_, report) => {
    const suites = read(junit(report));
    checkElement(suites);
    checkCounts(suites);
  });

  it('is a suite a file, where errors fail and all else passes', () => {
    const [bad, clean] = read(
      junit(
        reportOf([
          { file: 'a.detect', text: 'patch p fixes nothing { note "x" }' },
          { file: 'b.detect', text: '' },
        ]),
      ),
    ).children;
    expect(bad?.attributes).toMatchObject({ name: 'a.detect', failures: '1' });
    expect(bad?.children[0]?.children[0]).toMatchObject({ name: 'failure', attributes: { type: 'unknown-name' } });
    expect(clean?.children).toMatchObject([{ attributes: { name: 'no findings' }, children: [] }]);
    const warned = read(junit(hostile())).children.flatMap(({ children }) => children);
    expect(warned.map(({ children }) => children[0]?.name)).toEqual(['failure', 'system-out', undefined, 'system-out']);
  });

  it('says everything of a message that XML can hold', () => {
    const message = read(junit(hostile())).children[0]?.children[0]?.children[0]?.attributes.message;
    expect(message).toContain(']]>&<a b="c">\'%0A,:');
    expect(message).toContain('é😀');
    expect(HOSTILE).toContain('\u0007');
    expect(message).toContain('\\u0007');
  });
});
