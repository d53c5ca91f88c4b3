import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../../../server/src/results/report/csv.ts';
import { renderHtmlPage } from '../../../../server/src/results/report/html.ts';
import { renderPretty, renderPrettyAll } from '../../../../server/src/results/report/pretty.ts';
import { COLOUR } from '../../../../server/src/results/report/style.ts';
import type { ScanResult } from '../../../../server/src/scan/result.ts';
import { samplePatch, sampleResult } from '../sample-result.ts';

const EVIL = '\u001b]0;x\u0007<img src=x onerror=alert(1)>"\'=HYPERLINK("http://x")\u202e';

/** A result in which every text that a machine or content decides tries to act. */
function evilResult(): ScanResult {
  const base = sampleResult('scan-0001');
  const patch = samplePatch(EVIL, {
    ...{ title: EVIL, severity: EVIL, kb: [EVIL], cve: [EVIL], product: EVIL, status: 'missing', warning: EVIL },
    ...{
      reason: EVIL,
      head: EVIL,
      trace: { check: EVIL, verdict: 'false', expected: EVIL, observed: EVIL, source: EVIL },
    },
  });
  const instance = {
    instance: 0,
    version: EVIL,
    path: EVIL,
    architecture: EVIL,
    language: EVIL,
    state: 'installed' as const,
  };
  const error = { code: EVIL, meaning: EVIL, raw: EVIL, remedy: EVIL, validate: EVIL };
  return {
    ...base,
    machine: { ...base.machine, name: EVIL, address: EVIL, os: base.machine.os && { ...base.machine.os, name: EVIL } },
    steps: base.steps.map((step) => ({ ...step, status: 'failed', error, warning: EVIL })),
    products: [{ id: EVIL, name: EVIL, instances: [instance] }],
    patches: [patch],
  };
}

describe('the report for people', () => {
  it('tells machine, steps, products, patches by status, counts and one trace', () => {
    expect(renderPretty(sampleResult('scan-0001'), { trace: { id: 'sz-2024-07' } })).toMatchInlineSnapshot(`
      "WS01  Windows 10 22H2 (10.0.19045.3570), pro, x64, workstation, en-US
      scanned 2026-01-13 10:00:00 UTC in 2.5 s over 127.0.2.1 port 445; 17 reads, 12 round trips, 20 KB; scan scan-0001

      Steps
        ✓ 1 resolve   1 ms
        ✓ 2 share     20 ms
        ✓ 3 registry  5 ms
        ✓ 4 os        7 ms
        ✓ 5 detect    30 ms
        ✓ 6 status    9 ms
        ✓ 7 deliver   2 ms

      Products
        7-Zip  18.1.0.0  C:\\Program Files\\7-Zip

      Patches
        Missing (1)
          critical  SZ-2024-07  Title of SZ-2024-07  7-Zip 18.1.0.0  CVE-2024-11477
        Superseded (1)
          critical  SZ-2023-01  Title of SZ-2023-01  7-Zip 18.1.0.0  by SZ-2024-07

      2 verdicts: 1 missing, 1 superseded

      Why SZ-2024-07 is missing for 7-Zip 18.1.0.0
        ✗ version >= 24.7
            expected >= 24.7
            observed 18.1.0.0
            in version of C:\\Program Files\\7-Zip\\7z.exe
      "
    `);
  });

  it('shows a failed step with its code, the raw cause, the remedy and a way to see the same', () => {
    const error = { code: '301', meaning: 'No C$.', raw: 'STATUS_X (0x1)', remedy: 'Turn it on.', validate: 'net use' };
    const steps = sampleResult('scan-0001').steps.map((step) =>
      step.step === 2 ? { ...step, status: 'failed' as const, error } : step,
    );
    const text = renderPretty(sampleResult('scan-0001', { steps, products: [], patches: [] }));
    for (const part of ['✗ 2 share', 'error 301', 'No C$.', 'STATUS_X (0x1)', 'Turn it on.', 'net use'])
      expect(text).toContain(part);
  });

  it('ends with a line a machine where there are several', () => {
    const other = { ...sampleResult('scan-0002').machine, name: 'SRV01' };
    const text = renderPrettyAll([sampleResult('scan-0001'), sampleResult('scan-0002', { machine: other })]);
    expect(text).toMatch(/2 machines\n {2}WS01 {3}Windows 10 22H2 {2}1 missing, 1 superseded\n {2}SRV01 {2}Windows/);
  });

  it('has colour only when it is told to', () => {
    expect(renderPretty(sampleResult('scan-0001'))).not.toContain('\u001b');
    expect(renderPretty(sampleResult('scan-0001'), { style: COLOUR })).toContain('\u001b[');
  });

  it('lets no text of a target act', () => {
    expect(renderPretty(evilResult(), { trace: 'all' })).not.toMatch(/[\u001b\u0007\u202e\r]/);
  });
});

describe('the report as a page', () => {
  it('holds no script, no link and no unescaped text, whatever the target says', () => {
    const page = renderHtmlPage([evilResult()]);
    expect(page).not.toMatch(/[\u001b\u202e]/);
    const tags = new Set([...page.matchAll(/<\/?([^\s>]*)/g)].map((match) => match[1]));
    const ours =
      'html head meta title style body article section h1 h2 h3 p dl dt dd code table thead tbody tr th td b span caption';
    expect([...tags].sort()).toEqual([...ours.split(' '), 'details', 'summary', 'ul', 'li', 'div', '!DOCTYPE'].sort());
    expect(page).toContain('&#60;img');
  });

  it('allows nothing but its own styles', () => {
    expect(renderHtmlPage([])).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});

describe('the report as a table', () => {
  it('has one line a verdict, and one for a machine without any', () => {
    const lines = renderCsv([sampleResult('scan-0001'), sampleResult('scan-0002', { patches: [] })]).split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain('"SZ-2024-07"');
    expect(lines[3]).toContain('"scan-0002"');
  });

  it('has no field that a spreadsheet would run', () => {
    expect(renderCsv([evilResult()])).not.toMatch(/(^|,)"[=+\-@]/m);
  });
});
