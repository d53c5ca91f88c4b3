/** How traces spell things: the check as it was written, on one line. */
import type { Location } from '../model/source.ts';
import type { Context } from './context.ts';
import { brief } from './text.ts';

const LONGEST = 160;

/** The source text of a place on one line, comments left out; nothing where the text is not at hand. */
export function written(context: Pick<Context, 'content'>, at: Location): string {
  const text = context.content.texts.get(at.file)?.slice(at.start, at.end) ?? '';
  const bare = text.replace(/"(?:[^"\n]|"")*"|#[^\n]*/g, (piece) => (piece.startsWith('#') ? ' ' : piece));
  return brief(bare.trim(), LONGEST);
}
