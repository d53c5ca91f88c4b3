import { mkdtemp, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrivedText, dropResult, listArrivals, removeStale } from '../../../server/src/results/arrivals.ts';
import { readArrived } from '../../../server/src/results/document.ts';
import { sampleResult } from './sample-result.ts';

const newFolder = () => mkdtemp(path.join(os.tmpdir(), 'patchlab-arrivals-'));

describe('arrivals', () => {
  it('take a document under the name of its scan, with its digest, and leave nothing else', async () => {
    const folder = await newFolder();
    const result = sampleResult('scan-0001');
    const file = await dropResult(folder, result);
    expect(await readdir(folder)).toEqual(['scan-0001.json']);
    const read = readArrived(await readFile(file, 'utf8'));
    expect(read.ok && read.value.result).toEqual(result);
  });

  it('leave nothing behind when the document cannot get its name', async () => {
    const folder = await newFolder();
    await dropResult(path.join(folder, 'scan-0001.json'), sampleResult('scan-0002'));
    await expect(dropResult(folder, sampleResult('scan-0001'))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['scan-0001.json']);
  });

  it('refuse a scan id that could leave the folder', async () => {
    const folder = await newFolder();
    await expect(dropResult(folder, sampleResult('../scan-0001'))).rejects.toThrow('cannot name a file');
  });

  it('do not list what is still being written, and forget what a dead writer left', async () => {
    const folder = await newFolder();
    const dead = path.join(folder, '.writing-scan-0003-1');
    await writeFile(dead, '{');
    await writeFile(path.join(folder, '.writing-scan-0004-1'), '{');
    expect(await listArrivals(folder)).toEqual([]);
    await utimes(dead, 0, 0);
    await removeStale(folder, Date.now());
    expect(await readdir(folder)).toEqual(['.writing-scan-0004-1']);
  });
});

describe('an arrived document', () => {
  const text = arrivedText(sampleResult('scan-0001'));

  it('is refused when a single character of it was changed', () => {
    expect(readArrived(text.replace('18.1.0.0', '24.7.0.0'))).toEqual({
      ok: false,
      why: 'its digest does not fit its content',
    });
  });

  it('is the same document when only its blanks were changed', () => {
    expect(readArrived(JSON.stringify(JSON.parse(text), null, 2)).ok).toBe(true);
  });

  it('is refused wherever it is cut', () => {
    for (let length = 0; length < text.length - 1; length += 7)
      expect(readArrived(text.slice(0, length)).ok).toBe(false);
  });

  it.each([
    [{ schema: 'patchlab-result/9' }, 'schema'],
    [{ scanId: '../../x' }, 'scanId'],
    [{ started: 'soon' }, 'started'],
    [{ machine: { name: 7 } }, 'machine'],
    [{ steps: [{ step: 1 }] }, 'steps'],
    [{ products: {} }, 'products'],
    [{ patches: [{ id: 'x' }] }, 'patches'],
    [{ cost: {} }, 'cost'],
  ])('is refused with %o', (change, word) => {
    const read = readArrived(JSON.stringify({ ...sampleResult('scan-0001'), ...change }));
    expect(read.ok).toBe(false);
    expect(!read.ok && read.why).toContain(word);
  });
});
