/** Names in use: what they are bound to, and whether they have the member that is asked for. */
import { didYouMean } from '../../syntax/suggest.ts';
import type { CollectionKind, NameRef } from '../content.ts';
import type { Span } from '../source.ts';
import { ELEMENT_MEMBERS, KEY_COLLECTIONS, WINDOWS_MEMBERS } from '../vocabulary.ts';
import { fail, located, lookup, type Lowering, type Scope } from './context.ts';

/** A name as written: `version`, `app.location`, `windows.build`. */
export interface WrittenName {
  readonly image: string;
  readonly span: Span;
  /** `value "…"` follows. */
  readonly withValue: boolean;
}

/** Splits a word at its first dot: what is bound, and its member. */
export function splitName(image: string): { base: string; member?: string } {
  const dot = image.indexOf('.');
  return dot < 0 ? { base: image } : { base: image.slice(0, dot), member: image.slice(dot + 1) };
}

/** A name in use, looked up in the scope; in an open scope an unknown one is left to linking. */
export function nameRef(context: Lowering, scope: Scope, written: WrittenName): NameRef | undefined {
  const { base, member } = splitName(written.image);
  const at = located(context, written.span);
  const ref: NameRef = { base, ...(member !== undefined && { member }), at };
  if (base.toLowerCase() === 'windows') return windowsRef(context, ref, written);
  context.references.push({
    kind: 'local',
    name: base,
    at: { ...at, end: at.start + base.length },
    owner: context.owner,
  });
  const bound = lookup(scope, base);
  if (bound === undefined && scope.open) {
    context.free.push({ ref, withValue: written.withValue });
    return ref;
  }
  if (bound === undefined) {
    const names = [...scope.names.values()].map((name) => name.name);
    const help = didYouMean(base, [...names, 'windows']);
    return fail(context, 'unbound-name', at, { message: `Nothing above binds \`${base}\`.${help}` });
  }
  // Of an element whose collection has an error it is not known what members it has.
  if (bound.kind === 'each' && bound.collection === undefined) return ref;
  const problem = memberProblem(ref, bound.collection, written.withValue);
  if (problem === undefined) return ref;
  return fail(context, problem.code, at, { message: problem.message });
}

function windowsRef(context: Lowering, ref: NameRef, written: WrittenName): NameRef | undefined {
  const members = Object.keys(WINDOWS_MEMBERS);
  if (ref.member !== undefined && members.includes(ref.member) && !written.withValue) return ref;
  const known = members.map((member) => `\`windows.${member}\``).join(', ');
  const help = ref.member === undefined ? '' : didYouMean(ref.member, members);
  const message =
    ref.member === undefined
      ? `\`windows\` needs a member: ${known}.`
      : `\`windows\` has no \`${ref.member}\`.${help} It has ${known}.`;
  return fail(context, 'unknown-member', ref.at, { message });
}

/** What is wrong with a member of a name, given what the name is bound to. */
export function memberProblem(
  ref: NameRef,
  collection: CollectionKind | undefined,
  withValue: boolean,
): { code: 'unknown-member' | 'missing-property'; message: string } | undefined {
  const { base, member } = ref;
  if (collection === undefined) {
    if (member !== undefined) return { code: 'unknown-member', message: `\`${base}\` is a value and has no members.` };
    return withValue
      ? {
          code: 'unknown-member',
          message: `\`${base}\` is a value; \`value "…"\` reads from an element of keys or programs.`,
        }
      : undefined;
  }
  const members = ELEMENT_MEMBERS[collection];
  const isKey = KEY_COLLECTIONS.has(collection);
  if (withValue) {
    if (isKey && member === undefined) return undefined;
    return {
      code: 'unknown-member',
      message: `\`value "…"\` reads from an element of keys or programs, such as \`${base}\` in \`each ${base} in keys\`.`,
    };
  }
  if (member === undefined) {
    return {
      code: 'missing-property',
      message: `\`${base}\` is an element of ${collection}: say which member, such as \`${base}.${members[0] ?? 'name'}\`.`,
    };
  }
  if (isKey || members.includes(member)) return undefined;
  const known = members.map((one) => `\`${one}\``).join(', ');
  return {
    code: 'unknown-member',
    message: `An element of ${collection} has no \`${member}\`.${didYouMean(member, members)} It has ${known}.`,
  };
}
