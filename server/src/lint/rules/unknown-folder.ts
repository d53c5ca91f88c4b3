/** A folder in percent signs that is nearly one of Windows: a machine has no variable of that name. */
import type { Template } from '../../model/content.ts';
import { closest } from '../../syntax/suggest.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** The folders that the language knows, and variables that every Windows has. Installers add others. */
const KNOWN = [
  ...['ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'CommonProgramFiles', 'CommonProgramFiles(x86)'],
  ...['CommonProgramW6432', 'ProgramData', 'AllUsersProfile', 'System32', 'SysWOW64', 'SystemDrive', 'SystemRoot'],
  ...['windir', 'Public', 'Temp', 'Tmp', 'Path', 'ComSpec', 'UserProfile', 'AppData', 'LocalAppData', 'HomeDrive'],
];
const NAMES = new Set(KNOWN.map((one) => one.toLowerCase()));

export const unknownFolder: Rule = {
  code: 'unknown-folder',
  severity: 'warning',
  summary: 'A folder in percent signs is spelled nearly like one of Windows.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      template(template) {
        for (const part of template.parts) {
          if (part.kind !== 'variable' || NAMES.has(part.variable.toLowerCase())) continue;
          const found = finding(template, part.variable, content.texts.get(template.at.file) ?? '');
          if (found !== undefined) add(found);
        }
      },
    })),
};

function finding({ at }: Template, variable: string, text: string): RuleFinding | undefined {
  const meant = closest(variable, KNOWN);
  if (meant === undefined) return undefined;
  const message = `No Windows has \`%${variable}%\`. Did you mean \`%${meant}%\`?`;
  const index = text.slice(at.start, at.end).indexOf(`%${variable}%`);
  if (index < 0) return { message, at };
  const start = at.start + index + 1;
  const place = { file: at.file, start, end: start + variable.length };
  return { message, at: place, fix: { title: `Change to \`${meant}\``, at: place, text: meant } };
}
