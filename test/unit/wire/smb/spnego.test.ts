import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../../server/src/wire/failure.ts';
import {
  answerToken,
  initToken,
  mechanismList,
  readMechanisms,
  readNegTokenResp,
} from '../../../../server/src/wire/smb/spnego.ts';

const NTLM = Buffer.from('060a2b06010401823702020a', 'hex');

describe('SPNEGO', () => {
  it('offers one mechanism, and reads such an offer', () => {
    const token = initToken(NTLM, Buffer.alloc(300, 1));
    expect(readMechanisms(token)).toEqual([NTLM]);
    expect(token.includes(mechanismList(NTLM))).toBe(true);
  });

  it('reads an answer of a long token and a MIC', () => {
    const token = Buffer.alloc(700, 2);
    const mic = Buffer.alloc(16, 3);
    expect(readNegTokenResp(answerToken(token, mic))).toEqual({ state: undefined, mechanism: undefined, token, mic });
  });

  it('reads the end of a logon', () => {
    const done = Buffer.from('a1093007a0030a0100', 'hex');
    expect(() => readNegTokenResp(done)).toThrow(WireError);
    expect(readNegTokenResp(Buffer.from('a1073005a0030a0100', 'hex')).state).toBe('completed');
  });

  it('fails as a malformed reply, and in no other way, on any bytes', () => {
    const good = answerToken(Buffer.alloc(40, 2), Buffer.alloc(16, 3));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, length) => {
        const changed = Buffer.from(good.subarray(0, length));
        if (at < changed.length) changed[at] = byte;
        for (const read of [readNegTokenResp, readMechanisms]) {
          try {
            read(changed);
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
