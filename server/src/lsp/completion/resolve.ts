/** Completion resolve: what an item stands for is said when it is looked at, not with each of thousands. */
import { MarkupKind, type CompletionItem } from 'vscode-languageserver/node';
import type { Declarations } from '../../model/declarations.ts';
import { describeDeclared } from '../hover.ts';
import { describeItem } from '../words/of-item.ts';
import { describeXmlItem } from '../xml/completion/resolve.ts';

const MAPS = ['products', 'patches', 'bulletins', 'checks'] as const;
type MapName = (typeof MAPS)[number];

/** What an item carries, to be found again. */
export interface ItemData {
  readonly in: MapName;
  readonly id: string;
}

/** The item with what is known of the declaration that it names. */
export function resolveItem(item: CompletionItem, content: Declarations): CompletionItem {
  const data: unknown = item.data;
  const ofXml = describeXmlItem(data);
  if (ofXml !== undefined) return { ...item, documentation: { kind: MarkupKind.Markdown, value: ofXml } };
  if (!isItemData(data)) {
    const said = describeItem(item);
    return said === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value: said } };
  }
  const declared = content[data.in].get(data.id.toLowerCase());
  if (!declared) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value: describeDeclared(declared) } };
}

function isItemData(data: unknown): data is ItemData {
  if (typeof data !== 'object' || data === null || !('in' in data) || !('id' in data)) return false;
  return MAPS.some((one) => one === data.in) && typeof data.id === 'string';
}
