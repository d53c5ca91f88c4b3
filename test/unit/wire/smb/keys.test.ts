import { describe, expect, it } from 'vitest';
import { NODE_CRYPTO } from '../../../../server/src/wire/crypto/suite.ts';
import { sessionKeys } from '../../../../server/src/wire/smb/keys.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

describe('the keys of a session', () => {
  it("are Microsoft's published ones for a 3.0 session", () => {
    const keys = sessionKeys(NODE_CRYPTO, {
      dialect: '3.0',
      cipher: 'AES-128-CCM',
      sessionKey: hex('7CD451825D0450D235424E44BA6E78CC'),
      preauthHash: Buffer.alloc(64),
    });
    expect(keys.signing).toEqual(hex('0B7E9C5CAC36C0F6EA9AB275298CEDCE'));
    expect(keys.sealing).toEqual(hex('FAD27796665B313EBB578F388632B4F7'));
    expect(keys.opening).toEqual(hex('B0F0427F7CEB416D1D9DCC0CD4F99447'));
  });

  it("are Microsoft's published ones for a 3.1.1 session", () => {
    const keys = sessionKeys(NODE_CRYPTO, {
      dialect: '3.1.1',
      cipher: 'AES-128-GCM',
      sessionKey: hex('270E1BA896585EEB7AF3472D3B4C75A7'),
      preauthHash: hex(
        '0DD13628CC3ED218EF9DF9772D436D0887AB9814BFAE63A80AA845F36909DB7928622DDDAD522D9751640A459762C5A9D6BB084CBB3CE6BDADEF5D5BCE3C6C01',
      ),
    });
    expect(keys.signing).toEqual(hex('73FE7A9A77BEF0BDE49C650D8CCB5F76'));
  });

  it('is the logon key itself before 3.0', () => {
    const sessionKey = Buffer.alloc(16, 7);
    const keys = sessionKeys(NODE_CRYPTO, {
      dialect: '2.1',
      cipher: undefined,
      sessionKey,
      preauthHash: Buffer.alloc(64),
    });
    expect(keys.signing).toEqual(sessionKey);
  });

  it('have 32 bytes where AES-256 was agreed, for encryption and not for signing', () => {
    const keys = sessionKeys(NODE_CRYPTO, {
      dialect: '3.1.1',
      cipher: 'AES-256-CCM',
      sessionKey: Buffer.alloc(16, 7),
      preauthHash: Buffer.alloc(64),
    });
    expect([keys.signing.length, keys.sealing.length, keys.opening.length]).toEqual([16, 32, 32]);
    expect(keys.sealing).not.toEqual(keys.opening);
  });
});
