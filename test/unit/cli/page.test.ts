import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../../server/src/cli/verbs/check.ts';
import { fmt } from '../../../server/src/cli/verbs/fmt.ts';
import { graph } from '../../../server/src/cli/verbs/graph.ts';
import { test } from '../../../server/src/cli/verbs/test.ts';

const page = readFileSync('docs/cli.md', 'utf8');
const sections = new Map(page.split(/^## /m).map((text) => [text.slice(0, text.indexOf('\n')), text]));

describe('the page of the command line', () => {
  it.each(Object.entries({ check, fmt, graph, test }))(
    'names every option of %s, and every format with what it is for',
    (name, verb) => {
      const section = sections.get(name) ?? '';
      for (const [option, { oneOf }] of Object.entries(verb.options)) {
        expect(section).toContain(`\`--${option}\``);
        for (const value of oneOf ?? []) expect(section).toContain(`| \`${value}\` | `);
      }
    },
  );

  it('links to pages that are there', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => path.join('docs', link));
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});
