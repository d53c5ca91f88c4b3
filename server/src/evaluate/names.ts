/** What a name in use stands for: `version`, `app.location`, `windows.build`. */
import type { NameRef } from '../model/content.ts';
import { lookup, type Context, type Element, type Names } from './context.ts';
import { windowsFact } from './facts.ts';
import { textValue, present, unreadable, type Read } from './values.ts';

/** The reading a name gives. A name that nothing binds is unreadable: linking has said so already. */
export function readName(context: Context, names: Names | undefined, ref: NameRef): Read {
  const binding = lookup(names, ref.base);
  if (binding === undefined) {
    return ref.base.toLowerCase() === 'windows'
      ? windowsFact(context.target.os, ref.member)
      : unreadable(`\`${ref.base}\` is bound to nothing`);
  }
  if (binding.kind === 'read') {
    return ref.member === undefined ? binding.read(context) : unreadable(`\`${ref.base}\` has no \`${ref.member}\``);
  }
  return ref.member === undefined
    ? present(textValue(binding.element.label))
    : binding.element.member(context, ref.member);
}

/** The element a name stands for, where it stands for one. */
export function elementNamed(names: Names | undefined, ref: NameRef): Element | undefined {
  const binding = lookup(names, ref.base);
  return binding?.kind === 'element' ? binding.element : undefined;
}
