/** The editor's messages and progress titles turn `[text](command:...)` into links that run; a name from elsewhere must not. */
export function plainMessage(text: string): string {
  return text
    .replaceAll('](', '] (')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
