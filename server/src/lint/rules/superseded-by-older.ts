/** Supersedence the wrong way round: the patch that supersedes was released first. */
import { comparingRule } from '../compared.ts';

export const supersededByOlder = comparingRule({
  code: 'superseded-by-older',
  severity: 'warning',
  summary: 'A patch supersedes one that was released after it.',
  compare: ({ edges, patch }) =>
    edges.flatMap(({ newer, older, at }) => {
      const [by, of] = [patch(newer.toLowerCase()), patch(older.toLowerCase())];
      if (by?.released === undefined || of?.released === undefined || by.released >= of.released) return [];
      const message = `\`${by.id}\` was released on ${by.released}, before \`${of.id}\` on ${of.released}: is it the other way round?`;
      return [{ message, at, related: [{ at: of.nameAt, message: 'the later one' }] }];
    }),
});
