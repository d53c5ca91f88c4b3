import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUNDLE_FILE, bundleOfSources, textsOf } from '../../../scripts/l10n.ts';

const CLIENT = path.resolve(import.meta.dirname, '../../../client/src');

describe('texts to translate', () => {
  it('are found where they are written, also on either side of a condition', () => {
    const source = "l10n.t('One {0}', name); say(l10n.t(many ? 'several' : 'one')); other.t('no');";
    expect(textsOf(source, 'x.ts')).toEqual(['One {0}', 'several', 'one']);
    expect(() => textsOf('l10n.t(`One ${name}`)', 'x.ts')).toThrow(/written out/);
  });

  it('are all in the bundle that translations are made from (node scripts/l10n.ts writes it anew)', () => {
    expect(readFileSync(BUNDLE_FILE, 'utf8')).toBe(bundleOfSources());
  });

  it('are all texts that the editor is told to show: none is written where it is shown', () => {
    const shown =
      /(?:show(?:Information|Warning|Error)Message\(|(?:placeHolder|title|prompt|label|detail|openLabel):)\s*['"`][A-Z][a-z]/;
    const files = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(files.filter((file) => shown.test(readFileSync(path.join(CLIENT, file), 'utf8')))).toEqual([]);
  });
});
