import { describe, expect, it } from 'vitest';
import { scopeOf, tokenize } from './tokenize.ts';

describe('the TextMate grammar', () => {
  it('names what a declaration declares', () => {
    expect(tokenize('product mozilla.firefox "Mozilla Firefox" {').slice(0, 2)).toEqual([
      { text: 'product', scope: 'keyword.declaration' },
      { text: 'mozilla.firefox', scope: 'entity.name.type' },
    ]);
    expect(scopeOf('patch MS17-010 fixes windows', 'MS17-010')).toBe('entity.name.type');
    expect(scopeOf('patch KB5051987 fixes windows-11-24h2', 'KB5051987')).toBe('entity.name.type');
  });

  it('keeps a backslash in a text a backslash, and shows insertions, folders and wildcards in it', () => {
    const source = 'let x = file "%ProgramFiles%\\Acme\\${name}\\*.dll" version';
    expect(scopeOf(source, '%ProgramFiles%')).toBe('support.constant.folder');
    expect(scopeOf(source, '\\Acme\\')).toBe('string.quoted.double');
    expect(scopeOf(source, 'name')).toBe('variable.other.readwrite');
    expect(scopeOf(source, '*')).toBe('constant.character.wildcard');
    expect(scopeOf(source, 'version')).toBeDefined();
  });

  it('ends a text at the closing quote, not at a doubled one', () => {
    const tokens = tokenize('note "say ""no"" twice" severity low');
    expect(tokens.filter((token) => token.scope === 'constant.character.escape.quote')).toHaveLength(2);
    expect(tokens.at(-2)).toEqual({ text: 'severity', scope: 'support.type.property-name' });
  });

  it('ends an unclosed text with its line', () => {
    expect(scopeOf('vendor "Acme\nseverity low', 'severity')).toBe('support.type.property-name');
  });

  it('does not begin a block at a GUID', () => {
    const source = 'msi {23170F69-40C1-2702-1900-000001000000} is installed';
    expect(scopeOf(source, '{23170F69-40C1-2702-1900-000001000000}')).toBe('constant.other.guid');
  });

  it('shows the names that a regular expression binds', () => {
    const source = 'where app.name matches /^7-Zip (?<release>[\\d.]+)/i';
    expect(scopeOf(source, 'release')).toBe('variable.other.definition');
    expect(scopeOf(source, '[\\d.]')).toBe('constant.other.character-class.regexp');
    expect(scopeOf(source, 'i')).toBe('keyword.other.flags');
  });

  it.each([
    ['24.7', 'constant.numeric.version'],
    ['24', 'constant.numeric.integer'],
    ['0x1F', 'constant.numeric.hex'],
    ['2026-01-13', 'constant.numeric.date'],
    ['10MB', 'constant.numeric.size'],
    ['30d', 'constant.numeric.duration'],
    ['2.0.x', 'invalid.illegal.number'],
  ])('reads %s up to the first blank as %s', (text, scope) => {
    expect(tokenize(`x ${text} y`)[1]).toEqual({ text, scope });
  });

  it('takes a reserved word inside a longer word for a plain word', () => {
    expect(scopeOf('let installed-on = x', 'installed-on')).toBe('variable.other.definition');
    expect(tokenize('on.x').map((token) => token.scope)).not.toContain('keyword.other.clause');
  });

  it('marks a suppression in a comment', () => {
    expect(scopeOf('# allow wow6432node: the vendor writes it so', 'allow')).toBe('keyword.other.suppression');
  });
});
