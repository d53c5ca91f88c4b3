/** Uninstall entries outlive their programs: an entry alone is no proof. */
import type { Rule } from '../rule.ts';

export const staleEntry: Rule = {
  code: 'stale-entry',
  severity: 'information',
  summary: 'A product is found by its Uninstall entry alone, which uninstallers leave behind.',
  alone: true,
  find: (content) =>
    [...content.products.values()].flatMap(({ variants, nameAt }) => {
      const trusting = variants.some(
        ({ finds }) =>
          finds.some((find) => find.kind === 'each' && !find.first && find.from.kind === 'programs') &&
          !finds.some(
            (find) =>
              find.kind === 'installed-when' || (find.kind === 'each' && !find.first && find.from.kind === 'files'),
          ),
      );
      const message = 'An Uninstall entry may be left behind: say `installed when file "${location}\\…" exists`.';
      return trusting ? [{ message, at: nameAt }] : [];
    }),
};
