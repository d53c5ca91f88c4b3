import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { RULES } from '../../../server/src/lint/rules/index.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import type { Finding } from '../../../server/src/model/source.ts';
import { RULE_CASES } from './rule-cases.ts';

const findingsOf = (text: string): readonly Finding[] =>
  lint(linkContent([{ file: 'a.detect', text }]), { today: '2026-06-01' });
const codesOf = (text: string): readonly string[] => findingsOf(text).map(({ code }) => code);

function applied(text: string, { fix }: Finding): string {
  return fix === undefined ? text : text.slice(0, fix.at.start) + fix.text + text.slice(fix.at.end);
}

it('each rule has a case', () => {
  expect(Object.keys(RULE_CASES).sort()).toEqual(RULES.map(({ code }) => code).sort());
});

describe.each(Object.entries(RULE_CASES))('%s', (code, { bad, good, fixed }) => {
  it('speaks up once, and nothing else is wrong with the case', () => {
    const found = findingsOf(bad);
    expect(found.filter((one) => one.code === code)).toHaveLength(1);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is silent where all is well', () => {
    expect(codesOf(good)).not.toContain(code);
    expect(findingsOf(good).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it(fixed ? 'mends it by its fix, and adds no other finding' : 'has no fix', () => {
    const finding = findingsOf(bad).find((one) => one.code === code);
    expect(finding?.fix !== undefined).toBe(fixed === true);
    if (finding === undefined || !fixed) return;
    const after = codesOf(applied(bad, finding));
    expect(after).not.toContain(code);
    expect(after.filter((one) => !codesOf(bad).includes(one))).toEqual([]);
  });

  it('means the same with CRLF', () => {
    expect(codesOf(bad.replaceAll('\n', '\r\n'))).toEqual(codesOf(bad));
  });
});
