/** The scan template that a scan of the editor is told to hold to. */
import type { Content } from '../../model/content.ts';
import type { ScanParams } from '../../protocol/scan.ts';
import type { Include } from '../../scan/options.ts';
import type { TemplateChoice } from '../../scan/template/template.ts';
import { readConfigurationOf } from './read.ts';

export interface ChosenTemplate {
  readonly choice: TemplateChoice;
  readonly include: readonly Include[];
}

/** For this content; throws, in words for the user, where patchlab.json does not have it any more: a scan of everything is not what was asked for. */
export async function templateOf(
  { uri, name }: NonNullable<ScanParams['template']>,
  content: Content,
): Promise<ChosenTemplate> {
  const template = (await readConfigurationOf(uri)).templates?.get(name);
  if (!template) throw new Error(`patchlab.json has no scan template "${name}" any more: choose another one`);
  const { chooseBy } = await import('../../scan/template/template.ts');
  return { choice: chooseBy(template, content), include: template.include };
}
