import { describe, expect, it } from 'vitest';
import { linkContent } from '../../../server/src/model/link.ts';
import { withoutDoubtfulClaims } from '../../../server/src/scan/interrupted.ts';
import type { PatchResult } from '../../../server/src/scan/result.ts';
import { samplePatch } from '../results/sample-result.ts';

const { content } = linkContent([
  {
    file: 'chain.detect',
    text: `product thing "Thing" { let version = key "HKLM\\SOFTWARE\\Thing" view 64 value "V"  installed when version exists }
patch A fixes thing { installed when version >= 1.0 }
patch B fixes thing { supersedes A  installed when version >= 2.0 }
patch C fixes thing { supersedes B  installed when version >= 3.0 }
patch D fixes windows { installed when windows.build >= 1 }`,
  },
]);

const on = (id: string, status: PatchResult['status'], instance = 0, product = 'thing') =>
  samplePatch(id, { product, instance, status, how: 'by files' });
const claims = (...patches: PatchResult[]) => withoutDoubtfulClaims(patches, content).map(({ status }) => status);

describe('an interrupted scan', () => {
  it('takes back an installed below an unknown one, however many hops away', () => {
    expect(claims(on('A', 'installed'), on('B', 'note'), on('C', 'unknown'))).toEqual(['unknown', 'note', 'unknown']);
  });

  it('keeps what no unknown patch supersedes for the same instance', () => {
    const patches = [
      on('A', 'installed', 1),
      on('B', 'unknown', 0),
      on('C', 'installed', 1),
      on('D', 'installed', 0, 'windows'),
    ];
    expect(claims(...patches)).toEqual(['installed', 'unknown', 'installed', 'installed']);
  });

  it('says why, and no longer how it was recognised', () => {
    const [patch] = withoutDoubtfulClaims([on('A', 'installed'), on('B', 'unknown')], content);
    expect(patch?.reason).toContain('B, which supersedes it');
    expect(patch).not.toHaveProperty('how');
  });
});
