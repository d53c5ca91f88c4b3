/** One file's declarations, lowered without looking at any other file. */
import { XML_DIAGNOSTICS } from '../../patchxml/codes.ts';
import { isPatchXml, readPatchXml } from '../../patchxml/read.ts';
import { isTooLarge, tooLarge } from '../../syntax/limits.ts';
import { stretchesOf, type Stretch, type Stretches } from '../../syntax/stretches.ts';
import type { FileNode } from '../../syntax/tree.ts';
import type { Finding } from '../source.ts';
import type { LoweredCheck } from './check.ts';
import type { Lowering } from './context.ts';
import { moved } from './moved.ts';
import type { LoweredBulletin, LoweredPatch } from './patch.ts';
import type { LoweredProduct } from './product.ts';
import { lowerStretch, lowerTree, type LoweredStretch } from './stretch.ts';

/** All that linking needs to know of a file. */
export interface LoweredFile {
  readonly file: string;
  readonly text: string;
  readonly products: readonly LoweredProduct[];
  /** Those of bulletins too. */
  readonly patches: readonly LoweredPatch[];
  readonly bulletins: readonly LoweredBulletin[];
  readonly checks: readonly LoweredCheck[];
  readonly tests: readonly Lowering[];
  readonly syntax: readonly Finding[];
  /** The same declarations, by the parts of the file that they stand in. */
  readonly stretches: readonly LoweredStretch[];
  /** Of a script: what lowering it after an edit goes on from. */
  readonly cut?: Cut;
}

/** How a script was cut, and what each stretch was when it was lowered, wherever it has moved since. */
interface Cut {
  readonly stretches: Stretches;
  readonly origins: readonly LoweredStretch[];
}

/**
 * Parses and lowers one file: a script, or patch definitions in XML, by its name. Given what it was before, only what has
 * changed is read again; the result is the same.
 */
export function lowerFile(file: string, text: string, before?: LoweredFile): LoweredFile {
  return isPatchXml(file) ? lowerXml(file, text) : lowerScript(file, text, before);
}

function lowerScript(file: string, text: string, before: LoweredFile | undefined): LoweredFile {
  if (isTooLarge(text)) return unread(file, text);
  const last = before?.file === file ? before.cut : undefined;
  const { stretches, lexed } = stretchesOf(text, last?.stretches);
  const known = new Map(last?.stretches.all.map((stretch, index) => [stretch, index]));
  const origins: LoweredStretch[] = [];
  let start = 0;
  const now = stretches.all.map((stretch) => {
    const at = start;
    start += stretch.text.length;
    const index = known.get(stretch) ?? -1;
    const origin = last?.origins[index] ?? lowerStretch({ file, start: at }, stretch, lexed.get(stretch));
    origins.push(origin);
    if (origin.start === at) return origin;
    const asBefore = before?.stretches[index];
    if (asBefore?.start === at) return asBefore;
    return movedTo({ file, start: at }, stretch, origin);
  });
  return { ...together(file, text, now), cut: { stretches, origins } };
}

/** By itself, so that what it may be asked for later keeps nothing else in memory: not the file as it was before. */
function movedTo(
  place: { readonly file: string; readonly start: number },
  stretch: Stretch,
  origin: LoweredStretch,
): LoweredStretch {
  return moved(origin, place.start, () => lowerStretch(place, stretch));
}

/** Of a script that is too large nothing is known but that it is. */
function unread(file: string, text: string): LoweredFile {
  const { code, message, start, end } = tooLarge(text);
  const tree: FileNode = { kind: 'file', start: 0, end: text.length, declarations: [], comments: [] };
  const finding: Finding = { code, severity: 'error', message, at: { file, start, end } };
  return together(file, text, [lowerTree({ file, text, start: 0, comments: [] }, tree, [finding])]);
}

function lowerXml(file: string, text: string): LoweredFile {
  const { file: tree, offsets, findings, documentation } = readPatchXml(text);
  const syntax = findings.map(({ code, message, start, end }): Finding => {
    const { severity } = XML_DIAGNOSTICS[code];
    return { code, severity, message, at: { file, start, end } };
  });
  return together(file, text, [
    lowerTree({ file, text, start: 0, comments: [], offsets, documentation }, tree, syntax),
  ]);
}

function together(file: string, text: string, stretches: readonly LoweredStretch[]): LoweredFile {
  const bulletins = stretches.flatMap((one) => one.bulletins);
  return {
    file,
    text,
    products: stretches.flatMap((one) => one.products),
    patches: [...stretches.flatMap((one) => one.ownPatches), ...bulletins.flatMap((one) => one.patches)],
    bulletins,
    checks: stretches.flatMap((one) => one.checks),
    tests: stretches.flatMap((one) => one.tests),
    syntax: stretches.flatMap((one) => one.syntax),
    stretches,
  };
}
