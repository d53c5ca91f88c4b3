import { expect, it } from 'vitest';
import { reportPage } from '../../../../../client/src/features/report/page.ts';

const LABELS = {
  text: 'Text',
  allStatuses: 'Statuses',
  allSeverities: 'Severities',
  clear: 'Clear',
  none: 'None',
  copy: 'Copy',
};

it('lets nothing run or load but its own style and script, under a nonce of its own', () => {
  const page = reportPage('<main></main>', 'ws01', LABELS);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'nonce-[^']+'; script-src 'nonce-[^']+'; form-action 'none'; base-uri 'none'$/,
  );
  const nonce = /nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(page).toContain(`<style nonce="${nonce}">`);
  expect(page.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}">`]);
  expect(reportPage('', 'ws01', LABELS)).not.toContain(nonce);
});

it('escapes the machine’s name', () => {
  const page = reportPage('', '</title><script>alert(1)</script>', LABELS);
  expect(page.match(/<script[^>]*>/g)).toHaveLength(1);
});
