import { expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { parseSeverities } from '../../../server/src/lint/severities.ts';
import { linkContent } from '../../../server/src/model/link.ts';

const TEXT =
  'check a { key "HKLM\\SOFTWARE\\Acme" value "Mode" != "off" }\npatch B fixes nothing-known { note "why" }\n';
const found = (severity: unknown): readonly string[] => {
  const { severities } = parseSeverities(severity);
  return lint(linkContent([{ file: 'a.detect', text: TEXT }]), { severities }).map(
    (one) => `${one.severity} ${one.code}`,
  );
};

it('a rule has the severity that is wanted, and one that is off is silent', () => {
  expect(found(undefined)).toEqual(['information absent-not-equal', 'hint default-view', 'error unknown-name']);
  expect(found({ 'default-view': 'error', 'absent-not-equal': 'off' })).toEqual([
    'error default-view',
    'error unknown-name',
  ]);
});

it('errors stay errors', () => {
  expect(found({ 'unknown-name': 'off' })).toContain('error unknown-name');
  expect(parseSeverities({ 'unknown-name': 'off' }).problems).toEqual(['"unknown-name" is an error and stays one']);
});

it('says what is wrong with a configuration, and takes the rest', () => {
  const { severities, problems } = parseSeverities({
    'default-vieww': 'off',
    'default-view': 'loud',
    'long-hive': 'off',
  });
  expect([...severities]).toEqual([['long-hive', 'off']]);
  expect(problems).toEqual([
    '"severity" names no rule with "default-vieww". Did you mean `default-view`?',
    '"severity" of "default-view" must be one of off, hint, information, warning, error.',
  ]);
  for (const wrong of [[], 'off', 1, null]) expect(parseSeverities(wrong).problems).toHaveLength(1);
});
