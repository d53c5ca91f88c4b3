/**
 * Scan templates of `patchlab.json`: what a scan looks for, and what it leaves out. Leaving out wins. A patch that is left
 * out is not judged, and supersedence goes on as if it were not there.
 */
import type { Content, Patch, PatchSeverity, Product } from '../../model/content.ts';
import { isWindowsName } from '../../model/windows-names.ts';
import type { Include } from '../options.ts';

/** A mistake, in a sentence without its full stop. */
export class TemplateError extends Error {}

/** Of each kind that is named, one must fit. Names in any case; `*` stands for any text. */
export interface TemplateFilter {
  readonly vendors?: readonly string[];
  readonly families?: readonly string[];
  /** Ids of products, or Windows names. */
  readonly products?: readonly string[];
  readonly severities?: readonly PatchSeverity[];
  /** A patch's `class`. */
  readonly types?: readonly string[];
  /** Ids of patches or of their bulletins. */
  readonly patches?: readonly string[];
}

export interface ScanTemplate {
  readonly name: string;
  readonly scan: TemplateFilter;
  readonly skip: TemplateFilter;
  readonly include: readonly Include[];
}

export type ScanTemplates = ReadonlyMap<string, ScanTemplate>;

/** What a template comes to for some content. */
export interface TemplateChoice {
  readonly name: string;
  readonly isProductWanted: (product: Product) => boolean;
  readonly isPatchWanted: (patch: Patch) => boolean;
}

const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_. -]{0,62}[A-Za-z0-9_])?$/;
const KINDS = ['vendors', 'families', 'products', 'severities', 'types', 'patches'] as const;
const SEVERITIES: readonly PatchSeverity[] = ['critical', 'important', 'moderate', 'low', 'unrated'];
const INCLUDES: readonly Include[] = ['superseded', 'effectively-installed'];
/** Windows itself is no product of content; templates name it so. */
const WINDOWS = { vendors: ['Microsoft'], families: ['Windows'] };

/** Reads `templates`; throws a TemplateError. */
export function parseTemplates(value: unknown): ScanTemplates {
  if (!isObject(value)) throw new TemplateError('"templates" must be an object: name to template');
  return new Map(Object.entries(value).map(([name, template]) => [name, templateOf(name, template)]));
}

function templateOf(name: string, value: unknown): ScanTemplate {
  const wrong = (why: string) => new TemplateError(`template "${name}": ${why}`);
  if (!NAME.test(name)) throw wrong('a name is of letters, digits, blanks and "_.-", at most 64');
  if (!isObject(value)) throw wrong('it must be an object');
  const unknown = Object.keys(value).find((field) => !['scan', 'skip', 'include', 'description'].includes(field));
  if (unknown !== undefined) throw wrong(`it does not know "${unknown}"`);
  return {
    name,
    scan: filterOf(value.scan, 'scan', wrong),
    skip: filterOf(value.skip, 'skip', wrong),
    include: oneOf(textsOf(value.include, 'include', wrong), INCLUDES, wrong),
  };
}

type Wrong = (why: string) => TemplateError;

function filterOf(value: unknown, side: string, wrong: Wrong): TemplateFilter {
  if (value === undefined) return {};
  if (!isObject(value)) throw wrong(`"${side}" must be an object`);
  const unknown = Object.keys(value).find((kind) => !KINDS.some((known) => known === kind));
  if (unknown !== undefined) throw wrong(`"${side}" does not know "${unknown}"`);
  const { severities, ...rest } = value;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([kind, list]) => [kind, textsOf(list, kind, wrong)])),
    ...(severities !== undefined && { severities: oneOf(textsOf(severities, 'severities', wrong), SEVERITIES, wrong) }),
  };
}

function textsOf(value: unknown, field: string, wrong: Wrong): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
    throw wrong(`"${field}" must be a list of texts`);
  return value;
}

function oneOf<T extends string>(texts: readonly string[], known: readonly T[], wrong: Wrong): readonly T[] {
  return texts.map((text) => {
    const found = known.find((each) => each === text);
    if (found === undefined) throw wrong(`"${text}" can be ${known.join(', ')}`);
    return found;
  });
}

