/** Runs the grammar as the editor does: the same TextMate engine and the same regular expressions library. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';

const GRAMMARS: Readonly<Record<string, URL>> = {
  'source.detect': new URL('../../../syntaxes/detect.tmLanguage.json', import.meta.url),
  'text.xml.patches': new URL('../../../syntaxes/patches-xml.tmLanguage.json', import.meta.url),
};

async function loadGrammar(name: string): Promise<IGrammar> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => {
      const file = GRAMMARS[scope];
      return Promise.resolve(file ? textmate.parseRawGrammar(readFileSync(file, 'utf8'), 'grammar.json') : null);
    },
  });
  const grammar = await registry.loadGrammar(name);
  if (!grammar) throw new Error('the grammar could not be loaded');
  return grammar;
}

const grammar = await loadGrammar('source.detect');
const xmlGrammar = await loadGrammar('text.xml.patches');

export interface ScopedToken {
  readonly text: string;
  /** The innermost scope, without `.detect`. */
  readonly scope: string;
}

/** The tokens of a source, blanks left out, each with its innermost scope. */
export const tokenize = (source: string): readonly ScopedToken[] => tokenizeBy(grammar, source, '.detect');

/** The tokens of patch definitions, each with its innermost scope, without `.xml.patches`. */
export const tokenizeXml = (source: string): readonly ScopedToken[] => tokenizeBy(xmlGrammar, source, '.xml.patches');

function tokenizeBy(by: IGrammar, source: string, end: string): readonly ScopedToken[] {
  const tokens: ScopedToken[] = [];
  let state = textmate.INITIAL;
  for (const line of source.split(/\r?\n/)) {
    const done = by.tokenizeLine(line, state);
    state = done.ruleStack;
    for (const token of done.tokens) {
      const text = line.slice(token.startIndex, token.endIndex);
      if (text.trim()) tokens.push({ text, scope: (token.scopes.at(-1) ?? '').replace(end, '') });
    }
  }
  return tokens;
}

/** The scope of the first token with this text. */
export function scopeOf(source: string, text: string): string | undefined {
  return tokenize(source).find((token) => token.text === text)?.scope;
}

/** The scopes of a source: asked for an offset, the outermost scope below `source` there, without `.detect`. */
export function scopesAt(source: string): (offset: number) => string {
  const scopes: string[] = [];
  let state = textmate.INITIAL;
  for (const line of source.split('\n')) {
    const done = grammar.tokenizeLine(line, state);
    state = done.ruleStack;
    const begin = scopes.length;
    for (const { startIndex, endIndex, scopes: found } of done.tokens) {
      const scope = (found[1] ?? found[0] ?? '').replace(/\.detect$/, '');
      for (let at = startIndex; at < endIndex; at++) scopes[begin + at] = scope;
    }
    scopes.length = begin + line.length;
    scopes.push('');
  }
  return (offset) => scopes[offset] ?? '';
}

/** The scopes of patch definitions: asked for an offset, all of them there from the outside in. */
export function xmlScopesAt(source: string): (offset: number) => readonly string[] {
  const found: (readonly string[])[] = [];
  let state = textmate.INITIAL;
  let begin = 0;
  for (const line of source.split('\n')) {
    const done = xmlGrammar.tokenizeLine(line, state);
    state = done.ruleStack;
    for (const { startIndex, endIndex, scopes } of done.tokens)
      for (let at = startIndex; at < endIndex; at++) found[begin + at] = scopes;
    begin += line.length + 1;
  }
  return (offset) => found[offset] ?? [];
}
