import { describe, expect, it } from 'vitest';
import { scan, statuses, verdictOf } from './machine.ts';

describe('a name that is first wanted within a check', () => {
  const CHECK = 'check there(path) { file "${path}" exists }';

  it('may need the same check: that is no check that uses itself', () => {
    const { products } = scan(
      `${CHECK}
      product zip {
        let location = "C:\\Old" when check there("C:\\Old\\zip.exe") else "C:\\Zip"
        installed when check there("\${location}\\zip.exe")
      }`,
      { files: { 'C:\\Zip\\zip.exe': '1.0' } },
    );
    expect(products[0]?.instances[0]).toMatchObject({ state: 'installed', path: 'C:\\Zip' });
  });

  it('is no evidence for that check: what it saw gives no warning', () => {
    const scanned = scan(
      `product zip { let version = "1.0" when file "C:\\Zip\\zip.dll" version >= 1.0 else "0.1" }
      patch P fixes zip { installed when version >= 1.0  warn when newer }`,
      { files: { 'C:\\Zip\\zip.dll': '9.0' } },
    );
    expect(statuses(scanned)).toEqual({ 'P zip#0': 'installed' });
    expect(scanned.patches[0]?.warning).toBeNull();
  });
});

describe('a version that the target tells as a text', () => {
  const KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Zip';
  const of = (said: string, test: string): string =>
    verdictOf(`any p in programs { p.version ${test} }`, { keys: { [KEY]: { DisplayVersion: said } } });

  it('is ordered as a version, whatever the other side is', () => {
    expect(of('10.0', '>= 9')).toBe('true');
    expect(of('10.0', '>= "9.1"')).toBe('true');
  });

  it('has no order where it is none', () => {
    expect(of('beta', '< "9.1"')).toBe('unknown');
    expect(of('beta', '>= 9')).toBe('unknown');
  });

  it('is the same text or not all the same', () => {
    expect(of('beta', '= "BETA"')).toBe('true');
    expect(of('beta', '= "9.1"')).toBe('false');
  });
});

describe('one per', () => {
  it('keeps an instance without a value as what it is, beside one whose value cannot be read', () => {
    const { products } = scan(
      `product zip { each k in keys "HKLM\\SOFTWARE\\Zip\\*" let location = k value "Path" one per location }`,
      {
        keys: {
          'HKLM\\SOFTWARE\\Zip\\a': { Path: 'C:\\A' },
          'HKLM\\SOFTWARE\\Zip\\b': {},
          'HKLM\\SOFTWARE\\Zip\\c': { Path: 'C:\\C' },
        },
        unreadable: ['value|hklm\\software\\zip\\a|path'],
      },
    );
    expect(products[0]?.instances.map(({ state }) => state)).toEqual(['installed', 'installed', 'unknown']);
  });
});
