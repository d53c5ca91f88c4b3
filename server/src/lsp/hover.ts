/** Hover: what a name stands for. */
import { MarkupKind, type Connection, type Hover, type HoverParams } from 'vscode-languageserver/node';
import type { Bulletin, NamedCheck, Patch, Product } from '../model/content.ts';
import { rangeOf } from './ranges.ts';
import { namedAt, type Named } from './target.ts';
import type { Workspace } from './workspace.ts';

export function serveHover(connection: Connection, workspace: Workspace, ready: () => Promise<void>): void {
  connection.onHover(async ({ textDocument, position }: HoverParams): Promise<Hover | null> => {
    await ready();
    const document = workspace.documentOfUri(textDocument.uri);
    if (!document) return null;
    const named = namedAt(document, document.offsetAt(position), workspace.analyse().linked.content);
    if (!named) return null;
    return {
      contents: { kind: MarkupKind.Markdown, value: describeNamed(named) },
      range: rangeOf(document, named.span),
    };
  });
}

/** Markdown for what the cursor is on. */
export function describeNamed(named: Named): string {
  if (named.kind === 'name') return `**${escapeMarkdown(named.name.name)}**: ${escapeMarkdown(named.name.origin)}`;
  return describeDeclared(named.declared);
}

/** Markdown for a declaration. */
export function describeDeclared(declared: Product | Patch | Bulletin | NamedCheck): string {
  const lines = [
    `${declared.kind} **${escapeMarkdown(declared.id)}**${declared.title ? `: ${escapeMarkdown(declared.title)}` : ''}`,
    escapeMarkdown(facts(declared).join(' · ')),
    escapeMarkdown(declared.documentation ?? ''),
  ];
  return lines.filter(Boolean).join('\n\n');
}

function facts(declared: Product | Patch | Bulletin | NamedCheck): readonly string[] {
  switch (declared.kind) {
    case 'product':
      return [declared.vendor ?? '', declared.family ?? ''].filter(Boolean);
    case 'patch':
      return [
        declared.severity,
        declared.released ? `released ${declared.released}` : '',
        ...declared.kb,
        ...declared.cve,
        `fixes ${declared.fixes.map(({ name }) => name).join(', ')}`,
      ].filter(Boolean);
    case 'bulletin':
      return [`${declared.patches.length} patches`];
    case 'check':
      return declared.parameters.length > 0 ? [`(${declared.parameters.join(', ')})`] : [];
  }
}

/** Content is untrusted: its texts show as they are, without markup, links or images. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~:]/g, (character) => `&#${character.charCodeAt(0)};`);
}
