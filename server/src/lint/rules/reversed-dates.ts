/** A patch that was revised before it was released. */
import type { Rule } from '../rule.ts';

export const reversedDates: Rule = {
  code: 'reversed-dates',
  severity: 'warning',
  summary: 'A patch was revised before it was released.',
  alone: true,
  find: ({ patches }) =>
    [...patches.values()].flatMap(({ released, revised, nameAt }) => {
      if (released === undefined || revised === undefined || revised >= released) return [];
      return [
        { message: `It is said to be revised on ${revised}, before it was released on ${released}.`, at: nameAt },
      ];
    }),
};
