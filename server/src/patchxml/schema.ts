/**
 * The schema of `*.patches.xml` as data: which element may stand where, with which attributes. Validation, docs and the XSD
 * come from this one table. One tag may be of several types, by where it stands: `product` declares, or refers.
 */

/** One attribute. `word`s are checked by the model as in scripts. */
export interface AttributeType {
  readonly required?: true;
  readonly is: 'text' | 'name' | 'word' | 'literal' | 'regex' | 'date' | 'duration' | 'version' | 'guid' | 'yes';
  readonly summary: string;
}
type Attributes = Readonly<Record<string, AttributeType>>;

/** One type of element. */
export interface ElementType {
  readonly tag: string;
  readonly summary: string;
  readonly attributes: Attributes;
  /** Any further attribute is a metadata word, which the model checks. */
  readonly metadata?: true;
  /** Keys of `TYPES`, no two of one tag. */
  readonly children: readonly string[];
}

const text = (summary: string) => ({ is: 'text', summary }) as const;
const word = (summary: string) => ({ is: 'word', summary }) as const;
const name = (summary: string) => ({ is: 'name', summary }) as const;
const literal = (summary: string) => ({ is: 'literal', summary }) as const;
const must = (attribute: AttributeType): AttributeType => ({ ...attribute, required: true });

/** The namespace that a file may say it is of. */
export const NAMESPACE = 'urn:patchlab:patches:1';

const declared: Attributes = {
  id: must(name('Its name, unique in the workspace whatever its case.')),
  title: text('What people call it.'),
};
const view = word('`32`, `64` or `both`.');

/** Operators of ranges by the attribute or element that spells them. */
export const OPERATORS = {
  equals: '=',
  'not-equals': '!=',
  below: '<',
  'at-most': '<=',
  above: '>',
  'at-least': '>=',
} as const;
/** Expectations whose value is a text. */
export const TEXT_TESTS = { contains: 'contains', 'starts-with': 'starts-with', 'ends-with': 'ends-with' } as const;

const bounds: Attributes = Object.fromEntries(
  Object.entries(OPERATORS).map(([key, operator]) => [
    key,
    literal(`\`${operator}\` a version, number, date, size or other literal; anything else is a text.`),
  ]),
);

const expectations: Attributes = {
  exists: { is: 'yes', summary: '`true`: it is there.' },
  is: word('A state, or `installed`, `absent`, `unknown`.'),
  'is-not': word('Not in that state.'),
  ...bounds,
  ...Object.fromEntries(
    Object.keys(TEXT_TESTS).map((key) => [key, text(`The text ${key.replace('-', ' ')} this, whatever its case.`)]),
  ),
  like: text('A pattern with `*` and `?`.'),
  matches: { is: 'regex', summary: 'A regular expression, such as `/^7-Zip/i`.' },
  'older-than': { is: 'duration', summary: 'A duration, such as `30d`.' },
  'newer-than': { is: 'duration', summary: 'A duration, such as `12h`.' },
  reaches: { is: 'version', summary: 'A fixed version; several stand in a `<reaches>` element.' },
  values: word('Of a list (`REG_MULTI_SZ`): `any` or `all` of its values.'),
  'if-present': { is: 'yes', summary: '`true`: also right where the thing is absent.' },
};

const key: Attributes = { path: must(text('Such as `HKLM\\SOFTWARE\\Acme`.')), view };
const path: Attributes = { path: must(text('Such as `%ProgramFiles%\\Acme\\acme.exe`.')), view };
const service: Attributes = { name: must(text("The service's name.")) };
const msi: Attributes = {
  'product-code': { is: 'guid', summary: 'A GUID in braces.' },
  'upgrade-code': { is: 'guid', summary: 'A GUID in braces, instead of a product code.' },
};
const bound: Attributes = {
  of: must(name('A bound name: `version`, `app.location`, `windows.build`.')),
  value: text('The registry value to read, where the name is an element of keys or programs.'),
};

const STEPS = ['as', 'matching', 'replacing'];
const READINGS = ['key', 'file', 'folder', 'service', 'msi', 'name', 'text', 'literal'];
const CONDITIONS = [
  ...['keyCheck', 'fileCheck', 'folderCheck', 'serviceCheck', 'msiCheck', 'hotfixCheck', 'nameCheck', 'textCheck'],
  ...['literalCheck', 'all', 'any', 'not', 'useCheck', 'useProduct', 'on'],
];
const BOUNDS = ['equals', 'not-equals', 'below', 'at-most', 'above', 'at-least'];
const EXPECTED = [...BOUNDS, 'contains', 'starts-with', 'ends-with', 'reaches', 'is-one-of', 'is-not-one-of'];
const FINDS = ['each', 'first', 'let', 'on', 'installed-when', 'one-per'];
const SHARED = [
  ...['on', 'let', 'installed-when', 'missing-when', 'missing-always', 'note', 'supersedes', 'superseded-by', 'warn'],
];

