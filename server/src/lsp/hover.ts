/** Hover: what a name stands for, and what a word of the language means. */
import { MarkupKind, type Hover, type HoverParams, type ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Bulletin, NamedCheck, Patch, Product } from '../model/content.ts';
import type { Declarations } from '../model/declarations.ts';
import type { Span } from '../model/source.ts';
import type { SymbolDefinition } from '../model/symbols.ts';
import { isPatchXml } from '../patchxml/read.ts';
import { isLocal, namesOf } from './names.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { namedAt, type Named } from './target.ts';
import { nameOfUri } from './uris.ts';
import { languageWordAt } from './words/at.ts';
import type { Workspace } from './workspace.ts';
import { isXml } from './xml/document.ts';
import { schemaAt } from './xml/hover.ts';

export function serveHover(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onHover(
    onDocument(session, (document, { params }: { params: HoverParams }): Hover | null => {
      const offset = document.offsetAt(params.position);
      const found = isXml(document)
        ? (nameAt(document, offset, workspace) ?? schemaAt(document, offset))
        : inScript(document, offset, workspace);
      if (!found) return null;
      return {
        contents: { kind: MarkupKind.Markdown, value: found.text },
        range: rangeOf(document, found.span),
      };
    }),
  );
  return { hoverProvider: true };
}

/** Markdown, and what it is about. */
interface Found {
  readonly text: string;
  readonly span: Span;
}

/** A word of the language stands where no name can; a name of a declaration with a mistake is looked for by its letters. */
function inScript(document: TextDocument, offset: number, workspace: Workspace): Found | undefined {
  const declarations = workspace.analysis.declarations();
  const word = languageWordAt(document, offset, declarations);
  if (word) return word;
  const name = nameAt(document, offset, workspace);
  if (name) return name;
  const named = namedAt(document, offset, declarations);
  return named && { text: describeNamed(named), span: named.span };
}

/** What is bound or declared by the name at an offset, as it is known of the whole workspace. */
function nameAt(document: TextDocument, offset: number, workspace: Workspace): Found | undefined {
  const names = namesOf(workspace);
  const place = names.placeAt(nameOfUri(document.uri), offset);
  const definitions = place && names.thingOf(place).definitions;
  // The declaration's own binding before those that it shares.
  const definition = definitions?.find(({ owner }) => owner === place?.owner) ?? definitions?.[0];
  if (!place || !definition) return undefined;
  const declarations = workspace.analysis.declarations();
  const declared = declaredBy(definition, declarations);
  const text = declared ? describeDeclared(declared) : describeLocal(definition, declarations, workspace);
  return { text, span: place.at };
}

function declaredBy(definition: SymbolDefinition, content: Declarations) {
  if (isLocal(definition)) return undefined;
  const id = definition.name.toLowerCase();
  if (definition.kind === 'check') return content.checks.get(id);
  return content.products.get(id) ?? content.patches.get(id) ?? content.bulletins.get(id);
}

/** A bound name with the statement that binds it. */
function describeLocal(definition: SymbolDefinition, content: Declarations, workspace: Workspace): string {
  const { kind, name, owner, collection, at } = definition;
  const { products, patches, bulletins, checks } = content;
  const declared =
    owner === undefined
      ? undefined
      : (products.get(owner) ?? patches.get(owner) ?? bulletins.get(owner) ?? checks.get(owner));
  const what = collection === undefined ? kind : `element of ${collection}`;
  const of = declared?.id ?? owner;
  const head = `**${escapeMarkdown(name)}**: ${escapeMarkdown(of === undefined ? what : `${what} of ${of}`)}`;
  const text = workspace.document(at.file)?.getText() ?? '';
  if (text === '' || kind === 'parameter') return head;
  return `${head}\n\n${fenced(statementOf(text, definition), isPatchXml(at.file) ? 'xml' : 'detect')}`;
}

/** Beyond that a statement is cut off. */
const LONGEST_STATEMENT = 400;

/** What binds a name; of a capture, whose own place says nothing, its line. */
function statementOf(text: string, { whole, at, kind }: SymbolDefinition): string {
  const end = text.indexOf('\n', at.end);
  const line = text.slice(text.lastIndexOf('\n', at.start) + 1, end < 0 ? text.length : end);
  const statement = kind === 'capture' ? line.trim() : text.slice(whole.start, whole.end);
  return statement.length > LONGEST_STATEMENT ? `${statement.slice(0, LONGEST_STATEMENT)}…` : statement;
}

/** Content is untrusted: a fence is longer than any row of back-quotes in it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([row]) => row.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
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
