import { expect, it, vi } from 'vitest';
import type { Uri, Webview } from 'vscode';

vi.mock('vscode', () => ({
  Uri: { joinPath: (base: unknown, ...parts: string[]) => [String(base), ...parts].join('/') },
}));
const { webviewPage } = await import('../../../client/src/page.ts');

const WEBVIEW = { asWebviewUri: (file: unknown) => `https://resource/${String(file)}` } as unknown as Webview;
const page = (title: string, body = ''): string =>
  webviewPage(WEBVIEW, 'extension' as unknown as Uri, { name: 'report', title, body });

it('lets nothing run or load but its own style and script, under a nonce of its own', () => {
  const made = page('ws01');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(made)?.[1] ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'nonce-[^']+'; script-src 'nonce-[^']+'; form-action 'none'; base-uri 'none'$/,
  );
  const nonce = /nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(made.match(/<script[^>]*>/g)).toEqual([
    `<script nonce="${nonce}" src="https://resource/extension/dist/webviews/report.js">`,
  ]);
  expect(made).toContain(`nonce="${nonce}" href="https://resource/extension/dist/webviews/report.css"`);
  expect(page('ws01')).not.toContain(nonce);
});

it('escapes its title', () => {
  expect(page('</title><script>alert(1)</script>').match(/<script[^>]*>/g)).toHaveLength(1);
});
