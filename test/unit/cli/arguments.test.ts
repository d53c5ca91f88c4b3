import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../server/src/cli/arguments.ts';
import { closest } from '../../../server/src/syntax/suggest.ts';
import { gravest, UsageError, type Verb } from '../../../server/src/cli/verb.ts';

const verb: Verb = {
  summary: 's',
  description: 'd',
  examples: [],
  options: {
    content: { value: 'PATH...', greedy: true, many: true, path: true, help: '' },
    machine: { value: 'HOST', many: true, help: '' },
    include: { value: 'WHAT', many: true, oneOf: ['superseded', 'effectively-installed'], help: '' },
    format: { value: 'FORMAT', oneOf: ['pretty', 'json'], help: '' },
    trace: { help: '' },
  },
  positionals: { many: false, path: true },
  run: () => Promise.resolve(0),
};
const parse = (...args: string[]) => parseArguments(verb, args);

describe('arguments', () => {
  it('are values, switches, lists and positionals', () => {
    const args = parse('--content', 'a', 'b', '--machine', 'x', '--machine=y', '--trace', 'rest');
    expect(args.all('content')).toEqual(['a', 'b']);
    expect(args.all('machine')).toEqual(['x', 'y']);
    expect(args.has('trace')).toBe(true);
    expect(args.one('format')).toBeUndefined();
    expect(args.positionals).toEqual(['rest']);
  });

  it('are all positionals after two hyphens', () => {
    expect(parse('--', '--trace').positionals).toEqual(['--trace']);
  });

  it.each([
    [['--formt', 'json'], 'Did you mean --format?'],
    [['--format', 'yaml'], 'pretty, json'],
    [['--format'], 'needs a value'],
    [['--format', '--trace'], 'needs a value'],
    [['--format=json', '--format=json'], 'only once'],
    [['--trace=yes'], 'takes no value'],
    [['-x'], 'Unknown option -x'],
    [['one', 'two'], 'Unexpected argument "two"'],
    [['--include', 'superseded,everything'], 'everything'],
    [['--content', '\\\\evil\\share'], 'UNC'],
    [['--content', '//evil/share'], 'UNC'],
    [['\\\\?\\C:\\x'], 'UNC'],
    [['file://evil/share'], 'URI'],
    [['--toString'], 'Unknown option'],
  ])('are refused: %o', (args, message) => {
    expect(() => parse(...args)).toThrow(UsageError);
    expect(() => parse(...args)).toThrow(message);
  });
});

describe('did you mean', () => {
  it('finds the nearest word and nothing far away', () => {
    expect(closest('scna', ['scan', 'check'])).toBe('scan');
    expect(closest('scann', ['scan', 'check'])).toBe('scan');
    expect(closest('zzz', ['scan', 'check'])).toBeUndefined();
  });
});

describe('of several exit codes', () => {
  it('the gravest counts', () => {
    expect(gravest([0, 1, 3])).toBe(3);
    expect(gravest([3, 2, 1])).toBe(2);
    expect(gravest([2, 4])).toBe(4);
    expect(gravest([])).toBe(0);
  });
});
