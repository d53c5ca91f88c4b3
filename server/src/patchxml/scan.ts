/**
 * The positioned scan: where every tag, attribute, value, text and comment of an XML text stands, with recovery from
 * whatever is wrong with it. Follows XML 1.0 (Fifth Edition) without document types: those are refused, so nothing expands.
 * Time is linear in the text's length, also for hostile texts.
 */
import { MOST_FINDINGS, type XmlCode, type XmlFinding } from './codes.ts';
import type { XmlAttribute, XmlComment, XmlDocument, XmlElement, XmlText } from './document.ts';
import { badReferences } from './entities.ts';

/** Elements deeper than this are not read. */
export const DEEPEST = 64;

type Draft = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: (XmlElement | XmlText)[] };

const NAME = /[A-Za-z_:\u00b7-\uffff][-.\w:\u00b7-\uffff]*/y;
const BLANK = /[ \t\r\n]*/y;
/** XML 1.0 production 2: what no XML text may hold. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** Scans a text. It never throws, whatever the text. */
export function scanXml(text: string): XmlDocument {
  return new Scan(text).run();
}

class Scan {
  readonly #text: string;
  #at = 0;
  readonly #findings: XmlFinding[] = [];
  readonly #comments: XmlComment[] = [];
  readonly #stack: Draft[] = [];
  /** How many open elements have a name, so that a stray end tag is known without a search. */
  readonly #open = new Map<string, number>();
  #root: Draft | undefined;
  #tooDeep = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): XmlDocument {
    const text = this.#text;
    const forbidden = FORBIDDEN.exec(text);
    if (forbidden !== null) {
      this.#report('xml-syntax', 'XML has no such character: remove it.', forbidden.index, forbidden.index + 1);
    }
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
    while (this.#at < text.length) {
      if (text.charCodeAt(this.#at) === 60) this.#markup();
      else this.#characters();
    }
    for (let open = this.#stack.length; open > 0; open--) this.#leaveOpen(text.length);
    if (this.#root === undefined) {
      this.#report('xml-two-roots', 'There is no element here: an XML file holds one root element.', 0, 0);
    }
    this.#findings.sort((a, b) => a.start - b.start || a.end - b.end);
    return { root: this.#root, comments: this.#comments, findings: this.#findings };
  }

  #report(code: XmlCode, message: string, start: number, end: number): void {
    if (this.#findings.length < MOST_FINDINGS) this.#findings.push({ code, message, start, end });
  }

  #starts(what: string): boolean {
    return this.#text.startsWith(what, this.#at);
  }

  // ---------- markup

  #markup(): void {
    if (this.#starts('<!--')) this.#comment();
    else if (this.#starts('<![CDATA[')) this.#cdata();
    else if (this.#starts('<?')) this.#instruction();
    else if (this.#starts('<!')) this.#documentType();
    else if (this.#starts('</')) this.#endTag();
    else this.#startTag();
  }

  /** Goes behind the next `what`, or to the text's end after a finding. Returns where `what` begins. */
  #until(what: string, opened: { readonly length: number; readonly name: string }): number {
    const start = this.#at;
    const found = this.#text.indexOf(what, start + opened.length);
    if (found < 0) {
      this.#report('xml-syntax', `${opened.name} has no \`${what}\`.`, start, start + opened.length);
      this.#at = this.#text.length;
      return this.#at;
    }
    this.#at = found + what.length;
    return found;
  }

  #comment(): void {
    const start = this.#at;
    const close = this.#until('-->', { length: 4, name: 'This comment' });
    const text = this.#text.slice(start + 4, close);
    const dashes = text.indexOf('--');
    const at = start + 4 + dashes;
    if (dashes >= 0) this.#report('xml-syntax', 'A comment holds no `--` in XML.', at, at + 2);
    else if (text.endsWith('-'))
      this.#report('xml-syntax', 'A comment does not end with `--->` in XML.', close - 1, close);
    this.#comments.push({ start, end: this.#at, text });
  }

  #cdata(): void {
    const start = this.#at;
    this.#until(']]>', { length: 9, name: 'This CDATA section' });
    this.#addText(start);
  }

  #instruction(): void {
    const start = this.#at;
    const close = this.#until('?>', { length: 2, name: 'This instruction' });
    const content = this.#text.slice(start + 2, close);
    if (!/^xml(?:\s|$)/i.test(content)) {
      NAME.lastIndex = start + 2;
      if (!NAME.test(this.#text)) this.#report('xml-syntax', 'An instruction begins with its name.', start, this.#at);
      return;
    }
    const first = this.#text.charCodeAt(0) === 0xfeff ? 1 : 0;
    if (start !== first) {
      this.#report('xml-syntax', '`<?xml … ?>` stands at the very beginning of a file.', start, this.#at);
    } else if (!DECLARATION.test(content)) {
      this.#report('xml-syntax', 'Expected `<?xml version="1.0" encoding="utf-8"?>`.', start, this.#at);
    }
  }

  /** `<!DOCTYPE …>` with all that is in its brackets, and any other `<!`. */
  #documentType(): void {
    const start = this.#at;
    const text = this.#text;
    let depth = 0;
    let quote = '';
    let at = start + 2;
    for (; at < text.length; at++) {
      const char = text.charAt(at);
      if (quote !== '') {
        if (char === quote) quote = '';
      } else if (char === '"' || char === "'") quote = char;
      else if (char === '[') depth++;
      else if (char === ']') depth--;
      else if (char === '>' && depth <= 0) break;
    }
    this.#at = Math.min(text.length, at + 1);
    const isType = /^<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.exec(text.slice(start, start + 12));
    if (isType === null) {
      this.#report('xml-syntax', 'Expected `<!-- … -->` or `<![CDATA[ … ]]>`.', start, Math.min(this.#at, start + 2));
      this.#at = start + 2;
      return;
    }
    const message =
      'Document types and entity declarations are not read: remove this. Write the characters themselves.';
    this.#report('xml-dtd', message, start, start + isType[0].length);
  }

  // ---------- text

  #characters(): void {
    const start = this.#at;
    const next = this.#text.indexOf('<', start);
    this.#at = next < 0 ? this.#text.length : next;
    const raw = this.#text.slice(start, this.#at);
    const wrong = raw.indexOf(']]>');
    if (wrong >= 0) this.#report('xml-syntax', '`]]>` means nothing here.', start + wrong, start + wrong + 3);
    this.#references(raw, start);
    this.#addText(start);
  }

  #addText(start: number): void {
    const raw = this.#text.slice(start, this.#at);
    const parent = this.#stack.at(-1);
    if (parent !== undefined) {
      parent.children.push({ kind: 'text', start, end: this.#at, raw });
      return;
    }
    const first = raw.search(/[^ \t\r\n]/);
    if (first < 0) return;
    let end = this.#at;
    while (' \t\r\n'.includes(this.#text.charAt(end - 1))) end--;
    this.#report('xml-syntax', 'Text stands outside the root element.', start + first, end);
  }

  #references(raw: string, offset: number): void {
    if (!raw.includes('&')) return;
    for (const { start, end, message } of badReferences(raw)) {
      this.#report('xml-entity', message, offset + start, offset + end);
    }
  }

  // ---------- tags

  #name(): string {
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#text)?.[0] ?? '';
    this.#at += name.length;
    return name;
  }

  #blanks(): boolean {
    BLANK.lastIndex = this.#at;
    const blanks = BLANK.exec(this.#text)?.[0].length ?? 0;
    this.#at += blanks;
    return blanks > 0;
  }

  #startTag(): void {
    const start = this.#at++;
    const nameStart = this.#at;
    const name = this.#name();
    if (name === '') {
      this.#report('xml-syntax', 'A `<` begins a tag. Write `&lt;` where the character is meant.', start, start + 1);
      this.#addText(start);
      return;
    }
    const attributes = this.#attributes();
    const empty = this.#starts('/>');
    if (empty) this.#at += 2;
    else if (this.#starts('>')) this.#at++;
    else this.#report('xml-syntax', `The tag \`<${name}\` has no \`>\`.`, start, nameStart + name.length);
    this.#enter({
      kind: 'element',
      ...{ name, start, end: this.#at, nameStart, openEnd: this.#at, closeNameStart: undefined, closed: empty },
      ...{ attributes, children: [] },
    });
    if (empty) this.#leave();
  }

  #enter(element: Draft): void {
    const parent = this.#stack.at(-1);
    const { start, nameStart, name } = element;
    const nameEnd = nameStart + name.length;
    if (parent === undefined && this.#root !== undefined) {
      this.#report(
        'xml-two-roots',
        `An XML file has one root element: here \`<${this.#root.name}>\` is it already.`,
        start,
        nameEnd,
      );
    } else if (parent === undefined) this.#root = element;
    else if (this.#stack.length < DEEPEST) parent.children.push(element);
    else if (!this.#tooDeep) {
      this.#tooDeep = true;
      this.#report('xml-too-deep', `More than ${DEEPEST} elements stand in each other here.`, start, nameEnd);
    }
    this.#stack.push(element);
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
  }

  /** Closes the innermost element. */
  #leave(): Draft | undefined {
    const element = this.#stack.pop();
    if (element === undefined) return undefined;
    element.end = this.#at;
    this.#open.set(element.name, (this.#open.get(element.name) ?? 1) - 1);
    return element;
  }

