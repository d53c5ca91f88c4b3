/** A path on a drive letter: Windows and its programs are not on C: everywhere. */
import type { Template } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Longest first: what stands at the begin of a path, and what says the same on every machine. */
const FOLDERS: readonly (readonly [string, string])[] = [
  ['C:\\Program Files (x86)\\Common Files', '%CommonProgramFiles(x86)%'],
  ['C:\\Program Files\\Common Files', '%CommonProgramFiles%'],
  ['C:\\Program Files (x86)', '%ProgramFiles(x86)%'],
  ['C:\\Program Files', '%ProgramFiles%'],
  ['C:\\ProgramData', '%ProgramData%'],
  ['C:\\Windows\\System32', '%System32%'],
  ['C:\\Windows\\SysWOW64', '%SysWOW64%'],
  ['C:\\Windows', '%windir%'],
  ['C:', '%SystemDrive%'],
];

export const absolutePath: Rule = {
  code: 'absolute-path',
  severity: 'warning',
  summary: 'A path begins with `C:\\` and is wrong where Windows lies on another drive.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      path(path) {
        const found = finding(path, content.texts.get(path.at.file) ?? '');
        if (found !== undefined) add(found);
      },
    })),
};

function finding(path: Template, text: string): RuleFinding | undefined {
  const first = path.parts[0];
  if (first?.kind !== 'text') return undefined;
  const lower = first.text.toLowerCase();
  const match = FOLDERS.find(
    ([folder]) => lower === folder.toLowerCase() || lower.startsWith(`${folder.toLowerCase()}\\`),
  );
  if (match === undefined) return undefined;
  const [folder, variable] = match;
  const written = text.slice(path.at.start, path.at.end);
  return {
    message: `\`${folder}\` is only the usual place: \`${variable}\` is the right one on every machine.`,
    at: path.at,
    fix: { title: `Write \`${variable}\``, at: path.at, text: `"${variable}${written.slice(1 + folder.length)}` },
  };
}
