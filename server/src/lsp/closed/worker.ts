/** A thread beside the server: reads and lowers files, and gives back only what is kept of them. */
import { parentPort } from 'node:worker_threads';
import { lintAlone } from '../../lint/by-file.ts';
import { ContentIndex } from '../../model/content-index.ts';
import { lowerFile } from '../../model/lower/file.ts';
import { readContentNow } from '../disk.ts';
import { lintKey } from '../lint-key.ts';
import { stampOf, type Stamp } from './stamp.ts';
import { Summary, summaryOf } from './summary.ts';
import type { Answer, Linted, LintedFile, Summarised, Work } from './work.ts';

/** Answers until the thread is ended. */
export function serveWork(): void {
  const port = parentPort;
  port?.on('message', ({ wanted, files }: Work) => {
    const answer: Answer = wanted === 'summary' ? summarised(files) : linted(files);
    port.postMessage(answer, answer.wanted === 'summary' ? [answer.bytes.buffer] : []);
  });
}

function summarised(files: readonly string[]): Summarised {
  const parts: { file: string; stamp: Stamp; summary: string }[] = [];
  for (const file of files) {
    const stamp = stampOf(file);
    const text = readContentNow(file);
    if (stamp && text !== undefined) parts.push({ file, stamp, summary: summaryOf(lowerFile(file, text)) });
  }
  const bytes = Buffer.from(new ArrayBuffer(parts.reduce((sum, { summary }) => sum + summary.length, 0)));
  let at = 0;
  for (const { summary } of parts) at += bytes.write(summary, at, 'latin1');
  return {
    wanted: 'summary',
    files: parts.map(({ file, stamp, summary }) => ({ file, stamp, length: summary.length })),
    bytes,
  };
}

const linted = (files: readonly string[]): Linted => ({ wanted: 'lint', files: files.flatMap(lintedAlone) });

/** As if there were no other file: whoever gets it sees by the key whether that is true of what was looked at. */
function lintedAlone(file: string): readonly LintedFile[] {
  const text = readContentNow(file);
  if (text === undefined) return [];
  const lowered = lowerFile(file, text);
  const index = new ContentIndex({ lower: () => lowered });
  index.setClosed(file, Summary.of(lowered));
  index.update();
  const today = new Date().toISOString().slice(0, 10);
  const found = [...lintAlone(file, index.contentOf(file), { today })];
  return [
    { file, key: lintKey(index, file, today), found: found.map(([{ code }, findings]) => [code, findings] as const) },
  ];
}