/** The template as decisions about the products and patches of content. */
export function chooseBy({ name, scan, skip }: ScanTemplate, content: Content): TemplateChoice {
  const facts = factsOf(content);
  return {
    name,
    isProductWanted: (product) => {
      const of = facts.ofProduct(product);
      return fits(scan, of) && !isMeant(skip, of);
    },
    isPatchWanted: (patch) => {
      const own = facts.ofPatch(patch);
      const isAnyFixedWanted = facts.ofFixed(patch).some((of) => fits(scan, of) && !isMeant(skip, of));
      return isAnyFixedWanted && fits(scan, own) && !isMeant(skip, own);
    },
  };
}

/** Names of a template that no product and no patch of the content has: likely written otherwise. */
export function idleNames({ scan, skip }: ScanTemplate, content: Content): readonly string[] {
  const facts = factsOf(content);
  const all = [
    ...[...content.products.values()].map(facts.ofProduct),
    ...[...content.patches.values()].flatMap((patch) => [facts.ofPatch(patch), ...facts.ofFixed(patch)]),
  ];
  const given = [scan, skip].flatMap((filter) =>
    KINDS.flatMap((kind) => (kind === 'severities' ? [] : (filter[kind] ?? []).map((name) => ({ kind, name })))),
  );
  const idle = given.filter(({ kind, name }) => {
    const isIt = matcher([name]);
    return !all.some((each) => each[kind]?.some(isIt) === true);
  });
  return [...new Set(idle.map(({ kind, name }) => `${kind}: ${name}`))];
}

/** By kind, what something is called. A kind that it cannot have (a product's severity) is not there. */
type Facts = Partial<Readonly<Record<(typeof KINDS)[number], readonly string[]>>>;

function factsOf(content: Content) {
  const bulletins = new Map<string, string[]>();
  for (const bulletin of content.bulletins.values())
    for (const id of bulletin.patches) {
      const list = bulletins.get(id.toLowerCase()) ?? [];
      bulletins.set(id.toLowerCase(), [...list, bulletin.id]);
    }
  const ofProduct = ({ id, vendor, family }: Pick<Product, 'id' | 'vendor' | 'family'>): Facts => ({
    products: [id],
    vendors: vendor === undefined ? [] : [vendor],
    families: family === undefined ? [] : [family],
  });
  const ofFixed = (patch: Patch): readonly Facts[] =>
    patch.fixes.map(({ name }) => {
      if (isWindowsName(name)) return { products: [name, 'windows'], ...WINDOWS };
      const product = content.products.get(name.toLowerCase());
      return product ? ofProduct(product) : { products: [name], vendors: [], families: [] };
    });
  const ofPatch = (patch: Patch): Facts => ({
    severities: [patch.severity],
    types: patch.class === undefined ? [] : [patch.class],
    patches: [
      patch.id,
      ...(patch.bulletin === undefined ? [] : [patch.bulletin]),
      ...(bulletins.get(patch.id.toLowerCase()) ?? []),
    ],
  });
  return { ofProduct, ofFixed, ofPatch };
}

/** Of each kind that the filter names one fits; what something cannot have does not count against it. */
function fits(filter: TemplateFilter, of: Facts): boolean {
  return KINDS.every((kind) => {
    const names = filter[kind];
    const own = of[kind];
    return names === undefined || own === undefined || own.some(matcher(names));
  });
}

/** One of the names is its own: enough to be left out. */
function isMeant(filter: TemplateFilter, of: Facts): boolean {
  return KINDS.some((kind) => {
    const names = filter[kind];
    const own = of[kind];
    return names !== undefined && own !== undefined && own.some(matcher(names));
  });
}

function matcher(names: readonly string[]): (text: string) => boolean {
  const patterns = names.map((name) => name.toLowerCase().split('*'));
  return (text) => patterns.some((parts) => isLike(text.toLowerCase(), parts));
}

/** Whether a text is these parts with anything between them; without a regular expression, so in linear time. */
function isLike(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
