/** Railroad diagrams in text: parts that are drawn, put beside each other, above each other, and looped. */

/** A drawing. The rail comes in at the left of `lines[row]` and leaves at its right; all lines are equally wide. */
export interface Drawing {
  readonly lines: readonly string[];
  readonly row: number;
}

const width = ({ lines }: Drawing): number => lines[0]?.length ?? 0;

/** A word on the rail. */
export const word = (text: string): Drawing => ({ lines: [` ${text} `], row: 0 });

/** Nothing but rail. */
export const rail = (length = 1): Drawing => ({ lines: ['─'.repeat(length)], row: 0 });

/** One after another. */
export function inLine(parts: readonly Drawing[]): Drawing {
  const [first = rail(), ...rest] = parts;
  return rest.reduce((left, right) => {
    const above = Math.max(left.row, right.row);
    const below = Math.max(left.lines.length - left.row, right.lines.length - right.row);
    const lines = Array.from({ length: above + below }, (_, index) => {
      const on = index === above;
      const line = (part: Drawing): string => part.lines[index - above + part.row] ?? ' '.repeat(width(part));
      return `${line(left)}${on ? '─' : ' '}${line(right)}`;
    });
    return { lines, row: above };
  }, first);
}

/** One of several; the first is on the rail. */
export function oneOf(parts: readonly Drawing[]): Drawing {
  const wide = Math.max(...parts.map(width));
  const last = parts.length - 1;
  const lines = parts.flatMap((part, index) =>
    stretch(part, wide).lines.map((line, at) => {
      const here = at === part.row;
      const [left, right] = here ? ends(index, last) : through(index, at < part.row, last);
      return here ? `${left}─${line}─${right}` : `${left} ${line} ${right}`;
    }),
  );
  return { lines, row: parts[0]?.row ?? 0 };
}

const ends = (index: number, last: number): readonly [string, string] =>
  last === 0 ? ['─', '─'] : index === 0 ? ['┬', '┬'] : index === last ? ['╰', '╯'] : ['├', '┤'];

/** Beside a part's other lines the rails of those below it go on. */
function through(index: number, above: boolean, last: number): readonly [string, string] {
  const passes = above ? index > 0 : index < last;
  return passes ? ['│', '│'] : [' ', ' '];
}

/** The part, or nothing. */
export const optional = (part: Drawing): Drawing => oneOf([rail(width(part)), part]);

/** The part at least once, and again behind what stands on the way back. */
export function repeated(part: Drawing, back: Drawing = rail()): Drawing {
  const wide = Math.max(width(part), width(back));
  const on = stretch(part, wide);
  const again = stretch(back, wide);
  const lines = [
    ...on.lines.map((line, at) => {
      if (at < on.row) return `  ${line}  `;
      return at === on.row ? `─┬${line}┬─` : ` │${line}│ `;
    }),
    ...again.lines.map((line, at) => {
      if (at < again.row) return ` │${line}│ `;
      return at === again.row ? ` ╰${line}╯ ` : `  ${line}  `;
    }),
  ];
  return { lines, row: on.row };
}

/** As wide as asked for, with rail at its right. */
function stretch(part: Drawing, wide: number): Drawing {
  const more = wide - width(part);
  if (more <= 0) return part;
  return { ...part, lines: part.lines.map((line, at) => line + (at === part.row ? '─' : ' ').repeat(more)) };
}

/** The drawing between its ends, without blanks at the ends of lines. */
export function finished(part: Drawing): string {
  return part.lines.map((line, at) => (at === part.row ? `├─${line}─┤` : `  ${line}`).trimEnd()).join('\n');
}
