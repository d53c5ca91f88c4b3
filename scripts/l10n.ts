/**
 * Collects the texts of the client that a person sees (`l10n.t(...)`) into l10n/bundle.l10n.json, which translations are made
 * from. The texts of the manifest are in package.nls.json.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.dirname(import.meta.dirname);
const CLIENT = path.join(ROOT, 'client/src');

export const BUNDLE_FILE = path.join(ROOT, 'l10n/bundle.l10n.json');

/** A text as it is written, or each of two that a condition chooses from. */
function written(text: ts.Expression | undefined, name: string): readonly string[] {
  if (text && ts.isStringLiteralLike(text)) return [text.text];
  if (text && ts.isConditionalExpression(text))
    return [text.whenTrue, text.whenFalse].flatMap((one) => written(one, name));
  throw new Error(`${name}: a text to translate must be written out: ${text?.getText() ?? ''}`);
}

/** The texts of one source, in its order. One that is not written out cannot be translated, and throws. */
export function textsOf(source: string, name: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t') {
      texts.push(...written(node.arguments[0], name));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true));
  return texts;
}

/** The bundle of the sources as they are now. */
export function bundleOfSources(): string {
  const sources = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const texts = sources.flatMap((file) => textsOf(readFileSync(path.join(CLIENT, file), 'utf8'), file));
  const sorted = [...new Set(texts)].sort();
  return `${JSON.stringify(Object.fromEntries(sorted.map((text) => [text, text])), null, 2)}\n`;
}

if (import.meta.main) writeFileSync(BUNDLE_FILE, bundleOfSources());
