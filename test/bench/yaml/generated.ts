/** The generated workspace's products and patches as YAML, and what a JSON schema can say of such a file. */

const SEVERITIES = ['critical', 'important', 'moderate', 'low', 'unrated'];
const VERSION = '^\\d+(\\.\\d+)*$';
const ID = '^[A-Za-z_][\\w]*([.-]\\w+)*$';

const text = (description: string, rest: object = {}): object => ({ type: 'string', description, ...rest });
const object = (properties: object, required: readonly string[]): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const VIEW = { enum: [32, 64, 'both'], description: 'The registry view that is read.' };
const COMPARISON = {
  exists: { type: 'boolean', description: 'Whether the thing is there.' },
  'at-least': {
    description: 'The lowest value that fits.',
    anyOf: [{ type: 'number' }, text('', { pattern: VERSION })],
  },
  equals: { description: 'The only value that fits.', type: ['string', 'number'] },
  'if-present': { type: 'boolean', description: 'Whether what is not there fits as well.' },
};

/** What the language's own grammar and words say, as far as a schema reaches: no names across files, no types of values. */
export const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    products: { type: 'array', items: { $ref: '#/definitions/product' } },
    patches: { type: 'array', items: { $ref: '#/definitions/patch' } },
  },
  additionalProperties: false,
  definitions: {
    condition: {
      oneOf: [
        object({ all: { type: 'array', items: { $ref: '#/definitions/condition' } } }, ['all']),
        object({ any: { type: 'array', items: { $ref: '#/definitions/condition' } } }, ['any']),
        object({ not: { $ref: '#/definitions/condition' } }, ['not']),
        object(
          { file: text('The path of a file.'), property: { enum: ['version', 'size', 'company'] }, ...COMPARISON },
          ['file'],
        ),
        object(
          {
            key: text('A registry key.', { pattern: '^HK(LM|CU|CR|U|CC)\\\\' }),
            view: VIEW,
            value: text('One of its values.'),
            ...COMPARISON,
          },
          ['key'],
        ),
        object(
          { service: text('The name of a service.'), state: { enum: ['running', 'stopped', 'paused'] }, ...COMPARISON },
          ['service'],
        ),
        object({ name: text('A value that is bound above.'), ...COMPARISON }, ['name']),
        object({ check: text('A check that several products share.', { pattern: ID }) }, ['check']),
      ],
    },
    value: {
      anyOf: [
        { type: 'string' },
        object({ file: text('The path of a file.'), property: text('Which of its properties.') }, ['file']),
        object({ key: text('A registry key.'), view: VIEW, value: text('One of its values.') }, ['key', 'value']),
      ],
    },
    product: object(
      {
        id: text('The name of the product.', { pattern: ID }),
        title: text('What people call it.'),
        vendor: text('Who makes it.'),
        on: object({ windows: text('The lowest Windows.', { pattern: VERSION }) }, ['windows']),
        each: object(
          {
            name: text('The name of an element.'),
            in: { enum: ['programs', 'keys', 'files'] },
            matches: text('A regular expression.', { format: 'regex' }),
          },
          ['name', 'in'],
        ),
        let: {
          type: 'object',
          description: 'Values that conditions use.',
          additionalProperties: object(
            { first: { $ref: '#/definitions/value' }, else: { $ref: '#/definitions/value' } },
            ['first'],
          ),
        },
        'installed-when': { $ref: '#/definitions/condition' },
        'one-per': text('A name with one value for each instance.'),
      },
      ['id', 'installed-when'],
    ),
    patch: object(
      {
        id: text('The name of the patch.', { pattern: ID }),
        title: text('What people call it.'),
        fixes: { type: 'array', items: text('For whom the patch is.', { pattern: ID }) },
        severity: { enum: SEVERITIES, description: 'How grave it is that the patch is missing.' },
        cve: { type: 'array', items: text('What it mends.', { pattern: '^CVE-\\d{4}-\\d{4,}$' }) },
        released: text('The day of its release.', { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
        supersedes: { type: 'array', items: text('An older patch.', { pattern: ID }) },
        'installed-when': { $ref: '#/definitions/condition' },
      },
      ['id', 'fixes', 'installed-when'],
    ),
  },
};

/** The product of one generated file with its two patches, as an item each. */
export function yamlProduct(index: number): { readonly product: string; readonly patches: string } {
  const folder = Math.floor(index / 100);
  const id = `vendor${folder}.product${index}`;
  const key = `HKLM\\SOFTWARE\\Vendor ${folder}\\Product ${index}`;
  const version = `${(index % 20) + 1}.${index % 7}`;
  const product = `  # Vendor ${folder}: Product ${index}. Where it is, what version it has, and what it may lack.
  - id: ${id}
    title: Product ${index}
    vendor: Vendor ${folder}
    on: { windows: '6.1' }
    each: { name: app, in: programs, matches: '^Product ${index} (?<release>[\\d.]+)' }
    let:
      location: { first: app.location, else: { key: '${key}', view: both, value: Path } }
      version: { first: { file: '\${location}\\product${index}.exe', property: version }, else: release }
    installed-when:
      all:
        - { file: '\${location}\\product${index}.exe', exists: true }
        - { key: '${key}', view: both, exists: true }
        - { name: version, at-least: '1.0' }
    one-per: location
`;
  const patches = `  # The first update of the year: the library and the service that loads it.
  - id: V${folder}-${index}-1
    title: Product ${index} Update 1
    fixes: [${id}]
    severity: important
    cve: [CVE-2024-${10000 + index}]
    released: '2024-03-12'
    installed-when:
      all:
        - { name: version, at-least: ${version}.1 }
        - { file: '\${location}\\core${index}.dll', property: version, at-least: ${version}.100, if-present: true }
        - { key: '${key}\\Updates', view: both, value: Update1, equals: 1 }
  # The second one contains the first, and what the setting below turns off.
  - id: V${folder}-${index}-2
    title: Product ${index} Update 2
    fixes: [${id}]
    severity: critical
    cve: [CVE-2024-${20000 + index}]
    released: '2024-09-10'
    supersedes: [V${folder}-${index}-1]
    installed-when:
      all:
        - { name: version, at-least: ${version}.2 }
        - { file: '\${location}\\core${index}.dll', property: version, at-least: ${version}.200, if-present: true }
        - { service: Product${index}, exists: true }
        - { key: '${key}\\Updates', view: both, value: Update2, equals: 1 }
`;
  return { product, patches };
}

const COMMENT =
  '  # Checked by hand on a fresh machine and on one that was upgraded; both had the same entries and files.\n';

/** Some products in one YAML file, each with comments up to 3 KB; at its end a severity that there is none of. */
export function yamlFile(indices: readonly number[]): string {
  const all = indices.map(yamlProduct);
  const padded = all.map(({ product, patches }) => {
    const lines = Math.max(0, Math.round((3000 - product.length - patches.length) / COMMENT.length));
    return patches + COMMENT.repeat(lines);
  });
  const wrong = `  - { id: WRONG-${indices[0] ?? 0}, fixes: [windows], severity: grave, installed-when: { name: version, exists: true } }\n`;
  return `products:\n${all.map(({ product }) => product).join('')}patches:\n${padded.join('')}${wrong}`;
}
