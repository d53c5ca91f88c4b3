/** JUnit's XML as build servers read it: a suite a file, a case a test on a machine. */
import { attribute, text } from '../formats/xml-text.ts';
import { countRuns, type PlacedRun, type TestReport } from './report.ts';

export function junit({ runs }: TestReport): string {
  const { failed, error } = countRuns(runs);
  const files = [...new Set(runs.map(({ file }) => file))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="patchlab test" tests="${runs.length}" failures="${failed}" errors="${error}">`,
    ...files.flatMap((file) =>
      suite(
        file,
        runs.filter((run) => run.file === file),
      ),
    ),
    '</testsuites>\n',
  ].join('\n');
}

function suite(file: string, runs: readonly PlacedRun[]): readonly string[] {
  const { failed, error } = countRuns(runs);
  return [
    `  <testsuite name="${attribute(file)}" tests="${runs.length}" failures="${failed}" errors="${error}" skipped="0">`,
    ...runs.map(testcase),
    '  </testsuite>',
  ];
}

function testcase({ file, title, machine, status, ms, problems }: PlacedRun): string {
  const name = machine === null ? title : `${title} (${machine})`;
  const head = `    <testcase name="${attribute(name)}" classname="${attribute(file)}" time="${(ms / 1000).toFixed(4)}"`;
  if (problems.length === 0) return `${head}/>`;
  const element = status === 'error' ? 'error' : 'failure';
  const inside = problems.map((one) => {
    const because = one.because.map((why) => `because ${why.text}${why.file ? ` ${why.file}:${why.line}` : ''}`);
    const told = [`${one.file}:${one.line}:${one.column}: ${one.message}`, ...because].map(text).join('\n');
    return `<${element} type="${attribute(one.code)}" message="${attribute(one.message)}">${told}</${element}>`;
  });
  return `${head}>${inside.join('')}</testcase>`;
}
