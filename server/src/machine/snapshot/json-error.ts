/** Where a text stops being JSON (RFC 8259): the runtime's own message does not always tell. */

const TOKEN =
  /[ \t\r\n]+|[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expects = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** The offset of the first token that cannot stand where it stands; the text's length where it ends too early. */
export function jsonErrorOffset(text: string): number {
  const open: ('{' | '[')[] = [];
  let expects: Expects = 'value';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return at;
    if (/^[ \t\r\n]/.test(token)) continue;
    const next = step(expects, token, open);
    if (next === undefined) return at;
    expects = next;
  }
  return text.length;
}

/** What may follow a token, or undefined where the token itself may not stand. */
function step(expects: Expects, token: string, open: ('{' | '[')[]): Expects | undefined {
  const inside = open.at(-1);
  const afterValue = (): Expects => (open.length === 0 ? 'nothing' : 'comma-or-end');
  switch (expects) {
    case 'name-or-end':
    case 'name':
      if (token.startsWith('"')) return 'colon';
      return expects === 'name-or-end' && token === '}' ? close(open, afterValue) : undefined;
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma-or-end':
      if (token === ',') return inside === '{' ? 'name' : 'value';
      return token === (inside === '{' ? '}' : ']') ? close(open, afterValue) : undefined;
    case 'nothing':
      return undefined;
    case 'value-or-end':
    case 'value':
      if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? 'name-or-end' : 'value-or-end';
      }
      if (token === ']' && expects === 'value-or-end') return close(open, afterValue);
      return /^[}\],:]/.test(token) ? undefined : afterValue();
  }
}

function close(open: ('{' | '[')[], afterValue: () => Expects): Expects {
  open.pop();
  return afterValue();
}
