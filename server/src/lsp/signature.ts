/** Signature help: the parameters of a named check where it is used. */
import type { ServerCapabilities, SignatureHelp, SignatureHelpParams } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Declarations } from '../model/declarations.ts';
import { CloseParen, Comma, K, OpenParen } from '../syntax/tokens.ts';
import { placeAt } from './completion/place.ts';
import { onScript, type Session } from './session.ts';

export function serveSignatures(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onSignatureHelp(
    onScript(session, (document, { params }: { params: SignatureHelpParams }) =>
      signatureAt(document, document.offsetAt(params.position), workspace.analysis.declarations()),
    ),
  );
  return { signatureHelpProvider: { triggerCharacters: ['(', ','] } };
}

/** The check whose values are being written at an offset; `null` elsewhere. */
export function signatureAt(document: TextDocument, offset: number, { checks }: Declarations): SignatureHelp | null {
  const { before } = placeAt(document.getText(), offset);
  const open = before.findLastIndex(({ tokenType }) => tokenType === OpenParen);
  if (open < 2 || before[open - 2]?.tokenType !== K.check) return null;
  const values = before.slice(open + 1);
  if (values.some(({ tokenType }) => tokenType === CloseParen)) return null;
  const check = checks.get(before[open - 1]?.image.toLowerCase() ?? '');
  // In its own declaration the list names the parameters.
  if (!check || open === 2) return null;
  const documentation = [check.title ?? '', check.documentation ?? ''].filter(Boolean).join('\n');
  return {
    signatures: [
      {
        label: `${check.id}(${check.parameters.join(', ')})`,
        parameters: parameterSpans(check.id, check.parameters).map((label) => ({ label })),
        ...(documentation ? { documentation } : {}),
      },
    ],
    activeSignature: 0,
    activeParameter: values.filter(({ tokenType }) => tokenType === Comma).length,
  };
}

function parameterSpans(id: string, parameters: readonly string[]): readonly [number, number][] {
  let at = id.length + 1;
  return parameters.map((name) => {
    const span: [number, number] = [at, at + name.length];
    at += name.length + ', '.length;
    return span;
  });
}
