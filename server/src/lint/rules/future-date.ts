/** Dates that have not come yet. What day it is, rules are told. */
import type { Rule } from '../rule.ts';

export const futureDate: Rule = {
  code: 'future-date',
  severity: 'warning',
  summary: 'A patch was released or revised on a day that has not come.',
  alone: true,
  find: ({ patches }, settings) =>
    [...patches.values()].flatMap(({ released, revised, nameAt }) => {
      const today = settings?.today;
      const late = [released, revised].find((day) => day !== undefined && today !== undefined && day > today);
      return late === undefined ? [] : [{ message: `${late} has not come yet: is the year right?`, at: nameAt }];
    }),
};
