/** Scan templates: which one scans hold to, and what it says, in a few questions that end in patchlab.json. */
import { l10n, window } from 'vscode';
import { pick, pickMany } from '../../pick.ts';
import type { ConfigurationRow, TemplateRow } from '../../../../server/src/protocol/machines.ts';
import type { Host } from '../../host.ts';
import { changeConfiguration } from './change.ts';
import type { Configurations } from './configurations.ts';
import { askConfiguration, nameProblem } from './questions.ts';
import type { TemplateStore } from './template-store.ts';

/** *Choose Scan Template...* */
export async function chooseTemplate(configurations: Configurations, templates: TemplateStore): Promise<void> {
  const rows = (await configurations.rows()).flatMap(({ uri, folder, templates: all }) =>
    all.map(({ name }) => ({ label: name, description: folder, template: { uri, name } })),
  );
  const everything = { label: l10n.t('All content'), description: l10n.t('no template'), template: undefined };
  const chosen = await pick([everything, ...rows], {
    title: l10n.t('Choose Scan Template'),
    placeHolder: l10n.t('What do scans look for?'),
  });
  if (chosen) await templates.set(chosen.template);
}

const KINDS = ['severities', 'vendors', 'families', 'products', 'types', 'patches'] as const;
type Kind = (typeof KINDS)[number];

const PROMPTS: Readonly<Record<Kind, () => string>> = {
  severities: () => l10n.t('Severities'),
  vendors: () => l10n.t('Vendors, with commas between; * stands for any text'),
  families: () => l10n.t('Product families, with commas between; * stands for any text'),
  products: () => l10n.t('Ids of products or Windows names, with commas between; * stands for any text'),
  types: () => l10n.t('Types (the class of a patch), with commas between'),
  patches: () => l10n.t('Ids of patches or bulletins, with commas between; * stands for any text'),
};
const SEVERITIES = ['critical', 'important', 'moderate', 'low', 'unrated'];
const INCLUDES = ['superseded', 'effectively-installed'];

/** *Edit Scan Template...*: a new one, or one that is there. */
export async function editTemplate(
  host: Host,
  configurations: Configurations,
  given?: { readonly uri: string; readonly template: TemplateRow },
): Promise<void> {
  const at = given ?? (await askTemplate(configurations));
  if (!at) return;
  const { uri, template } = at;
  const title = l10n.t('Scan Template {0}', template.name);
  const sides = [];
  for (const side of ['scan', 'skip'] as const) {
    const filter = await askFilter(side, template[side], title);
    if (!filter) return;
    sides.push(Object.keys(filter).length > 0 ? { [side]: filter } : {});
  }
  const include = await tick(INCLUDES, template.include, {
    title,
    placeHolder: l10n.t('Also scan patches that supersedence spares?'),
  });
  if (!include) return;
  const value = Object.assign({}, ...sides, include.length > 0 ? { include } : {}) as object;
  await changeConfiguration(host, uri, { kind: 'set', path: ['templates', template.name], value });
}

async function askTemplate(
  configurations: Configurations,
): Promise<{ readonly uri: string; readonly template: TemplateRow } | undefined> {
  const configuration = await askConfiguration(configurations);
  if (!configuration) return undefined;
  const { uri, templates } = configuration;
  const fresh = { label: l10n.t('New template...'), template: undefined };
  const rows = templates.map((template) => ({ label: template.name, template }));
  const title = l10n.t('Edit Scan Template');
  const chosen = rows.length === 0 ? fresh : await pick([...rows, fresh], { title });
  if (!chosen) return undefined;
  const template = chosen.template ?? (await newTemplate(configuration));
  return template && { uri, template };
}

async function newTemplate({ templates }: ConfigurationRow): Promise<TemplateRow | undefined> {
  const name = await window.showInputBox({
    title: l10n.t('New Scan Template'),
    prompt: l10n.t('Its name'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      nameProblem(
        text,
        templates.map((one) => one.name),
      ),
  });
  return name === undefined ? undefined : { name: name.trim(), scan: {}, skip: {}, include: [], line: 0, character: 0 };
}

type Filter = Readonly<Record<string, readonly string[]>>;

/** Which kinds are named at all, and for each of them what. */
async function askFilter(side: 'scan' | 'skip', now: Filter, title: string): Promise<Filter | undefined> {
  const placeHolder =
    side === 'scan'
      ? l10n.t('What is to be looked for? Nothing chosen: everything')
      : l10n.t('What is to be left out? Leaving out wins');
  const kinds = await tick(KINDS, Object.keys(now), { title, placeHolder });
  if (!kinds) return undefined;
  const filter: Record<string, readonly string[]> = {};
  for (const kind of kinds) {
    const list = await askList(kind, now[kind] ?? [], title);
    if (!list) return undefined;
    if (list.length > 0) filter[kind] = list;
  }
  return filter;
}

async function askList(kind: Kind, now: readonly string[], title: string): Promise<readonly string[] | undefined> {
  const prompt = PROMPTS[kind]();
  if (kind === 'severities') return tick(SEVERITIES, now, { title, placeHolder: prompt });
  const typed = await window.showInputBox({ title, prompt, value: now.join(', '), ignoreFocusOut: true });
  return typed
    ?.split(',')
    .map((text) => text.trim())
    .filter(Boolean);
}

async function tick<T extends string>(
  all: readonly T[],
  now: readonly string[],
  options: { readonly title: string; readonly placeHolder: string },
): Promise<readonly T[] | undefined> {
  const rows = all.map((label) => ({ label, picked: now.includes(label) }));
  const chosen = await pickMany(rows, { ...options, ignoreFocusOut: true });
  return chosen?.map(({ label }) => label);
}
