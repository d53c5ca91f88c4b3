/** What the schema says of elements and attributes, as Markdown. */
import { PATCH_METADATA, PRODUCT_METADATA } from '../../model/vocabulary.ts';
import type { AttributeType, ElementType } from '../../patchxml/schema.ts';
import { TYPES } from '../../patchxml/schema.ts';

/** What the values of an attribute are. */
const KINDS: Readonly<Record<AttributeType['is'], string>> = {
  text: 'a text',
  name: 'a name',
  word: 'a word',
  literal: 'a literal',
  regex: 'a regular expression',
  date: 'a date',
  duration: 'a duration',
  version: 'a version',
  guid: 'a GUID',
  yes: '`true`',
};

const METADATA: Readonly<Record<string, string>> = {
  vendor: 'Who makes it.',
  family: 'What it belongs to.',
  homepage: 'Its web page.',
  arch: '`x86`, `x64` or `arm64`: for which machines it is. Several are separated by blanks or commas.',
  severity: '`critical`, `important`, `moderate`, `low` or `unrated`.',
  released: 'The day of its release: `2026-01-13`.',
  revised: 'The day when it was changed last: `2026-01-13`.',
  kb: 'KB ids, separated by blanks or commas: `KB5034441`.',
  cve: 'CVE ids, separated by blanks or commas: `CVE-2024-11477`.',
  class: 'What kind of patch it is: `service-pack` and others.',
  url: 'Web addresses, separated by blanks.',
  reboot: 'Whether it needs a restart.',
};

/** The metadata words that an element of a type may have. */
export function metadataOf(typeName: string): readonly string[] {
  if (TYPES[typeName]?.metadata !== true) return [];
  return typeName === 'product' ? PRODUCT_METADATA : PATCH_METADATA;
}

/** An element with its attributes. */
export function describeElement({ tag, summary, attributes }: ElementType): string {
  const needed = Object.entries(attributes).filter(([, { required }]) => required === true);
  const list = needed.map(([name, one]) => `- \`${name}\`: ${one.summary}`);
  return [`**\`<${tag}>\`** ${summary}`, ...(list.length > 0 ? [`It needs:\n${list.join('\n')}`] : [])].join('\n\n');
}

/** An attribute of a type of element; undefined for one that it has not. */
export function describeAttribute(typeName: string, name: string): string | undefined {
  const attribute = TYPES[typeName]?.attributes[name];
  if (attribute && Object.hasOwn(TYPES[typeName]?.attributes ?? {}, name)) {
    const needed = attribute.required === true ? ', needed' : '';
    return `**\`${name}\`** (${KINDS[attribute.is]}${needed}): ${attribute.summary}`;
  }
  if (!metadataOf(typeName).includes(name)) return undefined;
  return `**\`${name}\`** (metadata): ${METADATA[name] ?? ''}`;
}
