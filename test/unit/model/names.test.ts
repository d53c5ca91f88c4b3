import { describe, expect, it } from 'vitest';
import { found, link, product } from './linked.ts';

describe('names of a product', () => {
  it('are bound above their use', () => {
    expect(found(product('let a = b\nlet b = "x"'))).toEqual(['unbound-name: b']);
    expect(found(product('let b = "x"\nlet a = b'))).toEqual([]);
  });

  it('are bound once, whatever their case', () => {
    expect(found(product('let a = "x"\nlet A = "y"'))).toEqual(['shadowed-name: A']);
    expect(found(product('let a = "x"\ninstalled when any a in users { a.name = "x" }'))).toEqual(['shadowed-name: a']);
  });

  it('do not distinguish case where they are used', () => {
    expect(found(product('let Folder = "C:\\x"\nlet v = file "${folder}\\a.exe" version'))).toEqual([]);
  });

  it('cannot be `windows`, nor have a dot', () => {
    expect(found(product('let windows = "x"'))).toEqual(['bad-name: windows']);
    expect(found(product('let a.b = "x"'))).toEqual(['bad-name: a.b']);
  });

  it('are suggested where one is near', () => {
    const [finding] = link(product('let location = "C:\\x"\nlet v = file "${locaton}\\a.exe" version')).findings;
    expect(finding?.message).toContain('Did you mean `location`?');
  });

  it('come from named groups of a where, joined by and or all', () => {
    const each = (where: string): string =>
      product(`each k in keys "HKLM\\X\\*" where ${where}\nlet version = release`);
    expect(found(each('k.name matches /^(?<release>\\d+)/'))).toEqual([]);
    expect(found(each('k.name exists and k.name matches /^(?<release>\\d+)/'))).toEqual([]);
    expect(found(each('all { k.name exists  k.name matches /^(?<release>\\d+)/ }'))).toEqual([]);
    for (const wrong of [
      'not k.name matches /^(?<release>\\d+)/',
      'k.name exists or k.name matches /^(?<release>\\d+)/',
    ])
      expect(found(each(wrong))).toEqual(['capture-place: release', 'unbound-name: release']);
  });

  it('know the members of their elements', () => {
    expect(found(product('each u in users\nlet p = u.profil'))).toEqual(['unknown-member: u.profil']);
    expect(found(product('each k in keys "HKLM\\X\\*"\nlet p = k.Root'))).toEqual([]);
    expect(found(product('each u in users\nlet p = u value "x"'))).toEqual(['unknown-member: u']);
    expect(found(product('each u in users\nlet p = u'))).toEqual(['missing-property: u']);
    expect(found(product('let v = windows.bild'))).toEqual(['unknown-member: windows.bild']);
  });

  it('are the same in every variant', () => {
    const both =
      'variant "a" { let version = "1" as version }\nvariant "b" { let version = "2" as version }\none per version';
    expect(found(product(both))).toEqual([]);
    expect(found(product('variant "a" { let version = "1" }\nvariant "b" { let other = "2" }'))).toEqual([
      'variant-names: acme',
    ]);
  });

  it('of a variant are its own', () => {
    expect(found(product('variant "a" { let x = "1" }\nvariant "b" { let y = x }'))).toContain('unbound-name: x');
  });
});

describe('names of a check', () => {
  it('are its parameters and windows, nothing else', () => {
    expect(found('check a(path) { file "${path}" exists  windows.build = 1 }')).toEqual([]);
    expect(found('check a { file "${location}" exists }')).toEqual(['unbound-name: location']);
  });

  it('are given as many values as there are parameters', () => {
    const check = 'check a(path) { file "${path}" exists }\n';
    expect(found(`${check}check b { check a("C:\\x") }`)).toEqual([]);
    expect(found(`${check}check b { check a }`)).toEqual(['wrong-arguments: a']);
    expect(link(`${check}check b { check a }`).content.checks.has('b')).toBe(false);
  });
});

describe('names of a patch', () => {
  const products =
    product('let version = "1" as version\nlet channel = "x"') + product('let version = "2" as version', 'other');
  const patch = (fixes: string, condition: string): string =>
    `${products}patch A-1 fixes ${fixes} { installed when ${condition} }`;

  it('are those of the instances of the product that it fixes', () => {
    expect(found(patch('acme', 'channel = "x"'))).toEqual([]);
    expect(found(patch('acme', 'chanel = "x"'))).toEqual(['unbound-name: chanel']);
  });

  it('are bound by all the products that it fixes', () => {
    expect(found(patch('acme, other', 'version = 1'))).toEqual([]);
    expect(found(patch('acme, other', 'channel = "x"'))).toEqual(['unbound-name: channel']);
    expect(link(patch('acme, other', 'channel = "x"')).content.patches.size).toBe(0);
  });

  it('are version and location where it fixes a Windows', () => {
    expect(found(patch('windows-10', 'version >= 10.0'))).toEqual([]);
    expect(found(patch('windows-10, acme', 'channel = "x"'))).toEqual(['unbound-name: channel']);
  });

  it('are not asked for where the product has an error of its own', () => {
    const broken = product('let version =');
    expect(
      found(`${broken}patch A-1 fixes acme { installed when whatever = 1 }`).filter((one) => one.startsWith('unbound')),
    ).toEqual([]);
  });

  it('in what a bulletin shares are checked once, though several patches use it', () => {
    const text = `${products}bulletin B { installed when nothing = 1  patch A-1 fixes acme  patch A-2 fixes acme }`;
    expect(found(text)).toEqual(['unbound-name: nothing']);
  });
});

describe('names of the workspace', () => {
  it('are known wherever they are declared, whatever their case', () => {
    expect(found(`patch A-1 fixes ACME { note "x" }\n${product('let version = "1"')}`)).toEqual([]);
  });

  it('are reported where nothing declares them', () => {
    expect(found('patch A-1 fixes acme { installed when check b and product c is installed }')).toEqual([
      'unknown-name: acme',
      'unknown-name: b',
      'unknown-name: c',
    ]);
    expect(found('patch A-1 fixes windows { supersedes A-0  note "x" }')).toEqual(['unknown-superseded: A-0']);
  });

  it('of a declaration with an error stay known', () => {
    expect(found(`${product('let version =')}patch A-1 fixes acme { note "x" }`)).toHaveLength(1);
  });

  it('are declared once', () => {
    const { content, findings } = link(
      'patch A-1 fixes windows { note "one" }\npatch a-1 fixes windows { note "two" }',
    );
    expect(findings.map(({ code }) => code)).toEqual(['duplicate-name']);
    expect(findings[0]?.related).toHaveLength(1);
    expect(content.patches.get('a-1')?.verdict).toMatchObject({ why: 'one' });
  });

  it('of checks are a space of their own', () => {
    expect(found(`${product('installed when check acme')}check acme { windows.build = 1 }`)).toEqual([]);
  });
});
