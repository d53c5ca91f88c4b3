/** What is typed in tags means something in XML alone: in a script it must not hold up what the next letter asks for. */
import type { CompletionMiddleware } from 'vscode-languageclient/node';

const ONLY_XML: ReadonlySet<string> = new Set(['<', '/']);

export const TRIGGERS: CompletionMiddleware = {
  provideCompletionItem: (...asked) => {
    const [document, position, context, token, next] = asked;
    const asksForNothing = document.languageId === 'detect' && ONLY_XML.has(context.triggerCharacter ?? '');
    return asksForNothing ? undefined : next(document, position, context, token);
  },
};
