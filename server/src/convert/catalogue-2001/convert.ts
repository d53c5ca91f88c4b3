/** From a catalogue to declarations of ours, with everything reported that could not be kept. */
import { elementsOf, type XmlElement } from '../../patchxml/document.ts';
import { element, type OutComment, type OutElement } from '../../patchxml/write/element.ts';
import { fileChecks, registryChecks } from './checks.ts';
import { reportAt, valueIn, type Catalogue, type CataloguePatch } from './read.ts';
import { supersededBy } from './supersedence.ts';

/** The elements of a file of patch definitions. Findings are added to the catalogue's. */
export function convertCatalogue(catalogue: Catalogue): readonly (OutElement | OutComment)[] {
  const names = new Map<CataloguePatch, string>();
  const taken = new Set<string>();
  for (const patch of catalogue.patches) names.set(patch, unique(taken, idOf(patch)));
  const newer = supersededBy(catalogue);
  const conversion: Conversion = { catalogue, products: productIds(catalogue), names, newer };
  const products = [...conversion.products].flatMap(([product, id]) =>
    windowsName(product) === undefined ? convertProduct(catalogue, product, id) : [],
  );
  reportUnkept(catalogue);
  return [...products, ...convertServicePacks(conversion), ...convertBulletins(conversion)];
}

interface Conversion {
  readonly catalogue: Catalogue;
  readonly products: ReadonlyMap<XmlElement, string>;
  readonly names: ReadonlyMap<CataloguePatch, string>;
  readonly newer: ReadonlyMap<CataloguePatch, readonly CataloguePatch[]>;
}

// ---------- names

/** A name of ours: words and digits, joined by `-`, `.` or `_`. */
function word(text: string): string {
  const joined = text.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/[.-]*([.-])/g, '$1');
  const trimmed = joined.replace(/^[.-]+|[.-]+$/g, '');
  return /^[A-Za-z_]/.test(trimmed) ? trimmed : `_${trimmed}`;
}

const idOf = ({ bulletin, name }: CataloguePatch): string => word(`${valueIn(bulletin, 'BulletinID')}_${name}`);

function unique(taken: Set<string>, id: string): string {
  let name = id;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${id}-${i}`;
  taken.add(name.toLowerCase());
  return name;
}

function productIds(catalogue: Catalogue): ReadonlyMap<XmlElement, string> {
  const taken = new Set<string>();
  const id = (product: XmlElement) => word(valueIn(product, 'Name').toLowerCase());
  return new Map(
    [...catalogue.entries.product.values()].map((product) => [product, unique(taken, `catalogue.${id(product)}`)]),
  );
}

/** Of the Windows of the catalogue ours begin with 2000. */
const windowsName = (product: XmlElement): string | undefined =>
  /^Windows 2000 (Professional|Server|Advanced Server|Datacenter Server)$/i.test(valueIn(product, 'Name'))
    ? 'windows-2000'
    : undefined;

// ---------- products

function convertProduct(catalogue: Catalogue, product: XmlElement, id: string): readonly (OutElement | OutComment)[] {
  const name = valueIn(product, 'Name');
  const families = elementsOf(product).filter((one) => one.name === 'ProductFamilies');
  const family = families
    .flatMap(elementsOf)
    .map((one) => valueIn(catalogue.entries.family.get(valueIn(one, 'ProductFamilyID')), 'Name'))
    .find((one) => one !== '');
  const message = `The catalogue does not say how to find \`${name}\`, nor its service packs: no machine has it until a condition says so.`;
  reportAt(catalogue, 'catalogue-lost', { element: product, attribute: 'Name' }, { message });
  const comment = 'The catalogue does not say how to find it. Put a condition in place of the empty one.';
  const never = element('installed-when', {}, [element('any')]);
  return [{ comment }, element('product', { id, title: name, family }, [never])];
}

// ---------- service packs

