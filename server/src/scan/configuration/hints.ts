/** "Did you mean" for what patchlab.json has and Patchlab does not know. */
import { didYouMean } from '../../syntax/suggest.ts';

/** The names that an object of patchlab.json may have, by where it stands; docs/schemas/patchlab-config.schema.json has the same. */
export const CONFIGURATION_FIELDS = {
  top: [
    ...['$schema', 'content', 'arrivals', 'store', 'groups', 'directories', 'credentials', 'templates', 'netbios'],
    'severity',
  ],
  group: [
    ...['description', 'hosts', 'ranges', 'domains', 'ous', 'computers', 'groups', 'exclude', 'port', 'credential'],
  ],
  computers: ['disabled', 'staleDays'],
  directory: ['description', 'domain', 'base', 'servers', 'security', 'ca', 'dns', 'credential'],
  credential: ['description', 'user'],
  template: ['description', 'scan', 'skip', 'include'],
  filter: ['vendors', 'families', 'products', 'severities', 'types', 'patches'],
} as const;

/** What a mistake leaves to be added: the word that was meant, with a blank before it, or nothing. */
export function configurationHint(mistake: string): string {
  const wrongValue = /"([^"]*)"(?: of "[^"]*")? (?:can|must) be (?:one of )?((?:[\w-]+, )+[\w-]+)$/.exec(mistake);
  if (wrongValue) return didYouMean(wrongValue[1] ?? '', (wrongValue[2] ?? '').split(', '));
  const unknown = /does not know "([^"]*)"$/.exec(mistake)?.[1];
  return unknown === undefined ? '' : didYouMean(unknown, fieldsFor(mistake));
}

function fieldsFor(mistake: string): readonly string[] {
  if (mistake.includes('"computers" does not know')) return CONFIGURATION_FIELDS.computers;
  if (/"(?:scan|skip)" does not know/.test(mistake)) return CONFIGURATION_FIELDS.filter;
  const section = /^(group|directory|credential|template) "/.exec(mistake)?.[1];
  if (section === 'group' || section === 'directory' || section === 'credential' || section === 'template')
    return CONFIGURATION_FIELDS[section];
  return CONFIGURATION_FIELDS.top;
}
