import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../../server/src/scan/directory/answer.ts';
import { BerError } from '../../../../server/src/scan/directory/ber.ts';

/** An element: tag, definite length, contents. */
function element(tag: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(contents.map((each) => Buffer.from(each)));
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 255]), body]);
}

const number = (value: number, tag = 2) => element(tag, Buffer.from([value]));
const text = (value: string) => element(4, value);
const attribute = (name: string, ...values: readonly string[]) =>
  element(0x30, text(name), element(0x31, ...values.map(text)));

const ENTRY = Buffer.concat([
  number(7),
  element(
    0x64,
    text('CN=WS1,DC=lab'),
    element(0x30, attribute('dNSHostName', 'ws1.lab.example'), attribute('objectClass', 'top', 'computer')),
  ),
]);
const PAGE = element(4, element(0x30, number(0), text('next')));
const DONE = Buffer.concat([
  number(7),
  element(0x65, number(0, 10), text(''), text('')),
  element(0xa0, element(0x30, text('1.2.840.113556.1.4.319'), element(1, Buffer.from([0])), PAGE)),
]);
const REFERRAL = Buffer.concat([
  number(7),
  element(0x65, number(10, 10), text('DC=lab'), text('elsewhere'), element(0xa3, text('ldap://x/'), text('ldap://y/'))),
]);

describe('an answer of a directory', () => {
  it('is an entry with its attributes by their names in lower case', () => {
    const answer = readAnswer(ENTRY);
    expect(answer).toMatchObject({ kind: 'entry', id: 7, entry: { dn: 'CN=WS1,DC=lab' } });
    expect(answer.kind === 'entry' && [...answer.entry.attributes]).toEqual([
      ['dnshostname', ['ws1.lab.example']],
      ['objectclass', ['top', 'computer']],
    ]);
  });

  it('is a result, with the cookie of the next page', () => {
    const answer = readAnswer(DONE);
    expect(answer).toMatchObject({ kind: 'result', id: 7, result: { code: 0, referrals: [] } });
    expect(answer.kind === 'result' && answer.cookie.toString()).toBe('next');
  });

  it('is a referral, which is a result like any other', () => {
    expect(readAnswer(REFERRAL)).toMatchObject({
      result: { code: 10, matched: 'DC=lab', message: 'elsewhere', referrals: ['ldap://x/', 'ldap://y/'] },
    });
  });

  it('that is cut short anywhere is refused', () => {
    for (const whole of [ENTRY, DONE, REFERRAL])
      for (let length = 0; length < whole.length - 1; length++)
        if (length !== DONE.length && length !== whole.indexOf(element(0xa0).subarray(0, 1)))
          expect(() => readAnswer(whole.subarray(0, length)), `${length}`).toThrow(BerError);
  });

  it.each([
    ['an indefinite length', Buffer.from([0x02, 0x01, 0x07, 0x64, 0x80, 0, 0])],
    ['a length of five bytes', Buffer.from([0x02, 0x85, 0, 0, 0, 0, 1, 7])],
    ['a tag of several bytes', Buffer.from([0x1f, 0x81, 0x01, 0])],
    ['an element longer than the one around it', Buffer.concat([number(7), Buffer.from([0x64, 4, 0x04, 9, 65, 66])])],
    ['a request', Buffer.concat([number(7), element(0x63)])],
  ])('with %s is refused', (_, bytes) => {
    expect(() => readAnswer(bytes)).toThrow(BerError);
  });

  it('with any bytes changed is read or refused, soon, and never anything else', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(ENTRY, DONE, REFERRAL), changes, (whole, all) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of all) bytes[at % bytes.length] = value;
        try {
          readAnswer(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(BerError);
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
