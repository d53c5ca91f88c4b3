/** Whoever mistypes a verb, an option, its value, or a word of patchlab.json is told which one was meant. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../server/src/cli/arguments.ts';
import { CONFIGURATION_FIELDS } from '../../../server/src/scan/configuration/hints.ts';
import { parseConfiguration } from '../../../server/src/scan/configuration/configuration.ts';
import { loadVerbs } from '../../../server/src/cli/registry.ts';
import { run } from '../../../server/src/cli/run.ts';

/** What the command tells whoever asks so. */
async function told(...args: readonly string[]): Promise<string> {
  let text = '';
  const code = await run(args, {
    out: () => undefined,
    err: (said) => void (text += said),
    readStdin: () => Promise.resolve(''),
    env: {},
    colour: false,
    progress: false,
    signal: new AbortController().signal,
  });
  expect(code).toBe(2);
  return text;
}

const mistake = (configuration: object): string => {
  try {
    parseConfiguration(JSON.stringify(configuration));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing is wrong';
};

describe('did you mean, on the command line', () => {
  it('tells of verbs and options', async () => {
    expect(await told('chek')).toContain('did you mean check?');
    expect(await told('check', '--formt', 'json')).toContain('Did you mean --format?');
    expect(await told('check', '--format', 'jsn')).toContain('Did you mean `json`?');
    expect(await told('check', '--format', 'qqqq')).not.toContain('Did you mean');
  });

  it('tells so of every option of every verb, and of every value that there are so many of', async () => {
    for (const verb of Object.values(await loadVerbs())) {
      for (const [name, { value, oneOf = [] }] of Object.entries(verb.options)) {
        const typo = `${name.slice(0, -1)}_`;
        expect(() => parseArguments(verb, [`--${typo}`])).toThrow(/Did you mean --/);
        if (value === undefined) continue;
        for (const one of oneOf) {
          const wrong = one.length > 3 ? `${one.slice(0, 1)}${one.slice(2)}` : `${one}x`;
          if (!oneOf.includes(wrong))
            expect(() => parseArguments(verb, [`--${name}`, wrong])).toThrow(/Did you mean `/);
        }
      }
    }
  });
});

describe('did you mean, in patchlab.json', () => {
  it.each([
    [{ contnt: [] }, 'content'],
    [{ groups: { a: { hots: ['x'] } } }, 'hosts'],
    [{ groups: { a: { computers: { stalDays: 90 } } } }, 'staleDays'],
    [{ templates: { t: { incldue: ['superseded'] } } }, 'include'],
    [{ templates: { t: { include: ['supersded'] } } }, 'superseded'],
    [{ templates: { t: { scan: { vendor: ['x'] } } } }, 'vendors'],
    [{ templates: { t: { skip: { severities: ['critcal'] } } } }, 'critical'],
    [{ credentials: { a: { usr: 'x' } } }, 'user'],
    [{ directories: { d: { domian: 'x.example' } } }, 'domain'],
    [{ severity: { 'long-hiev': 'off' } }, 'long-hive'],
    [{ severity: { 'long-hive': 'eror' } }, 'error'],
  ])('%j: %s', (configuration, meant) => {
    expect(mistake(configuration)).toContain(`Did you mean \`${meant}\`?`);
  });

  it('is silent of what nothing is near', () => {
    expect(mistake({ qqqqqq: 1 })).toBe('patchlab.json: it does not know "qqqqqq".');
  });

  it('knows the names that the schema has', () => {
    const file = path.join(import.meta.dirname, '../../../docs/schemas/patchlab-config.schema.json');
    const schema = JSON.parse(readFileSync(file, 'utf8')) as Node;
    const of = (...steps: readonly string[]): readonly string[] => {
      const found = steps.reduce<Node | undefined>((at, step) => at?.[step] as Node | undefined, schema);
      return Object.keys(found?.['properties'] ?? {}).sort();
    };
    const sorted = Object.fromEntries(
      Object.entries(CONFIGURATION_FIELDS).map(([name, all]) => [name, [...all].sort()]),
    );
    expect(sorted).toEqual({
      top: of(),
      group: of('definitions', 'group'),
      computers: of('definitions', 'group', 'properties', 'computers'),
      directory: of('definitions', 'directory'),
      credential: of('properties', 'credentials', 'additionalProperties'),
      template: of('definitions', 'template'),
      filter: of('definitions', 'filter'),
    });
  });
});

type Node = Readonly<Record<string, object | undefined>>;
