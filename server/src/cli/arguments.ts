/** Reads a verb's arguments by its declared options; whatever does not fit is a UsageError. */
import { refusePath } from '../scan/safe-path.ts';
import { closest, didYouMean } from '../syntax/suggest.ts';
import { UsageError, type OptionSpec, type ParsedArguments, type Verb } from './verb.ts';

/** `--name value`, `--name=value`, switches, positionals, and `--` after which everything is a positional. */
export function parseArguments(verb: Verb, args: readonly string[]): ParsedArguments {
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') positionals.push(...rest.splice(0));
    else if (arg.startsWith('--')) takeOption(verb, arg.slice(2), rest, values);
    else if (arg.startsWith('-') && arg !== '-') throw new UsageError(`Unknown option ${arg}.${hint(verb, arg)}`);
    else positionals.push(arg);
  }
  checkPositionals(verb, positionals);
  return {
    has: (name) => values.has(name),
    one: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
    positionals,
  };
}

function takeOption(verb: Verb, text: string, rest: string[], values: Map<string, string[]>): void {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const spec = Object.hasOwn(verb.options, name) ? verb.options[name] : undefined;
  if (!spec) throw new UsageError(`Unknown option --${name}.${hint(verb, name)}`);
  const given = equals === -1 ? takeValues(name, spec, rest) : [text.slice(equals + 1)];
  if (spec.value === undefined && equals !== -1) throw new UsageError(`--${name} takes no value.`);
  for (const value of given) checkValue(name, spec, value);
  const before = values.get(name);
  if (before && !spec.many) throw new UsageError(`--${name} can be given only once.`);
  values.set(name, [...(before ?? []), ...given]);
}

function takeValues(name: string, spec: OptionSpec, rest: string[]): string[] {
  if (spec.value === undefined) return [];
  const end = rest.findIndex((arg) => arg.startsWith('--'));
  const most = spec.greedy ? (end === -1 ? rest.length : end) : 1;
  const taken = rest.splice(0, most);
  if (taken.length === 0 || (!spec.greedy && taken[0]?.startsWith('--')))
    throw new UsageError(`--${name} needs a value: --${name} ${spec.value}`);
  return taken;
}

function checkValue(name: string, spec: OptionSpec, value: string): void {
  const parts = spec.many && spec.oneOf ? value.split(',') : [value];
  for (const part of parts)
    if (spec.oneOf && !spec.oneOf.includes(part))
      throw new UsageError(`--${name} ${part}: it can be ${spec.oneOf.join(', ')}.${didYouMean(part, spec.oneOf)}`);
  const refused = spec.path ? refusePath(value) : undefined;
  if (refused !== undefined) throw new UsageError(refused);
}

function checkPositionals(verb: Verb, positionals: readonly string[]): void {
  const allowed = verb.positionals ? (verb.positionals.many ? Infinity : 1) : 0;
  const extra = positionals[allowed];
  if (extra !== undefined) throw new UsageError(`Unexpected argument "${extra}".`);
  if (!verb.positionals?.path) return;
  for (const given of positionals) {
    const refused = refusePath(given);
    if (refused !== undefined) throw new UsageError(refused);
  }
}

function hint(verb: Verb, name: string): string {
  const near = closest(name.replace(/^-+/, ''), [...Object.keys(verb.options), 'help']);
  return near === undefined ? '' : ` Did you mean --${near}?`;
}
