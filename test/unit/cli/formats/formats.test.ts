import { describe, expect, it } from 'vitest';
import { check } from '../../../../server/src/cli/verbs/check.ts';
import { FORMATS } from '../../../../server/src/cli/formats/index.ts';
import { schemaErrors } from '../../results/schemas.ts';
import { CONTENT } from '../../samples/sample-files.ts';
import { ACTS, hostile, HOSTILE, reportOf } from './report.ts';

describe('every format', () => {
  it.each(Object.entries(FORMATS))('%s is inert on a terminal, whatever paths and messages hold', (_, format) => {
    const printed = format(hostile());
    expect(printed).not.toMatch(ACTS);
    expect(printed.endsWith('\n')).toBe(true);
  });

  it.each(Object.entries(FORMATS))('%s is named by the option and its help', (name) => {
    expect(check.options.format?.oneOf).toContain(name);
    expect(check.options.format?.help).toContain(name);
  });

  it.each([
    ['pretty', /: 0 errors, 0 warnings\n$/],
    ['json', /"findings": \[\]/],
    ['sarif', /"results": \[\]/],
    ['github', /^$/],
    ['junit', /failures="0"/],
  ] as const)('%s can say that nothing was found', (name, nothing) => {
    expect(FORMATS[name](reportOf(CONTENT))).toMatch(nothing);
    expect(FORMATS[name](reportOf([]))).toMatch(nothing);
  });
});

describe('json', () => {
  it('fits its schema with related places and fixes, and gives back what was escaped', () => {
    const document = JSON.parse(FORMATS.json(hostile())) as { findings: { message: string }[] };
    expect(schemaErrors('check', document)).toEqual([]);
    expect(document.findings.map(({ message }) => message)).toContain(HOSTILE);
  });
});

describe('github', () => {
  it('is one command a line, with properties that nothing can leave', () => {
    const lines = FORMATS.github(hostile()).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(line).toMatch(
        /^::(error|warning|notice) file=[^,:]*,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^,:]*::/,
      );
    expect(lines.map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(['::error', '::warning', '::notice']),
    );
  });

  it('escapes a percent sign, and shows a line end as its code', () => {
    expect(FORMATS.github(hostile())).toContain('%250A,:');
    expect(FORMATS.github(hostile())).toContain('\\u000d\\u000a::error::x');
  });

  it('names the last column that belongs to a finding', () => {
    const { list } = reportOf([{ file: 'a.detect', text: 'patch p fixes nothing' }]);
    const printed = FORMATS.github({ ...reportOf([]), list });
    expect(printed).toContain('file=a.detect,line=1,endLine=1,col=15,endColumn=21,title=unknown-name::');
  });
});

describe('pretty', () => {
  it('shows where else a finding has to do with, and what was checked', () => {
    const text = 'check a { windows.bits = 64 }\ncheck a { windows.bits = 32 }\n';
    const printed = FORMATS.pretty(reportOf([{ file: 'a.detect', text }]));
    expect(printed).toMatch(/^a\.detect:2:7: error .*\n {2}check a .*\n {8}\^\n {2}a\.detect:1:7: declared here\n/);
    expect(printed).toMatch(/1 file, 0 products, 0 patches: 1 error, 0 warnings\n$/);
  });

  it('points below the place where what stands before it is printed as codes, and of a long line shows a part', () => {
    const escaped = FORMATS.pretty(reportOf([{ file: 'a.detect', text: 'check a { "\u001b\u0007" = § }\n' }])).split(
      '\n',
    );
    const caret = escaped.findIndex((line) => /^ *\^$/.test(line));
    expect(escaped[caret - 1]?.charAt(escaped[caret]?.indexOf('^') ?? -1)).toBe('§');
    const long = `check a { ${'windows.bits = 64 '.repeat(500)}§ ${'windows.bits = 64 '.repeat(500)}}`;
    const lines = FORMATS.pretty(reportOf([{ file: 'a.detect', text: long }])).split('\n');
    const mark = lines.findIndex((line) => /^ *\^$/.test(line) && line.length < 80);
    expect(lines[mark - 1]).toMatch(/^ {2}…windows.* § .*…$|^ {2}….*§.*…$/);
    expect(lines[mark - 1]?.charAt(lines[mark]?.indexOf('^') ?? -1)).toBe('§');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(250);
  });

  it.each(Object.entries(FORMATS))(
    '%s of thousands of findings on one line is no longer than they are many',
    (_, format) => {
      const text = '§ '.repeat(5000);
      const report = reportOf([{ file: 'a.detect', text }]);
      expect(report.list.findings.length).toBeGreaterThan(4000);
      expect(format(report).length).toBeLessThan(report.list.findings.length * 1500);
    },
  );
});
