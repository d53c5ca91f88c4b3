/** Texts: quotes, insertions `${name}`, folders `%Name%`. */
import type { Leaf } from '../../syntax/tree.ts';
import { leafEnd } from '../../syntax/tree.ts';
import type { Template, TemplatePart } from '../content.ts';
import { fail, located, type Lowering, type Scope } from './context.ts';
import { nameRef } from './names.ts';

/** The span of a leaf. */
export const spanOf = (leaf: Leaf) => ({ start: leaf.startOffset, end: leafEnd(leaf) });

/** A text without insertions: a title, a reason. */
export function plainText(leaf: Leaf | undefined): string | undefined {
  if (leaf === undefined) return undefined;
  return inner(leaf).replaceAll('""', '"');
}

function inner(leaf: Leaf): string {
  const closed = leaf.image.length > 1 && leaf.image.endsWith('"') && leaf.tokenType.name === 'Text';
  return leaf.image.slice(1, closed ? -1 : undefined);
}

// Longest first: an escaped quote, an escaped insertion, an insertion, an escaped percent sign, a folder or variable.
const SPECIAL = /""|\$\$\{|\$\{([^}]*)(\}?)|%%|%([A-Za-z_]\w*(?:\(x86\))?)%/gi;
/** Most texts have nothing of it. */
const MAY_BE_SPECIAL = /["$%]/;

/** A text with its insertions, whose names are looked up in the scope. */
export function lowerText(context: Lowering, scope: Scope, leaf: Leaf): Template {
  const raw = inner(leaf);
  const at = located(context, spanOf(leaf));
  if (!MAY_BE_SPECIAL.test(raw)) return { parts: raw === '' ? [] : [{ kind: 'text', text: raw }], at };
  const parts: TemplatePart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  let from = 0;
  for (const match of raw.matchAll(SPECIAL)) {
    text += raw.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === '""') text += '"';
    else if (match[0] === '%%') text += '%';
    else if (match[0] === '$${') text += '${';
    else if (match[3] !== undefined) {
      flush();
      parts.push({ kind: 'variable', variable: match[3] });
    } else {
      flush();
      const start = leaf.startOffset + 1 + match.index + 2;
      const name = insertion(context, scope, { image: match[1] ?? '', closed: match[2] === '}', start });
      // One with an error still is where it is, or the path would seem to begin with what follows.
      parts.push({ kind: 'name', name: name ?? { base: '', at } });
    }
  }
  text += raw.slice(from);
  flush();
  return { parts, at };
}

function insertion(context: Lowering, scope: Scope, written: { image: string; closed: boolean; start: number }) {
  const { image, closed, start } = written;
  const span = { start, end: start + image.length };
  if (!closed)
    return fail(
      context,
      'bad-text',
      { start: start - 2, end: span.end },
      { message: '`${` without its `}`. A plain `${` is written `$${`.' },
    );
  if (!/^[A-Za-z_]\w*(?:[.-]\w+)*$/.test(image)) {
    return fail(
      context,
      'bad-text',
      { start: start - 2, end: span.end + 1 },
      { message: `\`${image}\` is no name. Only bound names are inserted; a plain \`\${\` is written \`$\${\`.` },
    );
  }
  return nameRef(context, scope, { image, span, withValue: false });
}
