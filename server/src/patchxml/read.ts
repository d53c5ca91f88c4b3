/** The front door of patch definitions: text to the same tree as a script's, and findings. It never throws, whatever the text. */
import { LARGEST_TEXT } from '../syntax/limits.ts';
import type { FileNode } from '../syntax/tree.ts';
import { disagreement } from './agree.ts';
import type { Building } from './build/building.ts';
import { buildDeclarations, type Built } from './build/declarations.ts';
import { MOST_CONSIDERED, XML_DIAGNOSTICS, type XmlFinding } from './codes.ts';
import { documentation } from './documentation.ts';
import type { XmlDocument, XmlElement } from './document.ts';
import { offsetsOf, type Offsets } from './offsets.ts';
import { piecesOf } from './pieces.ts';
import { scanXml } from './scan.ts';
import { validate } from './validate.ts';

/** Larger texts are not read, as of scripts. */
export const LARGEST = LARGEST_TEXT;

/** What `readPatchXml` returns. Offsets of the tree are *meant* ones; `offsets` maps them to the text's. */
export interface PatchXml {
  readonly file: FileNode;
  readonly offsets: Offsets;
  readonly findings: readonly XmlFinding[];
  /** The comment right above the declaration that begins at a meant offset. */
  readonly documentation: (start: number) => string | undefined;
}

/** Whether a file is one of patch definitions, by its name. */
export const isPatchXml = (file: string): boolean => /\.patches\.xml$/i.test(file);

/** Reads a whole file. A declaration with an error in it is `damaged`, and touches no other. */
export function readPatchXml(text: string): PatchXml {
  if (text.length > LARGEST) return nothing(text, tooLarge(text));
  const document = scanXml(text);
  const { root } = document;
  if (root === undefined) return nothing(text, document.findings);
  const refused = document.findings.length === 0 ? disagreement(text, root) : undefined;
  const offsets = offsetsOf(piecesOf(root), text.length);
  const first = [...document.findings, ...validate(root), ...(refused ? [refused] : [])];
  const building: Building = { offsets, findings: [...first], contents: [] };
  const { tops, all } = root.name === 'patches' ? buildDeclarations(building, root) : { tops: [], all: [] };
  const findings = tidy([...building.findings, ...unexplained(building, first)]);
  markDamaged(all, findings, refused !== undefined || findings.length >= MOST_CONSIDERED);
  const file: FileNode = {
    ...{ kind: 'file', start: 0, end: offsets.toMeant(text.length), comments: [] },
    declarations: tops.map(({ node }) => node),
  };
  return { file, offsets, findings, documentation: documentationOf(text, document, all) };
}

function nothing(text: string, findings: readonly XmlFinding[]): PatchXml {
  const file: FileNode = { kind: 'file', start: 0, end: text.length, declarations: [], comments: [] };
  return { file, offsets: offsetsOf([], text.length), findings, documentation: () => undefined };
}

/** What is said of a text that is not read. */
export function tooLarge(text: string): readonly XmlFinding[] {
  const message = `This file has ${(text.length / LARGEST).toFixed(1)} million characters; more than one is not read. Divide it.`;
  return [{ code: 'xml-too-large', message, start: 0, end: Math.min(text.length, 5) }];
}

/** What elements lack, without those in which an error is found that explains it. */
function unexplained({ contents }: Building, errors: readonly XmlFinding[]): readonly XmlFinding[] {
  const starts = errors.map(({ start }) => start).sort((a, b) => a - b);
  return contents.flatMap(({ finding, element }) => {
    const inside = firstAtLeast(starts, element.start);
    return inside !== undefined && inside < element.end ? [] : [finding];
  });
}

function firstAtLeast(sorted: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

/** In the order of places, each thing once. */
function tidy(findings: readonly XmlFinding[]): readonly XmlFinding[] {
  const once = new Map(findings.map((one) => [`${one.code}|${one.start}|${one.end}`, one]));
  return [...once.values()].sort((a, b) => a.start - b.start || a.end - b.end).slice(0, MOST_CONSIDERED);
}

/** Marks the innermost declaration around each error; where the whole file is doubtful, every one. */
function markDamaged(all: readonly Built[], findings: readonly XmlFinding[], refused: boolean): void {
  const errors = findings.filter(({ code }) => XML_DIAGNOSTICS[code].severity === 'error');
  const everything = refused || errors.some(({ code }) => code === 'xml-dtd');
  for (const { node } of everything ? all : around(all, errors)) (node as { damaged: boolean }).damaged = true;
}

/** The innermost declarations around findings, which are in order: one pass, with a stack of those that are open. */
function around(all: readonly Built[], findings: readonly XmlFinding[]): ReadonlySet<Built> {
  const found = new Set<Built>();
  const waiting = [...all].sort((a, b) => a.element.start - b.element.start);
  const open: Built[] = [];
  let next = 0;
  for (const { start } of findings) {
    for (let one = waiting[next]; one !== undefined && one.element.start <= start; one = waiting[++next])
      open.push(one);
    while ((open.at(-1)?.element.end ?? Infinity) <= start) open.pop();
    const innermost = open.at(-1);
    if (innermost !== undefined) found.add(innermost);
  }
  return found;
}

function documentationOf(
  text: string,
  document: XmlDocument,
  all: readonly Built[],
): (start: number) => string | undefined {
  const elements = new Map<number, XmlElement>(all.map(({ node, element }) => [node.start, element]));
  return (start) => {
    const element = elements.get(start);
    return element && documentation(text, document.comments, element.start);
  };
}
