/**
 * JUnit's XML, in the form that build servers read (junit-10.xsd of Jenkins' xUnit plugin): a suite a file, a case a finding.
 * Errors fail; all else passes with its text as output, as the command's exit code does.
 */
import type { PlacedFinding } from '../findings.ts';
import type { CheckReport } from './format.ts';
import { attribute, text } from './xml-text.ts';

/** All files: one without a finding has a single case that passed. */
export function junit({ list, files }: CheckReport): string {
  const byFile = new Map<string, PlacedFinding[]>(files.map((file) => [file, []]));
  for (const finding of list.findings) {
    const before = byFile.get(finding.file);
    if (before === undefined) byFile.set(finding.file, [finding]);
    else before.push(finding);
  }
  const suites = [...byFile].map(([file, findings]) => suite(file, findings));
  const total = [...byFile.values()].reduce((sum, { length }) => sum + Math.max(1, length), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="patchlab check" tests="${total}" failures="${list.count('error')}" errors="0">`,
    ...suites.flat(),
    '</testsuites>\n',
  ].join('\n');
}

function suite(file: string, findings: readonly PlacedFinding[]): readonly string[] {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const name = attribute(file);
  const cases =
    findings.length === 0 ? [`    <testcase name="no findings" classname="${name}"/>`] : findings.map(testcase);
  return [
    `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`,
    ...cases,
    '  </testsuite>',
  ];
}

function testcase({ file, line, column, code, severity, message }: PlacedFinding): string {
  const told = `${file}:${line}:${column}: ${severity} ${message} (${code})`;
  const inside =
    severity === 'error'
      ? `<failure type="${attribute(code)}" message="${attribute(message)}">${text(told)}</failure>`
      : `<system-out>${text(told)}</system-out>`;
  const name = attribute(`${line}:${column} ${code}`);
  return `    <testcase name="${name}" classname="${attribute(file)}">${inside}</testcase>`;
}
