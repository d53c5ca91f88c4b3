/** Hover: what a name stands for. */
import { MarkupKind, type Hover, type HoverParams, type ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Bulletin, NamedCheck, Patch, Product } from '../model/content.ts';
import type { Span } from '../model/source.ts';
import { isLocal, namesOf } from './names.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { namedAt, type Named } from './target.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';
import { isXml } from './xml/document.ts';
import { schemaAt } from './xml/hover.ts';

export function serveHover(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onHover(
    onDocument(session, (document, { params }: { params: HoverParams }): Hover | null => {
      const declarations = workspace.analysis.declarations();
      const offset = document.offsetAt(params.position);
      const named = isXml(document) ? undefined : namedAt(document, offset, declarations);
      return named ? hoverOf(document, describeNamed(named), named.span) : hoverByName(document, offset, workspace);
    }),
  );
  return { hoverProvider: true };
}

function hoverOf(document: TextDocument, value: string, span: Span): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, span) };
}

/** In XML, and where a name is bound further away than the declaration's own words tell: in a bulletin, by a product of its patches. */
function hoverByName(document: TextDocument, offset: number, workspace: Workspace): Hover | null {
  const names = namesOf(workspace);
  const place = names.placeAt(nameOfUri(document.uri), offset);
  const definition = place && names.thingOf(place).definitions[0];
  if (!definition) {
    const found = schemaAt(document, offset);
    return found ? hoverOf(document, found.text, found.span) : null;
  }
  const { kind, name, owner } = definition;
  const { products, patches, bulletins, checks } = workspace.analysis.declarations();
  const id = name.toLowerCase();
  const declared = isLocal(definition)
    ? undefined
    : kind === 'check'
      ? checks.get(id)
      : (products.get(id) ?? patches.get(id) ?? bulletins.get(id));
  const text = declared
    ? describeDeclared(declared)
    : `**${escapeMarkdown(name)}**: ${escapeMarkdown(owner ? `${kind} of ${owner}` : kind)}`;
  return hoverOf(document, text, place.at);
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
