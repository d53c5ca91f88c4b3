/** The reference of elements in docs/xml.md, as the schema has it. */
import { TYPES } from '../../../server/src/patchxml/schema.ts';

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' ');

/** One row a type of element. */
export function reference(): string {
  const rows = Object.values(TYPES).map(({ tag, summary, attributes, children, metadata }) => {
    const own = Object.entries(attributes).map(([name, { required }]) => (required === true ? `${name}*` : name));
    const inner = children.flatMap((child) => TYPES[child]?.tag ?? []);
    return `| \`<${tag}>\` | ${summary} | ${code(own)}${metadata === true ? ' and metadata' : ''} | ${code(inner)} |`;
  });
  return ['| element | means | attributes (* is needed) | holds |', '|---|---|---|---|', ...rows].join('\n');
}
