/** Every kind of request: cancelled, about what is not there, and beyond the end of a text. */
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsAt, type AnyRequest } from '../../support/lsp-requests.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const MANY = 1000;
const CANCELLED = -32800;
const START = { line: 0, character: 0 };
const SCRIPT = `product p "P" {
  let home = "%ProgramFiles%\\P"
  installed when file "\${home}\\p.exe" exists
}
patch P-1 fixes p { installed when check c("\${home}", 1.0) }
check c(path, least) { file "\${path}" version >= least }
`;
const XML = `<patches xmlns="urn:patchlab:patches:1">
  <patch id="P-2" title="Two"><fixes><product ref="p"/></fixes><supersedes ref="P-1"/><note why="n"/></patch>
</patches>
`;

/** A thousand files that use one name: an edit of it concerns all. */
const LARGE: Readonly<Record<string, string>> = {
  'p.detect': SCRIPT,
  ...Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [
      `many/f${index}.detect`,
      `patch M-${index + 1} "Many" fixes p { supersedes M-${index}  installed when file "\${home}\\f${index}.dll" exists }\n`,
    ]),
  ),
};

interface Ended {
  readonly method: string;
  /** The error's code, or nothing where there is a result. */
  readonly code: unknown;
}

async function ended(lsp: LspFixture, { method, params }: AnyRequest, cancel: boolean): Promise<Ended> {
  const source = new CancellationTokenSource();
  const asked = lsp.client.connection.sendRequest(method, params, source.token);
  if (cancel) source.cancel();
  return asked.then(
    () => ({ method, code: undefined }),
    (error: unknown) => ({ method, code: (error as { code?: unknown }).code }),
  );
}

describe('the list of requests', () => {
  it('has every capability that the server announces', async () => {
    const lsp = await LspFixture.start({});
    const announced = Object.keys(lsp.client.initialized?.capabilities ?? {}).filter((one) => one.endsWith('Provider'));
    const asked = new Set(requestsAt('file:///x', START).map(({ provider }) => provider));
    expect(announced.filter((one) => !asked.has(one))).toEqual([]);
    await lsp.stop();
  });
});

describe('every request', () => {
  let lsp: LspFixture;
  beforeAll(async () => {
    lsp = await LspFixture.start(LARGE);
  });
  afterAll(() => lsp.stop());

  it('is answered as cancelled without waiting for the files, as one that was not cancelled does', async () => {
    const order: string[] = [];
    const busy = await LspFixture.start(LARGE);
    const patient = busy.ask('workspace/symbol', { query: 'M-1000' }).then(() => order.push('workspace/symbol'));
    const requests = requestsAt(busy.uri('p.detect'), START);
    const all = await Promise.all(
      requests.map(async (one) => {
        const result = await ended(busy, one, true);
        order.push('cancelled');
        return result;
      }),
    );
    expect(all).toEqual(requests.map(({ method }) => ({ method, code: CANCELLED })));
    await patient;
    // It was asked before all of them.
    expect(order[0]).toBe('cancelled');
    expect(order).toHaveLength(requests.length + 1);
    await busy.stop();
  });

  it('is answered as cancelled, or with what it asked for, right after an edit that concerns every file', async () => {
    const uri = lsp.uri('p.detect');
    await lsp.ask('workspace/symbol', { query: '' });
    await lsp.client.open(uri, SCRIPT);
    for (const [index, request] of requestsAt(uri, { line: 0, character: 8 }).entries()) {
      await lsp.client.change(uri, index + 2, SCRIPT.replaceAll(/\bp\b/g, `p${index}`));
      const { method, code } = await ended(lsp, request, true);
      expect([method, code === undefined || code === CANCELLED ? 'fine' : code]).toEqual([method, 'fine']);
    }
    expect(await lsp.ask('workspace/symbol', { query: 'M-1000' })).toHaveLength(1);
    await lsp.close('p.detect');
  });
});

describe('a request about what is not there', () => {
  let lsp: LspFixture;
  beforeAll(async () => {
    lsp = await LspFixture.start({ 'p.detect': SCRIPT, 'q.patches.xml': XML });
  });
  afterAll(() => lsp.stop());

  /** Each reply on a line; a refusal as such. */
  async function replies(uri: string, position = START): Promise<readonly string[]> {
    // A lens that is resolved comes back with the place that it was asked with.
    const leftOut = ['patchlab/scan', 'codeLens/resolve'];
    const all = requestsAt(uri, position).filter(({ method }) => !leftOut.includes(method));
    return Promise.all(
      all.map(async ({ method, params }) => {
        const reply = await lsp.ask(method, params).then(
          (answer) => JSON.stringify(answer),
          (error: unknown) => `refused: ${error instanceof Error ? error.message : String(error)}`,
        );
        // The ids of semantic tokens count on.
        return `${method} ${reply?.replace(/"resultId":"\d+"/, '')}`;
      }),
    );
  }

  const OF_NOTHING = /^(textDocument\/(?!diagnostic)\S+ null|textDocument\/diagnostic .*"items":\[\]\})$/;
  const aboutDocument = (all: readonly string[]): readonly string[] =>
    all.filter((one) => one.startsWith('textDocument/'));

  it.each(['gone.detect', 'gone.patches.xml', 'folder'])('is nothing for `%s`, which nobody has', async (name) => {
    const all = aboutDocument(await replies(lsp.uri(name)));
    expect(all.filter((one) => !OF_NOTHING.test(one))).toEqual([]);
    expect(all.length).toBeGreaterThan(20);
  });

  it.each(['', 'nonsense', 'untitled:Untitled-1', 'file://192.0.2.1/share/x.detect', 'git:/p.detect?HEAD'])(
    'is nothing for the URI `%s`',
    async (uri) => {
      expect(aboutDocument(await replies(uri)).filter((one) => !OF_NOTHING.test(one))).toEqual([]);
    },
  );

  it('is nothing for a document that was opened, was never on disk and is closed again', async () => {
    const { textDocument } = await lsp.open('brief.detect', SCRIPT.replaceAll('p ', 'brief '));
    expect(await lsp.ask('textDocument/documentSymbol', { textDocument })).toHaveLength(3);
    await lsp.close('brief.detect');
    const all = aboutDocument(await replies(textDocument.uri));
    expect(all.filter((one) => !OF_NOTHING.test(one))).toEqual([]);
  });

  it('is as on disk for a document that was edited and closed without saving', async () => {
    const before = await replies(lsp.uri('p.detect'), { line: 0, character: 8 });
    await lsp.open('p.detect', 'check other { windows.build > 1 }\n');
    expect(await replies(lsp.uri('p.detect'), { line: 0, character: 8 })).not.toEqual(before);
    await lsp.close('p.detect');
    expect(await replies(lsp.uri('p.detect'), { line: 0, character: 8 })).toEqual(before);
  });

  it.each(['p.detect', 'q.patches.xml'])(
    'beyond the text of %s is as at its end or at the end of its line',
    async (name) => {
      const text = name === 'p.detect' ? SCRIPT : XML;
      const lines = text.split('\n');
      const at = (line: number, character: number): Promise<readonly string[]> =>
        replies(lsp.uri(name), { line, character });
      const most = 2 ** 31 - 1;
      const end = await at(lines.length - 1, 0);
      expect(await at(most, most)).toEqual(end);
      expect(await at(lines.length, 5)).toEqual(end);
      expect(await at(0, most)).toEqual(await at(0, lines[0]?.length ?? 0));
    },
  );
});
