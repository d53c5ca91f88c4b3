import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grammarPage } from '../../../../scripts/grammar/page.ts';
import { RESERVED_WORDS } from '../../../../server/src/syntax/tokens.ts';

describe('the page of grammar diagrams', () => {
  const page = grammarPage();

  it('is the one in docs: run scripts/grammar-diagrams.ts when the grammar changes', () => {
    expect(readFileSync('docs/grammar.md', 'utf8')).toBe(page);
  });

  it('shows every reserved word', () => {
    expect(RESERVED_WORDS.filter((word) => !page.includes(` "${word}" `))).toEqual([]);
  });

  it('has a section for every rule and token group that a diagram names, but for tokens that are patterns', () => {
    const sections = new Set([...page.matchAll(/^## ([\w-]+)$/gm)].map((match) => match[1]));
    const diagrams = [...page.matchAll(/```text\n([\s\S]*?)```/g)].map(([, diagram = '']) =>
      diagram.replace(/"[^"]*"/g, ''),
    );
    const named = new Set(diagrams.flatMap((diagram) => diagram.match(/[A-Za-z][\w-]*/g) ?? []));
    const patterns = [
      'word',
      'text',
      'open-text',
      'int',
      'guid',
      'kb',
      'cve',
      'date',
      'version',
      'size',
      'duration',
      'hex',
      'regex',
    ];
    expect([...named].filter((name) => !sections.has(name) && !patterns.includes(name))).toEqual([]);
  });

  it('draws rails without a gap: every line that begins or ends a way has its other end', () => {
    for (const [, diagram = ''] of page.matchAll(/```text\n([\s\S]*?)\n```/g)) {
      expect(diagram).toMatch(/^├─.*─┤$/m);
      const count = (sign: string) => diagram.split(sign).length;
      expect(count('╰')).toBe(count('╯'));
    }
  });
});