/** Each service pack as a patch of that class, for the products that it is available for. */
function convertServicePacks({ catalogue, products }: Conversion): readonly OutElement[] {
  const available = new Map<XmlElement, OutElement[]>();
  for (const [product, id] of products) {
    const windows = windowsName(product);
    const fixed = windows === undefined ? element('product', { ref: id }) : element('windows', { ref: windows });
    for (const use of elementsOf(product).flatMap((one) => (one.name === 'AvailableSP' ? [one] : elementsOf(one)))) {
      const pack = use.name === 'AvailableSP' ? valueIn(use, 'ServicePackID') : '';
      const entry = catalogue.entries.servicePack.get(pack);
      const known = entry === undefined ? [] : (available.get(entry) ?? []);
      const again = known.some(({ attributes }) => attributes['ref'] === fixed.attributes['ref']);
      if (entry !== undefined && !again) available.set(entry, [...known, fixed]);
    }
  }
  const taken = new Set<string>();
  return [...available].flatMap(([pack, fixes]) => {
    const name = valueIn(pack, 'Name');
    // The product as it was first released is no patch.
    if (/\bGold$|^None /.test(name)) return [];
    const number = /^Windows 2000 Service Pack (\d)$/.exec(name)?.[1];
    const attributes = {
      ...{ id: unique(taken, `catalogue.${word(name)}`), title: name, class: 'service-pack' },
      ...{ released: dateIn(catalogue, pack, 'ReleaseDate'), url: url(valueIn(pack, 'URL')) },
    };
    const verdict =
      number === undefined
        ? element('note', { why: 'The catalogue does not say how to tell whether it is installed.' })
        : element('installed-when', {}, [element('name', { of: 'windows.service-pack', 'at-least': number })]);
    return [element('patch', attributes, [element('fixes', {}, fixes), verdict])];
  });
}

const url = (text: string): string | undefined =>
  /^(https?|ftp):/i.test(text) ? text.replaceAll(' ', '%20') : undefined;

// ---------- bulletins and patches

function convertBulletins(conversion: Conversion): readonly (OutElement | OutComment)[] {
  const { catalogue, names } = conversion;
  const patches = new Map<XmlElement, CataloguePatch[]>();
  for (const patch of catalogue.patches) patches.set(patch.bulletin, [...(patches.get(patch.bulletin) ?? []), patch]);
  const taken = new Set([...names.values()].map((name) => name.toLowerCase()));
  for (const bulletin of catalogue.entries.bulletin.values()) {
    if (patches.has(bulletin)) continue;
    const message = 'A bulletin without a patch is left out.';
    reportAt(catalogue, 'catalogue-lost', { element: bulletin, attribute: 'BulletinID' }, { message });
  }
  return [...patches].flatMap(([bulletin, members]) => {
    const numbers = elementsOf(bulletin)
      .filter(({ name }) => name === 'QNumbers')
      .flatMap(elementsOf)
      .flatMap((one) => kb(valueIn(one, 'QNumber')) ?? []);
    const faq = valueIn(catalogue.entries.location.get(valueIn(bulletin, 'FAQLocationID')), 'Path');
    const attributes = {
      id: unique(taken, word(valueIn(bulletin, 'BulletinID'))),
      title: valueIn(bulletin, 'Title'),
      released: dateIn(catalogue, bulletin, 'DatePosted'),
      revised: dateIn(catalogue, bulletin, 'DateRevised'),
      kb: numbers.length === 0 ? undefined : [...new Set(numbers)].join(' '),
      url: url(`${faq.replace(/\/+$/, '')}/${valueIn(bulletin, 'FAQPageName')}`),
    };
    const children = members.flatMap((patch) => [
      ...commentsOf(catalogue, patch.element, []),
      convertPatch(conversion, patch),
    ]);
    const said = [valueIn(bulletin, 'Summary'), valueIn(bulletin, 'Issue')];
    return [...commentsOf(catalogue, bulletin, said), element('bulletin', attributes, children)];
  });
}

const kb = (number: string): string | undefined => {
  const digits = /^[QK]B?(\d{5,8})$/i.exec(number)?.[1];
  return digits === undefined ? undefined : `KB${digits}`;
};

/** What is said of an entry, as the comment above it. */
function commentsOf(catalogue: Catalogue, of: XmlElement, said: readonly string[]): readonly OutComment[] {
  const uses = elementsOf(of)
    .filter(({ name }) => /^(Bulletin|Patch)Comments$/.test(name))
    .flatMap(elementsOf);
  const comments = uses.map((use) => valueIn(catalogue.entries.comment.get(valueIn(use, 'CommentID')), 'Text'));
  const texts = [...said, ...comments].filter((text) => text !== '');
  return texts.length === 0 ? [] : [{ comment: texts.join('\n').replace(/^allow(?=\s)/, 'Allow') }];
}

/** `1998/06/01` as ours; undefined after a finding where it is none. */
function dateIn(catalogue: Catalogue, entry: XmlElement, attribute: string): string | undefined {
  const value = valueIn(entry, attribute);
  if (value === '') return undefined;
  const date = value.replaceAll('/', '-');
  const parsed = new Date(`${date}T00:00:00Z`);
  if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)) return date;
  const message = `\`${value}\` is no date such as 2001/10/04.`;
  reportAt(catalogue, 'catalogue-value', { element: entry, attribute }, { message });
  return undefined;
}

