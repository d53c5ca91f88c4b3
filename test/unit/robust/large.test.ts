import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diagnostic } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { linkContent } from '../../../server/src/model/link.ts';
import { LARGEST_TEXT } from '../../../server/src/syntax/limits.ts';
import { requestsAt } from '../../support/lsp-requests.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';
import { everything } from './everything.ts';

const PATCH = 'patch P-1 fixes windows { note "n" }\n';
const XML_PATCH = '<patch id="P-1" title="n"><fixes><product ref="windows"/></fixes><note why="n"/></patch>\n';
const script = (length: number): string => `${PATCH}${'# '.padEnd(length - PATCH.length - 1, 'x')}\n`;
const xml = (length: number): string => {
  const [head, tail] = [`<patches xmlns="urn:patchlab:patches:1">\n${XML_PATCH}<!-- `, ' --></patches>\n'];
  return head + 'x'.repeat(length - head.length - tail.length) + tail;
};

/** Declarations without end: what would be dear if it were read. */
const FULL = Array.from({ length: 60_000 }, (_, i) => `patch P-${i} fixes windows { note "n" }\n`).join('');

describe('a file of more than a mebibyte of characters', { timeout: 120_000 }, () => {
  it.each([
    ['script', '/a.detect', script, 'too-large'],
    ['XML', '/a.patches.xml', xml, 'xml-too-large'],
  ] as const)('is one plain finding, and one of just as many is read: %s', (_, file, make, code) => {
    expect(make(LARGEST_TEXT)).toHaveLength(LARGEST_TEXT);
    const read = linkContent([{ file, text: make(LARGEST_TEXT) }]);
    expect(read.findings).toEqual([]);
    expect([...read.content.patches.keys()]).toEqual(['p-1']);
    const { findings, content } = linkContent([{ file, text: make(LARGEST_TEXT + 1) }]);
    expect(findings.map((one) => [one.code, one.severity])).toEqual([[code, 'error']]);
    expect(findings[0]?.message).toContain('Divide it.');
    expect(content.patches.size).toBe(0);
  });

  it('costs next to nothing, whatever is in it', () => {
    expect(FULL.length).toBeGreaterThan(2 * LARGEST_TEXT);
    const began = performance.now();
    expect(everything('/a.detect', FULL).map(({ code }) => code)).toEqual(['too-large']);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('is told by `check` with its place, and leaves the other files alone', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-large-'));
    writeFileSync(path.join(folder, 'large.detect'), FULL);
    writeFileSync(path.join(folder, 'small.detect'), PATCH.replace('P-1', 'Q-1'));
    const main = path.resolve('server/src/cli/main.ts');
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['--no-warnings', main, ...args], { cwd: folder, encoding: 'utf8' });
    const { status, stdout } = run('check');
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/^large\.detect:1:1: error .*Divide it\. \(too-large\)/),
    ]);
    expect(stdout).toMatch(/2 files, 0 products, 1 patch: 1 error, 0 warnings\n$/);
    expect(run('fmt')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('large.detect: left as it is') as string,
    });
    rmSync(folder, { recursive: true });
  });

  it('has one diagnostic in the editor, and every request about it is answered at once', async () => {
    const lsp = await LspFixture.start({});
    for (const [name, text, code] of [
      ['a.detect', FULL, 'too-large'],
      ['a.patches.xml', xml(LARGEST_TEXT + 1), 'xml-too-large'],
    ] as const) {
      await lsp.open(name, text);
      const uri = lsp.uri(name);
      const { items } = await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
      expect(items.map((one) => one.code)).toEqual([code]);
      const began = performance.now();
      for (const { method, params } of requestsAt(uri, { line: 0, character: 8 }))
        await lsp
          .ask(method, params)
          .catch((error: unknown) => expect(String(error)).not.toMatch(/internal|TypeError/i));
      expect(performance.now() - began).toBeLessThan(5000);
      const tokens = await lsp.ask<{ data: number[] } | null>('textDocument/semanticTokens/full', {
        textDocument: { uri },
      });
      expect(tokens?.data ?? []).toEqual([]);
      await lsp.close(name);
    }
    await lsp.stop();
  });
});
