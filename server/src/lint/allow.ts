/** `# allow RULE: reason` at a line's end, or alone on the line above: one rule is silent there. In XML it is a comment. */
import { isPatchXml } from '../patchxml/read.ts';
import { scanXml } from '../patchxml/scan.ts';
import { lexer } from '../syntax/tokens.ts';
import type { Finding } from '../model/source.ts';
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
  /** Where the line that it covers begins and ends. */
  readonly line: { readonly start: number; readonly end: number };
}

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

const mayAllow = (text: string): boolean => text.includes('# allow') || text.includes('<!-- allow');

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
  if (reason === '') return make('bad-allow', `Say why: \`# allow ${rule}: the reason\`.`);
  return used ? undefined : make('unused-allow', `Nothing on its line is found by \`${rule}\`: remove this.`);
}

const PATTERN = /^(?:#|<!--)\s*allow\s+([\w-]+)\s*:?\s*(.*?)\s*(?:-->)?$/;

function allowancesIn(file: string, text: string): readonly Allowance[] {
  const comments = isPatchXml(file) ? xmlComments(text) : (lexer.tokenize(text).groups['comments'] ?? []);
  return comments.flatMap(({ image, startOffset }): Allowance[] => {
    const match = PATTERN.exec(image.trimEnd());
    if (match === null) return [];
    const own = lineAt(text, startOffset);
    const alone = text.slice(own.start, startOffset).trim() === '';
    const line = alone ? lineAt(text, own.end) : own;
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

function xmlComments(text: string): readonly { readonly image: string; readonly startOffset: number }[] {
  return scanXml(text).comments.map(({ start, end }) => ({ image: text.slice(start, end), startOffset: start }));
}

/** The line around an offset; its end is where the next begins. */
function lineAt(text: string, offset: number): { start: number; end: number } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  return { start, end: next < 0 ? text.length + 1 : next + 1 };
}
