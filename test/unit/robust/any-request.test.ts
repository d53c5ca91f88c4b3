import { PassThrough } from 'node:stream';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../server/src/lsp/server.ts';
import { requestsAt } from '../../support/lsp-requests.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';
import { anything, damaged, Draw, SEED } from './cases.ts';
import { SCRIPTS, XML } from './sources.ts';

/** The server in this process, over streams that speak the protocol. */
async function inProcess(): Promise<ProtocolConnection> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)));
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders: [] });
  await client.sendNotification('initialized', {});
  return client;
}

interface Case {
  readonly label: string;
  readonly uri: string;
  readonly text: string;
  readonly offset: number;
}

function makeCase(number: number, folder: string): Case {
  const draw = new Draw(number);
  const language = number % 3 === 0 ? 'xml' : 'script';
  const uri = `${folder}/any.${language === 'xml' ? 'patches.xml' : 'detect'}`;
  const text =
    number % 5 === 0 ? anything(draw, language) : damaged(draw, language === 'xml' ? XML : SCRIPTS, language);
  return { label: `request ${number} of PATCHLAB_SEED=${SEED}`, uri, text, offset: draw.below(text.length + 1) };
}

/** Every request about a text: each ends with a result, or is refused with a sentence for people. Gives how many had one. */
async function ask(client: ProtocolConnection, version: number, { label, uri, text, offset }: Case): Promise<number> {
  const document = TextDocument.create(uri, 'detect', version, text);
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'detect', version, text },
  });
  const requests = requestsAt(uri, document.positionAt(offset));
  const replies = await Promise.all(
    requests.map(({ method, params }) =>
      client.sendRequest(method, params).then(
        (result) => ({ method, size: JSON.stringify(result ?? null).length }),
        (error: unknown) => ({ method, error: error as { readonly code?: number; readonly message?: string } }),
      ),
    ),
  );
  for (const reply of replies) {
    const told = `${label}: ${reply.method} ${JSON.stringify(reply)}\n${JSON.stringify(text)}`;
    // Internal errors are defects; a name that cannot be changed, or a recording that is not there, is refused otherwise.
    if ('error' in reply)
      expect(reply.error.code === -32603 && !/^[A-Z`"].*\.$/s.test(reply.error.message ?? ''), told).toBe(false);
    else expect(reply.size, told).toBeLessThan(200_000 + 2000 * text.length);
  }
  await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return replies.filter((reply) => 'size' in reply && reply.size > 'null'.length).length;
}

describe('every request about any text', { timeout: 300_000 }, () => {
  let lsp: LspFixture;
  beforeAll(async () => {
    lsp = await LspFixture.start({});
  });
  afterAll(() => lsp.stop());

  it('has an answer over the protocol', async () => {
    const client = await inProcess();
    let answered = 0;
    for (let number = 0; number < 500; number++) answered += await ask(client, number, makeCase(number, 'file:///any'));
    client.dispose();
    expect(answered).toBeGreaterThan(5000);
  });

  it('has an answer from the bundled server over stdio', async () => {
    let answered = 0;
    const folder = lsp.uri('x').replace(/\/x$/, '');
    for (let number = 0; number < 40; number++)
      answered += await ask(lsp.client.connection, number, makeCase(1000 + number, folder));
    expect(answered).toBeGreaterThan(400);
  });
});
