import { expect, it } from 'vitest';
import { reportPage } from '../../../../../client/src/features/report/page.ts';

it('lets nothing run or load but its own style, under a nonce of its own', () => {
  const page = reportPage('<main></main>', 'ws01');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  expect(policy).toMatch(/^default-src 'none'; style-src 'nonce-[^']+';/);
  const nonce = /nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(page).toContain(`<style nonce="${nonce}">`);
  expect(page).not.toContain('<script');
  expect(reportPage('', 'ws01')).not.toContain(nonce);
});

it('escapes the machine’s name', () => {
  expect(reportPage('', '</title><script>alert(1)</script>')).not.toContain('<script>');
});