  /** Closes the innermost element, which has no end tag, before `end`. */
  #leaveOpen(end: number): void {
    const element = this.#leave();
    if (element === undefined) return;
    element.end = end;
    const { name, start, nameStart } = element;
    this.#report(
      'xml-unclosed',
      `\`<${name}>\` is not closed: \`</${name}>\` is missing.`,
      start,
      nameStart + name.length,
    );
  }

  #endTag(): void {
    const start = this.#at;
    this.#at += 2;
    const nameStart = this.#at;
    const name = this.#name();
    this.#blanks();
    if (this.#starts('>')) this.#at++;
    else this.#report('xml-syntax', `The end tag \`</${name}\` has no \`>\`.`, start, Math.max(this.#at, start + 2));
    if ((this.#open.get(name) ?? 0) === 0) {
      const inner = this.#stack.at(-1);
      const expected = inner === undefined ? '' : ` The innermost open element is \`<${inner.name}>\`.`;
      this.#report('xml-unclosed', `\`</${name}>\` closes nothing.${expected}`, start, nameStart + name.length);
      return;
    }
    while (this.#stack.at(-1)?.name !== name) this.#leaveOpen(start);
    const element = this.#leave();
    if (element === undefined) return;
    element.closed = true;
    element.closeNameStart = nameStart;
  }

  // ---------- attributes

  #attributes(): readonly XmlAttribute[] {
    const found: XmlAttribute[] = [];
    const names = new Set<string>();
    for (;;) {
      const apart = this.#blanks();
      const char = this.#text.charAt(this.#at);
      if (char === '' || char === '>' || char === '<' || this.#starts('/>')) return found;
      const nameStart = this.#at;
      const name = this.#name();
      if (name === '') {
        this.#strayInTag();
        continue;
      }
      if (!apart)
        this.#report('xml-syntax', `A blank is missing before \`${name}\`.`, nameStart, nameStart + name.length);
      const attribute = this.#value(name, nameStart);
      if (names.has(name)) {
        const end = nameStart + name.length;
        this.#report(
          'xml-duplicate-attribute',
          `\`${name}\` stands here already: only the first counts.`,
          nameStart,
          end,
        );
      } else found.push(attribute);
      names.add(name);
    }
  }

  /** Characters in a tag that begin no attribute are passed over together. */
  #strayInTag(): void {
    const start = this.#at;
    do this.#at++;
    while (/[^\s<>/A-Za-z_:\u00b7-\uffff]/.test(this.#text.charAt(this.#at)));
    this.#report('xml-syntax', 'Expected an attribute, `>` or `/>`.', start, this.#at);
  }

  #value(name: string, nameStart: number): XmlAttribute {
    const nameEnd = this.#at;
    this.#blanks();
    const missing = (message: string): XmlAttribute => {
      this.#report('xml-syntax', message, nameStart, nameEnd);
      return { name, nameStart, valueStart: nameEnd, valueEnd: nameEnd, raw: '' };
    };
    if (!this.#starts('=')) {
      this.#at = nameEnd;
      return missing(`\`${name}\` has no value: write \`${name}="…"\`.`);
    }
    this.#at++;
    this.#blanks();
    const quote = this.#text.charAt(this.#at);
    if (quote !== '"' && quote !== "'") return this.#unquoted(name, nameStart);
    const valueStart = this.#at;
    let close = valueStart + 1;
    for (; close < this.#text.length; close++) {
      const char = this.#text.charCodeAt(close);
      if (char === 60 || char === quote.charCodeAt(0)) break;
    }
    const closed = this.#text.charAt(close) === quote;
    if (!closed) close = this.#valueEnd(valueStart + 1, close);
    const raw = this.#text.slice(valueStart + 1, close);
    this.#at = closed ? close + 1 : close;
    if (!closed) this.#report('xml-syntax', this.#openValue(name, close), valueStart, close);
    this.#references(raw, valueStart + 1);
    return { name, nameStart, valueStart, valueEnd: this.#at, raw };
  }

  #openValue(name: string, end: number): string {
    if (this.#text.charAt(end) !== '<') return `The value of \`${name}\` has no closing quote.`;
    return `The value of \`${name}\` has no closing quote before a \`<\`. Write \`&lt;\` where the character is meant.`;
  }

  /** Where a value without its closing quote ends: with its line or its tag. */
  #valueEnd(from: number, limit: number): number {
    const end = this.#text.slice(from, limit).search(/[\r\n>]|\/>/);
    return end < 0 ? limit : from + end;
  }

  #unquoted(name: string, nameStart: number): XmlAttribute {
    const valueStart = this.#at;
    while (/[^\s<>/"']/.test(this.#text.charAt(this.#at))) this.#at++;
    const raw = this.#text.slice(valueStart, this.#at);
    this.#report('xml-syntax', `The value of \`${name}\` stands in quotes: \`${name}="…"\`.`, nameStart, this.#at);
    return { name, nameStart, valueStart, valueEnd: this.#at, raw };
  }
}

/** XML 1.0 production 23, in the encodings that a text can be in when it is read as UTF-8. */
const DECLARATION =
  /^xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])(?:utf-8|us-ascii)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*$/i;
