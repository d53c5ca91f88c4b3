/** Workspaces to measure in: the samples with their recorded machine, and as much content beside them as a part wants. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');

export const SNAPSHOT = 'machines/ws01.snapshot.json';

/** A folder with the samples and some more files; the caller removes it. */
export function contentFolder(files: Readonly<Record<string, string>>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-bench-'));
  cpSync(SAMPLES, folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Patches that the recorded machine lacks, each with a trace of what was seen there. */
export function missingPatches(count: number): string {
  const patches = Array.from({ length: count }, (_, index) => {
    const id = `BULK-${String(index).padStart(4, '0')}`;
    return `patch ${id} "One of very many, number ${index}" fixes sevenzip {
  severity  ${['critical', 'important', 'moderate', 'low'][index % 4]}
  cve       CVE-2024-${String(10_000 + index)}
  released  2024-06-19
  installed when file "\${location}\\7z.dll" version >= 30.${index} and version >= 1.${index}
}
`;
  });
  return patches.join('\n');
}

/** Patches in chains of ten, so that there is much to lay out and to draw. */
export function chains(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const supersedes = index % 10 === 0 ? '' : `supersedes CHAIN-${index - 1} `;
    return `patch CHAIN-${index} "One of very many" fixes windows { ${supersedes}missing always "bulk" }\n`;
  }).join('');
}
