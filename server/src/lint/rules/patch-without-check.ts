/** A patch that says nothing about when it is there: it can only be a note. */
import type { Rule } from '../rule.ts';

export const patchWithoutCheck: Rule = {
  code: 'patch-without-check',
  severity: 'hint',
  summary: 'A patch has no check, so its status is always *note*.',
  alone: true,
  find: (content) =>
    [...content.patches.values()].flatMap(({ verdict, nameAt }) => {
      if (verdict.kind !== 'note' || verdict.why !== undefined) return [];
      const message =
        'Nothing says when this patch is installed, so it is only a note. Add `installed when …`, or say why with `note "…"`.';
      return [{ message, at: nameAt }];
    }),
};
