/** `--template NAME`: a scan template of patchlab.json. */
import type { Content } from '../model/content.ts';
import { inert } from '../results/report/inert.ts';
import type { Include } from '../scan/options.ts';
import { chooseBy, idleNames, type ScanTemplates, type TemplateChoice } from '../scan/template/template.ts';
import { closest } from '../syntax/suggest.ts';
import { readConfiguration } from './configuration.ts';
import { UsageError, type OptionSpec, type ParsedArguments, type Surroundings } from './verb.ts';

export const TEMPLATE_OPTION = {
  template: { value: 'NAME', help: 'A scan template of patchlab.json: what is looked for, and what is left out.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export interface ChosenTemplate {
  readonly template?: TemplateChoice;
  readonly include: readonly Include[];
}

/** The template for this content; names in it that the content does not have are told. */
export async function templateFor(args: ParsedArguments, io: Surroundings, content: Content): Promise<ChosenTemplate> {
  const name = args.one('template');
  if (name === undefined) return { include: [] };
  const templates: ScanTemplates = (await readConfiguration()).templates ?? new Map();
  const template = templates.get(name);
  if (!template) {
    const near = closest(name, [...templates.keys()]);
    const hint = near === undefined ? 'patchlab.json has none of that name' : `did you mean ${near}?`;
    throw new UsageError(`There is no template "${name}": ${hint}`);
  }
  const idle = idleNames(template, content);
  if (idle.length > 0)
    io.err(`patchlab: template ${inert(name)} names what the content does not have: ${inert(idle.join(', '))}\n`);
  return { template: chooseBy(template, content), include: template.include };
}