function reading(tag: string, summary: string, attributes: Attributes): ElementType {
  return { tag, summary, attributes, children: STEPS };
}
function check(tag: string, summary: string, attributes: Attributes): ElementType {
  return { tag, summary, attributes: { ...attributes, ...expectations }, children: [...STEPS, ...EXPECTED] };
}
function expected(tag: string, summary: string): ElementType {
  return { tag, summary, attributes: {}, children: READINGS };
}
function conditions(tag: string, summary: string, attributes: Attributes = {}): ElementType {
  return { tag, summary, attributes, children: CONDITIONS };
}

const collection: Attributes = {
  name: name('What each element is called.'),
  in: word('`keys`, `files`, `folders`, `services`, `values`, `programs` or `users`.'),
  pattern: text('Which keys, files, folders or values; several stand in `<pattern>` elements.'),
  view,
};
const group = (tag: string, summary: string): ElementType => ({
  tag,
  summary,
  attributes: collection,
  children: ['pattern', 'where', ...CONDITIONS],
});
const fileProperty = word('`version`, `size`, `company` and so on.');

/** Every type of element. */
export const TYPES: Readonly<Record<string, ElementType>> = {
  patches: {
    tag: 'patches',
    summary: 'The root element.',
    attributes: { xmlns: text(`\`${NAMESPACE}\`, or left out.`) },
    children: ['product', 'bulletin', 'patch', 'check'],
  },
  product: {
    tag: 'product',
    summary: 'A product, and how to find it.',
    attributes: declared,
    metadata: true,
    children: [...FINDS, 'variant'],
  },
  variant: {
    tag: 'variant',
    summary: 'Another way to find the product.',
    attributes: { title: must(text('What this way is called.')) },
    children: FINDS,
  },
  bulletin: {
    tag: 'bulletin',
    summary: 'Patches that share statements.',
    attributes: declared,
    metadata: true,
    children: ['patch', ...SHARED],
  },
  patch: {
    tag: 'patch',
    summary: 'A patch: for whom it is, when it is installed, what it supersedes.',
    attributes: declared,
    metadata: true,
    children: ['fixes', ...SHARED],
  },
  check: {
    tag: 'check',
    summary: 'A check that several declarations share. All its conditions must hold.',
    attributes: declared,
    children: ['parameter', ...CONDITIONS],
  },
  parameter: {
    tag: 'parameter',
    summary: 'A value that the check is given.',
    attributes: { name: must(name('Its name.')) },
    children: [],
  },

  each: {
    tag: 'each',
    summary: 'One candidate instance for each element of a collection.',
    attributes: { ...collection, name: must(name('What each element is called.')), in: must(word('The collection.')) },
    children: ['pattern', 'where'],
  },
  first: {
    tag: 'first',
    summary: 'Binds a name to the first element of a collection for which all conditions hold, or to nothing.',
    attributes: { ...collection, name: must(name('What it is called.')), in: must(word('The collection.')) },
    children: ['pattern', 'where'],
  },
  pattern: {
    tag: 'pattern',
    summary: 'One of several patterns.',
    attributes: { text: must(text('The pattern.')) },
    children: [],
  },
  where: conditions('where', 'Keeps the elements for which all conditions within are true.'),
  let: {
    tag: 'let',
    summary: 'Binds a name to a value, with `<when>` and `<else>` for fallbacks.',
    attributes: { name: must(name('The name.')) },
    children: [...READINGS, 'when', 'else'],
  },
  else: {
    tag: 'else',
    summary: 'The value where what stands before is absent or empty.',
    attributes: {},
    children: [...READINGS, 'when'],
  },
  when: conditions('when', 'The value counts only where all conditions within are true.'),
  on: { tag: 'on', summary: 'Only on one of these Windows.', attributes: {}, children: ['windows'] },
  windows: {
    tag: 'windows',
    summary: 'A Windows, such as `windows-10-22h2`.',
    attributes: { ref: must(name('Its name.')), ...bounds },
    children: BOUNDS,
  },
  fixes: { tag: 'fixes', summary: 'For whom a patch is.', attributes: {}, children: ['fixedProduct', 'windows'] },
  fixedProduct: {
    tag: 'product',
    summary: 'A product, with a version range if only some versions are meant.',
    attributes: { ref: must(name("The product's name.")), ...bounds },
    children: BOUNDS,
  },
  'one-per': {
    tag: 'one-per',
    summary: 'Keeps one instance for each value of a name.',
    attributes: { name: must(name('The name.')) },
    children: [],
  },
  'installed-when': conditions('installed-when', 'Installed where all conditions within are true.'),
  'missing-when': conditions('missing-when', 'Missing where all conditions within are true.'),
  'missing-always': {
    tag: 'missing-always',
    summary: 'Missing on every machine.',
    attributes: { why: text('The reason.') },
    children: [],
  },
  note: {
    tag: 'note',
    summary: 'Nothing can decide this patch.',
    attributes: { why: must(text('The reason.')) },
    children: [],
  },
  supersedes: {
    tag: 'supersedes',
    summary: 'An older patch or bulletin.',
    attributes: {
      ref: name('Its name.'),
      before: { is: 'date', summary: 'Only where it was released before this date.' },
      'everything-before': {
        is: 'date',
        summary: 'Instead of `ref`: all patches released earlier that fix one of its products.',
      },
    },
    children: [],
  },
  'superseded-by': {
    tag: 'superseded-by',
    summary: 'A newer patch or bulletin.',
    attributes: { ref: must(name('Its name.')) },
    children: [],
  },
  warn: {
    tag: 'warn',
    summary: 'A warning on *installed*, where all conditions within are true or a file is newer than asked for.',
    attributes: { text: text('What it says.'), newer: { is: 'yes', summary: '`true`, instead of conditions.' } },
    children: CONDITIONS,
  },

  key: reading('key', 'A registry value.', { ...key, value: must(text('Its name; empty for the default value.')) }),
  file: reading('file', 'A property of a file.', { ...path, property: must(fileProperty) }),
  folder: reading('folder', 'A property of a folder.', { ...path, property: must(word('`modified`.')) }),
  service: reading('service', 'A property of a service.', {
    ...service,
    property: must(word('`state`, `start`, `account`, `path` or `display-name`.')),
  }),
  msi: reading('msi', 'A property of an MSI package.', {
    ...msi,
    property: must(word('`version`, `name` or `location`.')),
  }),
  name: reading('name', 'A value that a name is bound to.', bound),
  text: reading('text', 'A text, with insertions as in scripts.', { value: must(text('The text.')) }),
  literal: reading('literal', 'A version, number, date, size, duration, GUID, KB or CVE id.', {
    value: must(literal('As in scripts.')),
  }),
  as: {
    tag: 'as',
    summary: 'Converts the value.',
    attributes: { to: must(word('`folder`, `program`, `version` and so on.')) },
    children: [],
  },
  matching: {
    tag: 'matching',
    summary: 'What a regular expression finds in the value.',
    attributes: { regex: must({ is: 'regex', summary: 'Such as `/v([\\d.]+)/`.' }) },
    children: [],
  },
  replacing: {
    tag: 'replacing',
    summary: 'Replaces all occurrences in the value.',
    attributes: {
      text: text('What is replaced.'),
      regex: { is: 'regex', summary: 'Instead of a text.' },
      with: must(text('What takes its place; `$1` is the first group.')),
    },
    children: [],
  },

  keyCheck: check('key', 'A registry key, or with `value` one of its values.', {
    ...key,
    value: text('The name of the value; empty for the default value.'),
  }),
  fileCheck: check('file', 'A file, or with `property` a property of it.', { ...path, property: fileProperty }),
  folderCheck: check('folder', 'A folder.', { ...path, property: word('`modified`.') }),
  serviceCheck: check('service', 'A service, or with `property` a property of it.', {
    ...service,
    property: word('`state`, `start`, `account`, `path` or `display-name`.'),
  }),
  msiCheck: check('msi', 'An MSI package.', { ...msi, property: word('`version`, `name` or `location`.') }),
  hotfixCheck: check('hotfix', 'A hotfix.', { kb: must(name('Such as `KB5034441`.')) }),
  nameCheck: check('name', 'A value that a name is bound to.', bound),
  textCheck: check('text', 'A text with insertions.', { value: must(text('The text.')) }),
  literalCheck: check('literal', 'A literal.', { value: must(literal('As in scripts.')) }),
  all: group('all', 'All conditions within; with `name` and `in`, for every element.'),
  any: group('any', 'One of the conditions within; with `name` and `in`, all of them for some element.'),
  not: conditions('not', 'The one condition within is not true.'),
  useCheck: {
    tag: 'check',
    summary: 'A shared check.',
    attributes: { ref: must(name('Its name.')) },
    children: ['argument'],
  },
  argument: {
    tag: 'argument',
    summary: 'The value of a parameter, in their order.',
    attributes: {},
    children: READINGS,
  },
  useProduct: {
    tag: 'product',
    summary: 'Some instance of another product.',
    attributes: { ref: must(name('Its name.')), ...bounds, is: word('`installed`.'), 'is-not': word('`installed`.') },
    children: BOUNDS,
  },
  ...Object.fromEntries(BOUNDS.map((tag) => [tag, expected(tag, `Compares with the one reading within.`)])),
  contains: expected('contains', 'Contains the one reading within.'),
  'starts-with': expected('starts-with', 'Starts with the one reading within.'),
  'ends-with': expected('ends-with', 'Ends with the one reading within.'),
  'is-one-of': expected('is-one-of', 'Is equal to one of the readings within.'),
  'is-not-one-of': expected('is-not-one-of', 'Is equal to none of the readings within.'),
  reaches: {
    tag: 'reaches',
    summary: 'Has reached the fixed version of its branch.',
    attributes: { otherwise: word('`true` or `false`: what holds where no row covers the version.') },
    children: ['row'],
  },
  row: {
    tag: 'row',
    summary: 'A fixed version, and where its branch begins.',
    attributes: {
      fixed: must({ is: 'version', summary: 'The fixed version.' }),
      from: { is: 'version', summary: 'Where the branch begins.' },
    },
    children: [],
  },
};

/** The type of a child element by its tag. */
export function childType(parent: string, tag: string): string | undefined {
  return TYPES[parent]?.children.find((type) => TYPES[type]?.tag === tag);
}
