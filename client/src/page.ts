/** The frame of every page that the extension shows: what may load and run in it is its own script and style alone. */
import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

export interface Page {
  /** The folder beneath webviews/ with its main.ts and the style.css that it imports. */
  readonly name: string;
  readonly title: string;
  /** Markup of the body; every text in it is escaped already. */
  readonly body: string;
}

/** Where the pages' scripts and styles are: the only place that a page may load anything from. */
export function pagesFolder(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist', 'webviews');
}

/** A whole document. Markup that got into the body unescaped could still run nothing: it would lack the nonce. */
export function webviewPage(webview: Webview, extension: Uri, { name, title, body }: Page): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (file: string): string =>
    escapeHtml(webview.asWebviewUri(Uri.joinPath(pagesFolder(extension), file)).toString());
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${address(`${name}.css`)}">
</head>
<body>
${body}
<script nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}

/** Text as markup that shows it and nothing else. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
