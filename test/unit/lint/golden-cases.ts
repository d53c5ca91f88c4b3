/** The inputs of the goldens: for each diagnostic what has it and what has not, in scripts and in XML. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { scriptToXml } from '../../../server/src/convert/script.ts';
import { DIAGNOSTICS } from '../../../server/src/lint/catalogue.ts';
import { RULE_CASES } from './rule-cases.ts';

export interface GoldenCase {
  readonly name: string;
  readonly file: string;
  readonly bad: string;
  readonly good: string;
}

const PAGES = path.join(import.meta.dirname, '../../../docs/diagnostics');

/** What has no place in XML, and what says it there instead. */
export const SCRIPT_ONLY: Readonly<Record<string, string>> = {
  syntax: 'xml-element',
  'unclosed-text': 'xml-syntax',
  'unclosed-block': 'xml-unclosed',
  'stray-character': 'xml-content',
  'nested-too-deep': 'xml-too-deep',
  'too-large': 'xml-too-large',
  'duplicate-statement': 'xml-duplicate-attribute',
  // Tests are written in scripts alone.
  'bad-test': 'nothing',
  // Elements say which of both is meant.
  'mixed-logic': 'nothing',
};

/** What cannot be written by converting a script. */
const XML_CASES: Readonly<Record<string, { readonly bad: string; readonly good: string }>> = {
  'bad-allow': {
    bad: '<patches>\n  <!-- allow patch-without-check -->\n  <patch id="A-1"><fixes><windows ref="windows"/></fixes></patch>\n</patches>\n',
    good: '<patches>\n  <!-- allow patch-without-check: filled in later -->\n  <patch id="A-1"><fixes><windows ref="windows"/></fixes></patch>\n</patches>\n',
  },
  'unused-allow': {
    bad: '<patches>\n  <!-- allow default-view: it was so once -->\n  <patch id="A-1"><fixes><windows ref="windows"/></fixes><note why="w"/></patch>\n</patches>\n',
    good: '<patches>\n  <patch id="A-1"><fixes><windows ref="windows"/></fixes><note why="w"/></patch>\n</patches>\n',
  },
};

/** All cases of a diagnostic. */
export function casesOf(code: string): readonly GoldenCase[] {
  const { language, bad, good } = pageOf(code);
  if (language === 'xml') return [{ name: 'the page', file: fileOf(code), bad, good }];
  const rule = RULE_CASES[code];
  const scripts = [
    { name: 'the page', bad, good },
    ...(rule === undefined ? [] : [{ name: 'the rule', bad: rule.bad, good: rule.good }]),
  ];
  const own = XML_CASES[code];
  return [
    ...scripts.map((one) => ({ ...one, file: 'a.detect' })),
    ...(own === undefined ? [] : [{ name: 'XML', file: 'a.patches.xml', ...own }]),
    ...(own !== undefined || code in SCRIPT_ONLY
      ? []
      : scripts.map((one) => ({
          name: `${one.name}, in XML`,
          file: 'a.patches.xml',
          bad: scriptToXml('a.detect', one.bad).text,
          good: scriptToXml('a.detect', one.good).text,
        }))),
  ];
}

const fileOf = (code: string): string => (code.startsWith('catalogue-') ? 'a.xml' : 'a.patches.xml');

/** The examples that a page shows. */
export function pageOf(code: string): { readonly language: string; readonly bad: string; readonly good: string } {
  const text = readFileSync(path.join(PAGES, `${code}.md`), 'utf8');
  const [language, bad] = example(text, 'Bad');
  return { language, bad, good: example(text, 'Good')[1] };
}

/** The script or patch definition below a heading of a page. */
function example(text: string, heading: string): readonly [string, string] {
  const found = new RegExp(`## ${heading}\\n[^#]*?\`\`\`(detect|xml)\\n([\\s\\S]*?)\`\`\``).exec(text);
  // The page cannot show a text that is too large.
  return [found?.[1] ?? '', (found?.[2] ?? '').replace('…', '<!-- -->'.repeat(200_000))];
}

export const CODES: readonly string[] = Object.keys(DIAGNOSTICS);
