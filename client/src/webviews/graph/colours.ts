/** The colours of the editor's theme, as the canvas needs them. */
import type { DrawnPatch, EdgeKind } from '../../../../server/src/protocol/graph.ts';

export interface Colours {
  readonly ink: string;
  readonly faint: string;
  readonly paper: string;
  readonly box: string;
  readonly border: string;
  readonly focus: string;
  readonly good: string;
  readonly bad: string;
  readonly doubt: string;
}

/** Read anew when the theme changes. */
export function coloursNow(): Colours {
  const style = getComputedStyle(document.body);
  const of = (fallback: string, ...names: string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value) return value;
    }
    return fallback;
  };
  const ink = of('#888', 'editor-foreground', 'foreground');
  return {
    ink,
    faint: of(ink, 'descriptionForeground'),
    paper: of('transparent', 'editor-background'),
    box: of('transparent', 'editorWidget-background', 'editor-background'),
    border: of(ink, 'contrastBorder', 'editorWidget-border', 'panel-border'),
    focus: of(ink, 'focusBorder'),
    good: of(ink, 'patchlab-verdictTrue', 'testing-iconPassed'),
    bad: of(ink, 'patchlab-verdictFalse', 'editorError-foreground'),
    doubt: of(ink, 'patchlab-verdictUnknown', 'editorWarning-foreground'),
  };
}

/** The colour that a status has everywhere. */
export function colourOf(status: string | undefined, colours: Colours): string {
  switch (status) {
    case 'missing':
      return colours.bad;
    case 'unknown':
      return colours.doubt;
    case 'installed':
    case 'effectively installed':
      return colours.good;
    default:
      return colours.faint;
  }
}

/** What tells a status where no colour is seen. */
export function signOf({ status }: Pick<DrawnPatch, 'status'>): string {
  switch (status) {
    case 'missing':
      return '✗';
    case 'installed':
      return '✓';
    case 'effectively installed':
      return '(✓)';
    case 'superseded':
      return '(✗)';
    case 'unknown':
      return '?';
    case 'note':
      return 'i';
    case 'not applicable':
      return '–';
    default:
      return '';
  }
}

export function colourOfEdge(kind: EdgeKind, colours: Colours): string {
  switch (kind) {
    case 'whole':
      return colours.faint;
    case 'part':
      return colours.doubt;
    case 'none':
    case 'circle':
      return colours.bad;
  }
}
