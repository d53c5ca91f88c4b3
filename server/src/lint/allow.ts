/** `# allow RULE: reason` at a line's end, or alone on the line above: one rule is silent there. In XML it is a comment. */
import { isPatchXml } from '../patchxml/read.ts';
import { scanXml } from '../patchxml/scan.ts';
import { lex } from '../syntax/lexical.ts';
import type { XmlElement } from '../patchxml/document.ts';
import type { Finding, Span } from '../model/source.ts';
import { didYouMean } from '../syntax/suggest.ts';
import type { Diagnostic } from '../model/codes.ts';

export const ALLOW_DIAGNOSTICS = {
  'bad-allow': { severity: 'warning', summary: 'A suppression has no reason, or names no rule that can be allowed.' },
  'unused-allow': { severity: 'warning', summary: 'A suppression has no effect.' },
} as const satisfies Record<string, Diagnostic>;

interface Allowance {
  readonly rule: string;
  readonly reason: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: Line;
}

/** The line that it covers, from where it begins to where the next does. */
type Line = Span;

/** Takes out what is allowed, and adds what is wrong with the allowances. */
export function applyAllowances(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
  catalogue: Readonly<Record<string, Diagnostic>>,
): readonly Finding[] {
  const allowances = [...texts].flatMap(([file, text]) => (mayAllow(text) ? allowancesIn(file, text) : []));
  if (allowances.length === 0) return findings;
  const used = new Set<Allowance>();
  const left = findings.filter((finding) => {
    const allowance = finding.severity === 'error' ? undefined : allowances.find((one) => covers(one, finding));
    if (allowance !== undefined) used.add(allowance);
    return allowance === undefined;
  });
  return [...left, ...allowances.flatMap((one) => problem(one, used.has(one), catalogue) ?? [])];
}

/** Whether a text may have one: most have none. */
export const mayAllow = (text: string): boolean => text.includes('# allow') || text.includes('<!-- allow');

function covers({ rule, reason, file, line }: Allowance, { code, at }: Finding): boolean {
  return rule === code && reason !== '' && file === at.file && at.start >= line.start && at.start < line.end;
}

function problem(
  { rule, reason, file, start, end }: Allowance,
  used: boolean,
  catalogue: Readonly<Record<string, Diagnostic>>,
): Finding | undefined {
  const at = { file, start, end };
  const make = (code: keyof typeof ALLOW_DIAGNOSTICS, message: string): Finding => ({
    code,
    severity: ALLOW_DIAGNOSTICS[code].severity,
    message,
    at,
  });
  const known = catalogue[rule];
  if (known === undefined)
    return make('bad-allow', `There is no rule \`${rule}\`.${didYouMean(rule, Object.keys(catalogue))}`);
  if (known.severity === 'error')
    return make('bad-allow', `\`${rule}\` is an error and cannot be allowed: correct it.`);
  if (reason === '') {
    const form = isPatchXml(file) ? `<!-- allow ${rule}: the reason -->` : `# allow ${rule}: the reason`;
    return make('bad-allow', `Say why: \`${form}\`.`);
  }
  return used ? undefined : make('unused-allow', `Nothing on its line is found by \`${rule}\`: remove this.`);
}

const PATTERN = /^(?:#|<!--)\s*allow\s+([\w-]+)\s*:?\s*(.*?)\s*(?:-->)?$/;

function allowancesIn(file: string, text: string): readonly Allowance[] {
  const { comments, covered } = isPatchXml(file) ? inXml(text) : inScript(text);
  return comments.flatMap(({ image, startOffset }): Allowance[] => {
    const match = PATTERN.exec(image.trimEnd());
    if (match === null) return [];
    const own = lineAt(text, startOffset);
    const alone = text.slice(own.start, startOffset).trim() === '';
    const line = covered(alone ? lineAt(text, own.end) : own);
    return [
      {
        rule: match[1] ?? '',
        reason: match[2] ?? '',
        file,
        start: startOffset,
        end: startOffset + image.trimEnd().length,
        line,
      },
    ];
  });
}

/** The comments of a text, and what an allowance for a line covers. */
interface Comments {
  readonly comments: readonly { readonly image: string; readonly startOffset: number }[];
  readonly covered: (line: Line) => Line;
}

const inScript = (text: string): Comments => ({ comments: commentsThatAllow(text), covered: (line) => line });

/** No token goes beyond its line, so only lines with the word need be read. */
function commentsThatAllow(text: string): Comments['comments'] {
  const lines = new Map<number, string>();
  for (const { index } of text.matchAll(/#[^\S\r\n]*allow/g)) {
    let start = index;
    while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
    lines.set(start, /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '');
  }
  return [...lines].flatMap(([start, line]) =>
    lex(line).comments.map(({ image, startOffset }) => ({ image, startOffset: start + startOffset })),
  );
}

/** No comment can stand in a tag, so one that stands beside a line of it counts for all of the tag. */
function inXml(text: string): Comments {
  const { root, comments } = scanXml(text);
  const tags = root ? tagsIn(root) : [];
  return {
    comments: comments.map(({ start, end }) => ({ image: text.slice(start, end), startOffset: start })),
    covered: (line) => {
      const touched = tags.filter(({ start, end }) => start < line.end && end > line.start);
      const starts = touched.map(({ start }) => start);
      return { start: Math.min(line.start, ...starts), end: Math.max(line.end, ...touched.map(({ end }) => end)) };
    },
  };
}

function tagsIn({ start, openEnd, children }: XmlElement): Line[] {
  const inner = children.flatMap((child) => (child.kind === 'element' ? tagsIn(child) : []));
  return [{ start, end: openEnd }, ...inner];
}

/** The line around an offset; its end is where the next begins. */
function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  return { start, end: next < 0 ? text.length + 1 : next + 1 };
}
