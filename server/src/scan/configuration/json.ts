/** JSON (RFC 8259) with places, and with comments as whitespace: what patchlab.json is written in. */

/** A value with the stretch of text that it takes, in UTF-16 code units. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
);

export interface JsonMember {
  readonly key: string;
  /** Where its name begins. */
  readonly start: number;
  readonly value: JsonNode;
}

/** What keeps a text from being JSON, and where. */
export class JsonError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const SPACE = /(?:[ \t\r\n\ufeff]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const OTHER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** No configuration nests so deep; a text that does is refused before it takes the stack. */
const DEEPEST = 64;

/** Reads a whole text; throws a JsonError. */
export function readJson(text: string): JsonNode {
  const reader = new Reader(text);
  const node = reader.value(0);
  reader.end();
  return node;
}

/** The value without its places. A name that comes twice counts as it stands last, and `__proto__` is a name like others. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'plain':
      return node.value;
    case 'array':
      return node.items.map(plainValue);
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plainValue(value)]));
  }
}

/** What stands at a path of names and positions. */
export function nodeAt(node: JsonNode, path: readonly (string | number)[]): JsonNode | undefined {
  let here: JsonNode | undefined = node;
  for (const part of path) {
    if (here?.kind === 'object') here = here.members.findLast(({ key }) => key === part)?.value;
    else if (here?.kind === 'array' && typeof part === 'number') here = here.items[part];
    else return undefined;
  }
  return here;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    this.#skip();
    if (depth > DEEPEST) throw new JsonError(`it nests deeper than ${DEEPEST}`, this.#at);
    const start = this.#at;
    const first = this.#text[start];
    if (first === '{') return this.#object(start, depth);
    if (first === '[') return this.#array(start, depth);
    if (first === '"') return { kind: 'plain', start, value: this.#string('a text'), end: this.#at };
    const word = this.#match(OTHER);
    if (word === undefined) throw this.#unexpected('a value');
    return { kind: 'plain', start, value: JSON.parse(word) as number | boolean | null, end: this.#at };
  }

  end(): void {
    this.#skip();
    if (this.#at < this.#text.length) throw this.#unexpected('the end');
  }

  #object(start: number, depth: number): JsonNode {
    const members: JsonMember[] = [];
    this.#list('}', () => {
      const at = this.#at;
      const key = this.#string('a name in quotes');
      this.#skip();
      if (this.#text[this.#at] !== ':') throw this.#unexpected('":"');
      this.#at++;
      members.push({ key, start: at, value: this.value(depth + 1) });
    });
    return { kind: 'object', start, members, end: this.#at };
  }

  #array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#list(']', () => items.push(this.value(depth + 1)));
    return { kind: 'array', start, items, end: this.#at };
  }

  #list(close: string, one: () => unknown): void {
    this.#at++;
    this.#skip();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      one();
      this.#skip();
      const next = this.#text[this.#at];
      if (next !== ',' && next !== close) throw this.#unexpected(`"," or "${close}"`);
      this.#at++;
      if (next === close) return;
      this.#skip();
    }
  }

  #string(what: string): string {
    const text = this.#match(STRING);
    if (text === undefined) throw this.#unexpected(what);
    return JSON.parse(text) as string;
  }

  #skip(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #unexpected(wanted: string): JsonError {
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text[this.#at]) : 'the end of the file';
    return new JsonError(`${found} stands where ${wanted} belongs`, this.#at);
  }
}
