/** A folder and a name that run together: `${location}app.exe`. */
import type { Template, TemplatePart } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const FOLDERS = /^(?:location|folder|path|dir|directory|root|profile)$/i;

export const missingSeparator: Rule = {
  code: 'missing-separator',
  severity: 'warning',
  summary: 'A backslash is missing between a folder and a name.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => {
      const look = (path: Template): void => {
        const found = finding(path, content.texts.get(path.at.file) ?? '');
        if (found !== undefined) add(found);
      };
      return { path: look, key: look };
    }),
};

function finding({ parts, at }: Template, text: string): RuleFinding | undefined {
  const index = parts.findIndex((part, at) => isFolder(part) && runsOn(parts[at + 1]));
  const folder = parts[index];
  if (folder === undefined) return undefined;
  const written = text.slice(at.start, at.end);
  const name = spelled(folder);
  const separated = written.replace(name, `${name}\\`);
  return {
    message: `\`${name}\` is a folder, and the name after it runs on: a backslash is missing.`,
    at,
    ...(separated !== written && { fix: { title: 'Insert a backslash', at, text: separated } }),
  };
}

const spelled = (part: TemplatePart): string =>
  part.kind === 'variable'
    ? `%${part.variable}%`
    : part.kind === 'name'
      ? `\${${part.name.base}${part.name.member === undefined ? '' : `.${part.name.member}`}}`
      : '';

function isFolder(part: TemplatePart): boolean {
  if (part.kind === 'variable') return true;
  return part.kind === 'name' && FOLDERS.test(part.name.member ?? part.name.base);
}

const runsOn = (next: TemplatePart | undefined): boolean =>
  next !== undefined &&
  (next.kind === 'text' ? /^[\w.(]/.test(next.text) && !/^\.\w+$/.test(next.text) : next.kind === 'name');
