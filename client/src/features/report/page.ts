/** The page around the server's report fragment. */
import { randomBytes } from 'node:crypto';
import { REPORT_STYLE } from './style.ts';

/** A whole document: nothing but this page's own style may load or run. The fragment is escaped by whoever made it. */
export function reportPage(fragment: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${REPORT_STYLE}</style>
</head>
<body>${fragment}</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
