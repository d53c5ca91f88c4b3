/** A path on a drive letter, or to the usual name of a folder: Windows and its programs are not there everywhere. */
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
  ['%SystemDrive%\\Program Files (x86)', '%ProgramFiles(x86)%'],
  ['%SystemDrive%\\Program Files', '%ProgramFiles%'],
  ['%SystemDrive%\\ProgramData', '%ProgramData%'],
  ['%SystemDrive%\\Windows', '%windir%'],
];

export const absolutePath: Rule = {
  code: 'absolute-path',
  severity: 'warning',
  summary: 'A path names a drive, and is wrong where Windows or the program lies on another.',
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
  const spelled = path.parts
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'variable' ? `%${part.variable}%` : '\u0001'))
    .join('');
  const lower = spelled.toLowerCase();
  const match = FOLDERS.find(
    ([folder]) => lower === folder.toLowerCase() || lower.startsWith(`${folder.toLowerCase()}\\`),
  );
  if (match === undefined) return otherDrive(path, spelled);
  const [folder, variable] = match;
  const written = text.slice(path.at.start, path.at.end);
  return {
    message: `\`${folder}\` is only the usual place: \`${variable}\` is the right one on every machine.`,
    at: path.at,
    fix: { title: `Write \`${variable}\``, at: path.at, text: `"${variable}${written.slice(1 + folder.length)}` },
  };
}

/** Another drive is whatever the owner of a machine has put there. */
function otherDrive(path: Template, spelled: string): RuleFinding | undefined {
  const drive = /^[A-Za-z]:(?=\\|$)/.exec(spelled)?.[0];
  if (drive === undefined) return undefined;
  const message = `What is on \`${drive}\` differs from machine to machine: read the folder from where the program keeps it.`;
  return { message, at: path.at };
}
