/** `patchlab graph` as a process, and its formats on hostile and large content. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GRAPH_FORMATS } from '../../../server/src/cli/graph/formats.ts';
import { graphOf, type Graph } from '../../../server/src/evaluate/graph.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { schemaErrors } from '../results/schemas.ts';
import { ACTS, HOSTILE } from './formats/report.ts';
import { runCli } from './run-cli.ts';

const CHAIN = `bulletin B "both" {
  note "x"
  patch KB5000003 "March" fixes windows-10 { supersedes KB5000002 }
  patch KB5000002 "February" fixes windows-10, windows-11 { supersedes KB5000001 }
}
patch KB5000001 "January" fixes windows-10-22h2 { note "x" }
patch alone fixes windows { note "x" }
patch loop-1 fixes windows { supersedes loop-2  note "x" }
patch loop-2 fixes windows { supersedes loop-1  note "x" }
product thing { let version = "1" }
`;

const graph = (text: string): Graph => graphOf(linkContent([{ file: 'a.detect', text }]).content);

async function run(...args: readonly string[]) {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-graph-'));
  await writeFile(path.join(cwd, 'a.detect'), CHAIN);
  return runCli(['graph', ...args], { cwd });
}

describe('graph', () => {
  it('shows under each patch those that it supersedes, and marks circles and what an edge does not cover', async () => {
    const { code, out, err } = await run();
    expect(code).toBe(0);
    expect(out).toBe(`KB5000003  March; windows-10
  KB5000002  February; windows-10, windows-11  ! does not cover windows-11
    KB5000001  January; windows-10-22h2
loop-1  windows
  loop-2  windows  ! in a circle: prunes nothing
    loop-1 (shown above)  ! in a circle: prunes nothing
5 patches, 4 edges: 2 in circles, 1 that does not cover all products
`);
    expect(err).toContain('1 error');
  });

  it.each([
    ['KB5000001', 3],
    ['kb5000002', 3],
    ['B', 3],
    ['windows-11', 3],
    ['alone', 1],
    ['loop-2', 2],
    ['thing', 0],
  ])('of %s alone shows the chains that it is in', async (id, patches) => {
    const { code, out } = await run(id, '--format', 'json');
    const document = JSON.parse(out) as Graph;
    expect(code).toBe(0);
    expect(schemaErrors('graph', document)).toEqual([]);
    expect(document.patches).toHaveLength(patches);
  });

  it('of something unknown is wrong usage, with what was perhaps meant', async () => {
    expect(await run('KB500001')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Did you mean KB5000001?') as string,
    });
    expect(await run('x', '--format', 'png')).toMatchObject({
      code: 2,
      err: expect.stringContaining('mermaid') as string,
    });
  });

  it('marks edges in every format', () => {
    const shown = graph(CHAIN);
    expect(GRAPH_FORMATS.mermaid(shown)).toMatch(/p\d -\. "does not cover windows-11" \.-> p\d/);
    expect(GRAPH_FORMATS.mermaid(shown)).toMatch(/p\d\["loop-1"\]:::circle/);
    expect(GRAPH_FORMATS.dot(shown)).toContain(
      '"KB5000003" -> "KB5000002" [label="does not cover windows-11", style=dashed];',
    );
    expect(GRAPH_FORMATS.dot(shown)).toContain(
      '"loop-1" -> "loop-2" [label="in a circle: prunes nothing", style=dashed, color=red];',
    );
    const { edges } = JSON.parse(GRAPH_FORMATS.json(shown)) as Graph;
    expect(edges).toContainEqual({
      newer: 'KB5000003',
      older: 'KB5000002',
      inCircle: false,
      covered: ['windows-10'],
      partlyCovered: [],
      uncovered: ['windows-11'],
    });
  });

  it.each(Object.entries(GRAPH_FORMATS))('%s keeps hostile titles and names inert', (name, format) => {
    const evil = `${HOSTILE}"]; click p0 "javascript:x" \`1. ${'`'}\\"`;
    const patch = { severity: 'low', inCircle: true } as const;
    const printed = format({
      patches: [
        { ...patch, id: evil, title: evil, products: [evil] },
        { ...patch, id: 'b', products: [] },
      ],
      edges: [{ newer: evil, older: 'b', inCircle: false, covered: [], partlyCovered: [evil], uncovered: [evil] }],
    });
    expect(printed).not.toMatch(ACTS);
    const lines = printed.trimEnd().split('\n');
    if (name === 'mermaid') {
      for (const line of lines.slice(1, -1))
        expect(line).toMatch(
          /^ {2}p\d(?:\["(?:[\p{L}\p{N} .,:-]|#\d+;|<br\/>)*"\]:::circle| -\. "(?:[\p{L}\p{N} .,:-]|#\d+;|<br\/>)*" \.-> p\d)$/u,
        );
    }
    if (name === 'dot') {
      const text = '"(?:[^"\\\\]|\\\\[\\\\"n])*"';
      const shape = new RegExp(
        `^ {2}(?:node \\[shape=box\\]|${text}(?: -> ${text})? \\[label=${text}(?:, (?:style=dashed|color=red))*\\]);$`,
        'u',
      );
      for (const line of lines.slice(1, -1)) expect(line).toMatch(shape);
    }
    if (name === 'text') expect(lines).toHaveLength(3);
  });

  it('copes with long chains and with a patch that supersedes thousands', () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `patch c${i} fixes windows { supersedes c${i + 1} note "x" }`);
    const star = Array.from(
      { length: 3000 },
      (_, i) => `patch s${i} fixes windows { superseded by all-of-them note "x" }`,
    );
    const shown = graph([...chain, ...star, 'patch all-of-them fixes windows { note "x" }'].join('\n'));
    const began = performance.now();
    for (const format of Object.values(GRAPH_FORMATS)) expect(format(shown).length).toBeLessThan(3_000_000);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(shown.edges).toHaveLength(5999);
  });
});
