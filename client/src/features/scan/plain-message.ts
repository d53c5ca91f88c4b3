/**
 * Texts of machines and workspaces as the editor is to show them. Control characters, those that turn the direction of text
 * and those that break lines are shown as U+FFFD.
 */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The editor's messages and progress titles turn `[text](command:...)` into links that run; a name from elsewhere must not. */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (').replace(UNSEEN, '\ufffd');
}

/** In lists and in the status bar `$(name)` would become an icon. */
export function plainLabel(text: string): string {
  return text.replaceAll('$(', '$ (').replace(UNSEEN, '\ufffd');
}
