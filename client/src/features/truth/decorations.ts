/** How marks look: a text after the line, coloured by verdict, and a sign in the gutter; stale ones pale and in italics. */
import {
  l10n,
  OverviewRulerLane,
  ThemeColor,
  window,
  type DecorationOptions,
  type TextEditor,
  type TextEditorDecorationType,
} from 'vscode';
import { gutterIcon, type Look } from './gutter.ts';
import { hoverOf, type SeenOn } from './hover.ts';
import type { KeptMark, KeptTruth } from './kept-truth.ts';

const COLOUR: Readonly<Record<Look, string>> = {
  true: 'patchlab.verdictTrue',
  false: 'patchlab.verdictFalse',
  unknown: 'patchlab.verdictUnknown',
  mixed: 'patchlab.verdictMixed',
  neutral: 'patchlab.verdictNeutral',
  stale: 'patchlab.verdictStale',
};
const RULED: ReadonlySet<Look> = new Set(['false', 'unknown']);

export class Decorations {
  readonly #types: ReadonlyMap<Look, TextEditorDecorationType>;
  /** Looks that an editor has marks of: of the others nothing need be taken away. */
  readonly #shown = new WeakMap<TextEditor, ReadonlySet<Look>>();

  constructor() {
    this.#types = new Map(
      (Object.keys(COLOUR) as Look[]).map((look) => [
        look,
        window.createTextEditorDecorationType({
          gutterIconSize: 'contain',
          dark: { gutterIconPath: gutterIcon(look, 'dark') },
          light: { gutterIconPath: gutterIcon(look, 'light') },
          after: {
            margin: '0 0 0 2.5em',
            color: new ThemeColor(COLOUR[look]),
            ...(look === 'stale' && { fontStyle: 'italic' }),
          },
          ...(RULED.has(look) && {
            overviewRulerColor: new ThemeColor(COLOUR[look]),
            overviewRulerLane: OverviewRulerLane.Left,
          }),
        }),
      ]),
    );
  }

  /** Shows what is known of an editor's file; nothing where nothing is. */
  show(editor: TextEditor, truth: KeptTruth | undefined, seen: SeenOn): void {
    const before = this.#shown.get(editor);
    const all = truth?.marks ?? [];
    this.#shown.set(editor, new Set(all.map((mark) => lookOf(mark, seen))));
    for (const [look, type] of this.#types) {
      const marks = all.filter((mark) => lookOf(mark, seen) === look);
      if (marks.length === 0 && before?.has(look) === false) continue;
      editor.setDecorations(
        type,
        marks.flatMap((mark) => optionsOf(editor, mark, seen)),
      );
    }
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
  }
}

/** What an earlier scan saw looks like what was judged before an edit: not as what is so now. */
const lookOf = (mark: KeptMark, { earlier }: SeenOn): Look => (mark.stale || earlier ? 'stale' : mark.tone);

function optionsOf(editor: TextEditor, mark: KeptMark, seen: SeenOn): DecorationOptions[] {
  if (mark.line >= editor.document.lineCount) return [];
  const line = editor.document.lineAt(mark.line);
  const contentText = textOf(mark, seen);
  const range = line.range.with(line.range.start.with({ character: line.firstNonWhitespaceCharacterIndex }));
  return [{ range, hoverMessage: hoverOf(mark, seen), renderOptions: { after: { contentText } } }];
}

function textOf({ stale, text }: KeptMark, { earlier }: SeenOn): string {
  if (stale) return l10n.t('↻ before the edit: {0}', text);
  return earlier ? l10n.t('earlier scan: {0}', text) : text;
}
