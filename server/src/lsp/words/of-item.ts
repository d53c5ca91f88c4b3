/** What the language says of a word that completion offers, by its kind and what stands beside it. */
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver/node';
import { WINDOWS_NAMES } from '../../model/windows-names.ts';
import { KEYWORDS } from './keywords.ts';
import { COLLECTION_TEXTS, WINDOWS } from './properties.ts';
import { CONVERSION_TEXTS, METADATA, metadataValueText, windowsText } from './values.ts';
import { describeWord, type WordText } from './word.ts';

/** Markdown for a word; undefined for what is none of the language's own. */
export function describeItem({ label, kind, detail = '' }: CompletionItem): string | undefined {
  switch (kind) {
    case CompletionItemKind.Keyword:
      return described(label, 'word of the language', KEYWORDS);
    case CompletionItemKind.Constant: {
      const windows = WINDOWS_NAMES.get(label);
      return windows && describeWord(label, 'Windows', windowsText(windows));
    }
    case CompletionItemKind.Field:
      return label.startsWith('windows.')
        ? described(label.slice('windows.'.length), 'of Windows', WINDOWS)
        : undefined;
    case CompletionItemKind.EnumMember: {
      const table = TABLES[detail];
      if (table) return described(label, detail, table);
      const text = metadataValueText(detail, label);
      return text && describeWord(label, detail, text);
    }
    default:
      return undefined;
  }
}

const TABLES: Readonly<Record<string, Readonly<Record<string, WordText>>>> = {
  metadata: METADATA,
  collection: COLLECTION_TEXTS,
  conversion: CONVERSION_TEXTS,
};

function described(word: string, kind: string, table: Readonly<Record<string, WordText>>): string | undefined {
  const text = Object.hasOwn(table, word) ? table[word] : undefined;
  return text && describeWord(word, kind, text);
}
