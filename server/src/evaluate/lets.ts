/** `let`: values with fallbacks (language.md 4.2). */
import type { Let } from '../model/content.ts';
import { judgeCondition } from './conditions.ts';
import { askAside, type Context, type Names } from './context.ts';
import { evaluateReading } from './readings.ts';
import { ABSENT, mapRead, PENDING_READ, present, toVersion, unreadable, type Read } from './values.ts';

/**
 * The first choice that is there: `else` is taken where the left side is absent or empty text, or its `when` is false. What
 * cannot be read ends the chain, for it might have been the answer. A choice further right is asked only when it is its turn.
 */
export function evaluateLet(context: Context, names: Names | undefined, statement: Let): Read {
  for (const [index, choice] of statement.choices.entries()) {
    if (choice.when !== undefined) {
      const when = judgeCondition(context, names, choice.when);
      if (when.verdict === 'pending') return PENDING_READ;
      if (when.verdict === 'unknown') return unreadable(when.reason ?? 'its condition is unknown');
      if (when.verdict === 'false') continue;
    }
    const read = evaluateReading(context, names, choice.value);
    const empty = read.state === 'present' && read.value.kind === 'text' && read.value.text === '';
    if (read.state === 'absent' || empty) continue;
    askAside(context, () => {
      for (const rest of statement.choices.slice(index + 1)) {
        if (rest.when !== undefined) judgeCondition(context, names, rest.when);
        evaluateReading(context, names, rest.value);
      }
    });
    return known(statement.name, read);
  }
  return ABSENT;
}

/** `version` is a version for every tool. */
function known(name: string, read: Read): Read {
  if (name.toLowerCase() !== 'version') return read;
  return mapRead(read, (value) => mapRead(toVersion(value), (version) => present({ kind: 'version', version })));
}
