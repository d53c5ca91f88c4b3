/** When two readings are one: their spelling without what does not matter, with a check's parameters put in. */
import { fold } from '../../evaluate/text.ts';
import { parseMoment, textOf, type Value } from '../../evaluate/values.ts';
import { parseVersion } from '../../evaluate/versions.ts';
import type { Binding } from './bindings.ts';
import type { Literal, NameRef, Reading, RegexLiteral, Source, Step, Template, Thing } from '../../model/content.ts';

/** What a parameter of a check stands for where it is used. */
export interface Argument {
  readonly key: string;
  /** Where it is a literal that no machine changes. */
  readonly value?: Value;
  /** How it reads inside a text. */
  readonly inserted?: string;
  /** Where it is a `let`: what it is bound to. */
  readonly binding?: Binding;
  /** Where a check is used with a reading: that, and the names that it sees. */
  readonly reading?: { readonly of: Reading; readonly env: Environment };
}

/** Parameters by their name in lower case. */
export type Environment = ReadonlyMap<string, Argument>;

const parameter = (env: Environment, { base, member }: NameRef): Argument | undefined =>
  member === undefined ? env.get(base.toLowerCase()) : undefined;

/** The argument that a reading makes. */
export function argumentOf(reading: Reading, env: Environment): Argument {
  const { source, steps } = reading;
  if (steps.length === 0 && source.kind === 'name') {
    const known = parameter(env, source.name);
    if (known !== undefined) return known;
  }
  const value = valueOf(reading, env);
  const isText = steps.length === 0 && source.kind === 'literal' && source.literal.kind === 'text';
  return {
    key: readingKey(reading, env),
    ...(value !== undefined && { value }),
    ...(value === undefined && { reading: { of: reading, env } }),
    ...(isText && source.kind === 'literal' && source.literal.kind === 'text'
      ? { inserted: templateKey(source.literal.template, env) }
      : {}),
  };
}

/** The value of a reading that is a literal; undefined where only the machine tells. */
export function valueOf({ source, steps }: Reading, env: Environment): Value | undefined {
  if (steps.length > 0) return undefined;
  if (source.kind === 'name') return parameter(env, source.name)?.value;
  return source.kind === 'literal' ? literalValue(source.literal, env) : undefined;
}

/** A literal's value as evaluation has it. */
export function literalValue(literal: Literal, env: Environment): Value | undefined {
  switch (literal.kind) {
    case 'text': {
      const text = plainText(literal.template, env);
      return text === undefined ? undefined : { kind: 'text', text };
    }
    case 'version': {
      const version = parseVersion(literal.text);
      return version && { kind: 'version', version };
    }
    case 'number':
      return { kind: 'number', value: BigInt(literal.digits) };
    case 'date': {
      const moment = parseMoment(literal.text);
      return moment && { kind: 'date', ...moment, text: literal.text };
    }
    case 'size':
      return { kind: 'number', value: BigInt(Math.round(literal.bytes)), text: literal.text };
    case 'duration':
      return { kind: 'number', value: BigInt(Math.round(literal.seconds)), text: literal.text };
    case 'guid':
    case 'kb':
    case 'cve':
      return { kind: 'text', text: literal.text };
  }
}

/** A text without insertions that only the machine knows. */
export function plainText(template: Template, env: Environment): string | undefined {
  let text = '';
  for (const part of template.parts) {
    if (part.kind === 'variable') return undefined;
    if (part.kind === 'text') text += part.text;
    else {
      const value = parameter(env, part.name)?.value;
      if (value === undefined) return undefined;
      text += textOf(value);
    }
  }
  return text;
}

// Characters that no text of a script has, so that no text looks like an insertion.
const INSERTED = '\u0001';
const FOLDER = '\u0002';

/** A path, key or name as one spelling; Windows distinguishes no case in them. */
export function templateKey(template: Template, env: Environment): string {
  return template.parts
    .map((part) => {
      if (part.kind === 'text') return fold(part.text);
      if (part.kind === 'variable') return `${FOLDER}${part.variable.toLowerCase()}${FOLDER}`;
      const known = parameter(env, part.name);
      return known === undefined ? `${INSERTED}${nameKey(part.name, env)}${INSERTED}` : insertedKey(known);
    })
    .join('');
}

const insertedKey = ({ key, value, inserted }: Argument): string =>
  inserted ?? (value === undefined ? `${INSERTED}${key}${INSERTED}` : fold(textOf(value)));

/** A name; of a parameter that stands for an element, the element's member. */
function nameKey({ base, member }: NameRef, env: Environment): string {
  const of = env.get(base.toLowerCase())?.key ?? `name ${base.toLowerCase()}`;
  return member === undefined ? of : `${of}.${member.toLowerCase()}`;
}

/** A reading's spelling. */
export function readingKey({ source, steps }: Reading, env: Environment): string {
  return sourceKey(source, env) + stepsKey(steps, env);
}

/** What is read, before steps. A service and its state are one reading. */
export function sourceKey(source: Source | Thing, env: Environment): string {
  const key = (...parts: readonly (string | undefined)[]): string => JSON.stringify([source.kind, ...parts]);
  switch (source.kind) {
    case 'value':
      return key(templateKey(source.key, env), source.view, templateKey(source.name, env));
    case 'thing-key':
      return key(templateKey(source.key, env), source.view);
    case 'file':
    case 'folder':
      return key(templateKey(source.path, env), source.view, source.property);
    case 'thing-file':
    case 'thing-folder':
      return key(templateKey(source.path, env), source.view);
    case 'service':
      return JSON.stringify(['service', templateKey(source.name, env), source.property]);
    case 'thing-service':
      return JSON.stringify(['service', templateKey(source.name, env), 'state']);
    case 'msi':
      return key(source.msi.by, templateKey(source.msi.id, env), source.property);
    case 'thing-msi':
      return key(source.msi.by, templateKey(source.msi.id, env));
    case 'thing-hotfix':
      return key(source.kb.toLowerCase());
    case 'name':
      return nameKey(source.name, env);
    case 'element-value':
      return key(nameKey(source.name, env), templateKey(source.value, env));
    case 'literal':
      return key(
        source.literal.kind,
        source.literal.kind === 'text'
          ? templateKey(source.literal.template, env)
          : source.literal.kind === 'number'
            ? source.literal.digits
            : source.literal.text,
      );
  }
}

const regexKey = ({ pattern, flags }: RegexLiteral): string => `/${pattern}/${flags}`;

/** The steps on a value. */
export function stepsKey(steps: readonly Step[], env: Environment): string {
  return steps
    .map((step) => {
      if (step.kind === 'as') return ` as ${step.conversion}`;
      if (step.kind === 'matching') return ` matching ${regexKey(step.regex)}`;
      const what = 'pattern' in step.what ? regexKey(step.what) : JSON.stringify(exactKey(step.what, env));
      return ` replacing ${what} with ${JSON.stringify(exactKey(step.with, env))}`;
    })
    .join('');
}

/** A text as one spelling that keeps its case. */
function exactKey(template: Template, env: Environment): string {
  return (
    plainText(template, env) ??
    JSON.stringify([template.parts.map((part) => ('text' in part ? part.text : '')), templateKey(template, env)])
  );
}
