import { describe, expect, it } from 'vitest';
import { linkContent } from '../../../../server/src/model/link.ts';
import {
  chooseBy,
  idleNames,
  parseTemplates,
  type TemplateFilter,
} from '../../../../server/src/scan/template/template.ts';
import { schemaErrors } from '../../results/schemas.ts';

const { content, findings } = linkContent([
  {
    file: 'a.detect',
    text: `product sevenzip "7-Zip" {
  vendor "Igor Pavlov"
  family "Archivers"
  installed when key "HKLM\\SOFTWARE\\7-Zip" exists
}
product contoso.backup "Contoso Backup" {
  vendor "Contoso"
  family "Backup"
  installed when key "HKLM\\SOFTWARE\\Contoso" exists
}
product contoso.zip "Contoso Zip" {
  vendor "Contoso"
  family "Archivers"
  installed when key "HKLM\\SOFTWARE\\ContosoZip" exists
}
patch SZ-1 "7-Zip" fixes sevenzip { severity critical class security missing always }
patch BOTH-1 "Both" fixes sevenzip, contoso.backup { severity important missing always }
bulletin B-1 "A bulletin" {
  patch CB-1 "Backup" fixes contoso.backup { severity low class update missing always }
  patch WIN-1 "Windows" fixes windows-10-22h2 { severity critical class security missing always }
}
`,
  },
]);

function chosen(scan: TemplateFilter, skip: TemplateFilter = {}) {
  const template = parseTemplates({ t: { scan, skip } }).get('t');
  if (!template) throw new Error('no template');
  const { isProductWanted, isPatchWanted } = chooseBy(template, content);
  return {
    products: [...content.products.values()].filter(isProductWanted).map(({ id }) => id),
    patches: [...content.patches.values()].filter(isPatchWanted).map(({ id }) => id),
  };
}

const ALL = { products: ['sevenzip', 'contoso.backup', 'contoso.zip'], patches: ['SZ-1', 'BOTH-1', 'CB-1', 'WIN-1'] };

describe('a scan template', () => {
  it('is tried on content without errors', () => {
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('that says nothing leaves nothing out', () => {
    expect(chosen({})).toEqual(ALL);
  });

  it.each([
    ['vendors', { vendors: ['CONTOSO'] }, ['contoso.backup', 'contoso.zip'], ['BOTH-1', 'CB-1']],
    ['families', { families: ['archivers'] }, ['sevenzip', 'contoso.zip'], ['SZ-1', 'BOTH-1']],
    ['products', { products: ['contoso.*'] }, ['contoso.backup', 'contoso.zip'], ['BOTH-1', 'CB-1']],
    ['Windows itself', { vendors: ['Microsoft'] }, [], ['WIN-1']],
    ['Windows by a name', { products: ['windows-10*'] }, [], ['WIN-1']],
    ['severities', { severities: ['critical' as const] }, ALL.products, ['SZ-1', 'WIN-1']],
    ['types', { types: ['Update'] }, ALL.products, ['CB-1']],
    ['patches', { patches: ['sz-*', 'WIN-1'] }, ALL.products, ['SZ-1', 'WIN-1']],
    ['bulletins', { patches: ['B-1'] }, ALL.products, ['CB-1', 'WIN-1']],
    ['vendor and family of one product', { vendors: ['Contoso'], families: ['Archivers'] }, ['contoso.zip'], []],
    [
      'severity and vendor',
      { vendors: ['Contoso'], severities: ['low' as const] },
      ['contoso.backup', 'contoso.zip'],
      ['CB-1'],
    ],
  ])('scans by %s', (_, scan, products, patches) => {
    expect(chosen(scan)).toEqual({ products, patches });
  });

  it.each([
    ['vendors', { vendors: ['Contoso'] }, ['sevenzip'], ['SZ-1', 'BOTH-1', 'WIN-1']],
    ['both products of a patch', { products: ['sevenzip', 'contoso.backup'] }, ['contoso.zip'], ['WIN-1']],
    ['severities', { severities: ['critical' as const] }, ALL.products, ['BOTH-1', 'CB-1']],
    ['patches', { patches: ['*-1'] }, ALL.products, []],
  ])('skips by %s', (_, skip, products, patches) => {
    expect(chosen({}, skip)).toEqual({ products, patches });
  });

  it('that names something on both sides leaves it out', () => {
    expect(chosen({ patches: ['SZ-1', 'CB-1'] }, { patches: ['SZ-1'] }).patches).toEqual(['CB-1']);
  });

  it('tells the names that the content does not have', () => {
    const template = parseTemplates({
      t: { scan: { vendors: ['Contosso'], products: ['sevenzip', 'windows'] }, skip: { patches: ['B-1', 'X-*'] } },
    }).get('t');
    expect(template && idleNames(template, content)).toEqual(['vendors: Contosso', 'patches: X-*']);
  });

  it('matches in linear time', () => {
    const long = 'a'.repeat(50_000);
    const text = `patch ${'A'.repeat(40)} "x" fixes windows { missing always }`;
    const begun = performance.now();
    const template = parseTemplates({ t: { scan: { patches: ['*a'.repeat(5000) + 'b', long] } } }).get('t');
    const { isPatchWanted } = chooseBy(template ?? expect.fail('no template'), content);
    for (const patch of linkContent([{ file: 'b.detect', text }]).content.patches.values())
      expect(isPatchWanted(patch)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it.each([
    [[], /must be an object/],
    [{ t: { vendors: [] } }, /does not know "vendors"/],
    [{ t: { scan: { vendor: [] } } }, /"scan" does not know "vendor"/],
    [{ t: { scan: { vendors: 'x' } } }, /must be a list of texts/],
    [{ t: { scan: { severities: ['severe'] } } }, /"severe" can be critical/],
    [{ t: { include: ['everything'] } }, /"everything" can be superseded, effectively-installed/],
  ])('is refused: %o', (value, why) => {
    expect(() => parseTemplates(value)).toThrow(why);
  });

  it('fits its schema when it is right', () => {
    const templates = {
      quick: { description: 'x', scan: { severities: ['critical'] }, skip: {}, include: ['superseded'] },
    };
    expect(parseTemplates(templates).get('quick')?.include).toEqual(['superseded']);
    expect(schemaErrors('patchlab-config', { templates })).toEqual([]);
    expect(schemaErrors('patchlab-config', { templates: { quick: { scan: { vendor: [] } } } })).not.toEqual([]);
  });
});