function convertPatch(conversion: Conversion, patch: CataloguePatch): OutElement {
  const { catalogue, names, newer } = conversion;
  const id = names.get(patch) ?? '';
  const place = valueIn(catalogue.entries.location.get(valueIn(patch.element, 'PatchLocationID')), 'Path');
  const reboot = { 0: 'required', 1: 'never' }[valueIn(patch.element, 'NoReboot')];
  const superseding = (newer.get(patch) ?? []).flatMap((one) => names.get(one) ?? []);
  const attributes = { id, title: patch.name, kb: kb(valueIn(patch.element, 'SQNumber')), reboot, url: url(place) };
  return element('patch', attributes, [
    convertFixes(conversion, patch),
    ...[...new Set(superseding)].map((ref) => element('superseded-by', { ref })),
    ...convertChecks(catalogue, patch),
  ]);
}

function convertFixes({ catalogue, products }: Conversion, patch: CataloguePatch): OutElement {
  const refs = new Map<string, OutElement>();
  const add = (tag: string, ref: string): void => void refs.set(ref, element(tag, { ref }));
  for (const affected of elementsOf(patch.element)) {
    const product = catalogue.entries.product.get(valueIn(affected, 'ProductID'));
    if (affected.name !== 'AffectedProduct' || product === undefined) continue;
    const windows = windowsName(product);
    const packs = elementsOf(affected).flatMap((one) => servicePack(catalogue, one) ?? []);
    if (windows === undefined) add('product', products.get(product) ?? '');
    else if (packs.length === 0) add('windows', windows);
    else for (const pack of packs) add('windows', `${windows}-sp${pack}`);
    reportLost(catalogue, affected, windows);
  }
  return element('fixes', {}, [...refs.values()]);
}

function reportLost(catalogue: Catalogue, affected: XmlElement, windows: string | undefined): void {
  const lost = (what: string) => {
    reportAt(
      catalogue,
      'catalogue-lost',
      { element: affected, attribute: 'ProductID' },
      { message: `${what} is left out.` },
    );
  };
  const fixedIn = valueIn(affected, 'FixedInSP');
  if (fixedIn !== '' && fixedIn !== '0') lost('The service pack that fixes it');
  if (windows !== undefined) lost('The edition of Windows 2000');
  else if (elementsOf(affected).length > 0) lost('The choice of service packs of the product');
}

/** The number of a service pack of Windows 2000; `Gold` is 0. */
function servicePack(catalogue: Catalogue, use: XmlElement): string | undefined {
  const name = valueIn(catalogue.entries.servicePack.get(valueIn(use, 'ServicePackID')), 'Name');
  const found = /^Windows 2000 (?:(Gold)|Service Pack (\d))/i.exec(name);
  return found === null ? undefined : (found[2] ?? '0');
}

/** Files decide; where the patch has none that can be checked, its trace in the registry does. */
function convertChecks(catalogue: Catalogue, patch: CataloguePatch): readonly OutElement[] {
  const files = fileChecks(catalogue, patch);
  const registry = registryChecks(catalogue, patch);
  if (files.length === 0 && registry.length === 0)
    return [element('note', { why: 'The catalogue has no check for it.' })];
  if (files.length === 0) return [element('installed-when', {}, registry)];
  const trace = element('not', {}, registry.length === 1 ? registry : [element('all', {}, registry)]);
  const warn = element('warn', { text: 'The files are those of the patch, the registry has no trace of it.' }, [trace]);
  return [element('installed-when', {}, files), ...(registry.length === 0 ? [] : [warn])];
}

// ---------- what is never kept

/** Attributes that our content has no place for; each is said once, where it is met first. */
const UNKEPT: Readonly<Record<string, readonly string[]>> = {
  Bulletin: ['Supported', 'ImpactSeverityID', 'PreReqSeverityID', 'MitigationSeverityID', 'PopularitySeverityID'],
  Product: ['MinimumSupportedServicePackID', 'CurrentServicePackID', 'CurrentVersion'],
  FileChange: ['Date', 'Size', 'Checksum'],
};

function reportUnkept({ entries, file, findings }: Catalogue): void {
  const all = [...entries.bulletin.values(), ...entries.product.values(), ...entries.fileChange.values()];
  for (const [tag, attributes] of Object.entries(UNKEPT)) {
    for (const attribute of attributes) {
      const having = all.filter((one) => one.name === tag && valueIn(one, attribute) !== '');
      const [first] = having;
      if (first === undefined) continue;
      const message = `\`${attribute}\` of \`${tag}\` has no place in our content and is left out, ${having.length} times.`;
      reportAt({ file, findings }, 'catalogue-lost', { element: first, attribute }, { message });
    }
  }
}
