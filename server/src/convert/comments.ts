/** Comments on their way from one kind of file to the other: each goes before the part that it stands before or in. */

/** A comment where it stands, without its signs. */
export interface Remark {
  readonly start: number;
  readonly text: string;
}

/** A comment behind something is about what begins its line; any other about what follows it. */
export function remarkAt(text: string, start: number, said: string): Remark {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(line, start);
  return { start: before.trim() === '' ? start : line + before.length - before.trimStart().length, text: said.trim() };
}

/** Gives the comments up to the end of a part, each once, in their order. */
export function remarksBefore(remarks: readonly Remark[]): (part: { readonly end: number }) => readonly string[] {
  let next = 0;
  return ({ end }) => {
    const from = next;
    while ((remarks[next]?.start ?? Infinity) < end) next++;
    return remarks.slice(from, next).map(({ text }) => text);
  };
}

/** A comment as lines of a script. */
export const scriptLines = (text: string): readonly string[] =>
  text.split(/\r\n|\r|\n/).map((line) => `# ${line.trim()}`.trimEnd());
