import { describe, expect, it } from 'vitest';
import { rc4 } from '../../../../server/src/wire/crypto/rc4.ts';

describe('RC4', () => {
  it.each([
    ['Key', 'Plaintext', 'bbf316e8d940af0ad3'],
    ['Wiki', 'pedia', '1021bf0420'],
    ['Secret', 'Attack at dawn', '45a01f645fc35b383552544b9bf5'],
  ])('with key "%s" makes of "%s" the known bytes', (key, text, expected) => {
    expect(rc4(Buffer.from(key))(Buffer.from(text)).toString('hex')).toBe(expected);
  });

  it('goes on with its stream from call to call', () => {
    const stream = rc4(Buffer.from('Key'));
    const parts = ['Plain', 'text'].map((text) => stream(Buffer.from(text)));
    expect(Buffer.concat(parts).toString('hex')).toBe('bbf316e8d940af0ad3');
  });
});
