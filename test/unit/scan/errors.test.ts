import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allPages } from '../../../scripts/error-pages.ts';
import { PROVOKED } from '../../../scripts/error-provoked.ts';
import { errorOfFailure } from '../../../server/src/scan/error-causes.ts';
import { ERROR_TABLE } from '../../../server/src/scan/error-table.ts';
import { scanError } from '../../../server/src/scan/errors.ts';
import { describeRaw, type RawFailure } from '../../../server/src/scan/failure.ts';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const AT = { host: 'ws01', port: 4450 };
const socket = (code: string): RawFailure => ({ kind: 'socket', code, message: code });
const status = (code: string, number: number): RawFailure => ({ kind: 'ntstatus', code, number, message: '' });

describe('the error table', () => {
  it('has every code once', () => {
    const codes = ERROR_TABLE.map((row) => row.code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('has one page for each row, and no other pages', () => {
    const pages = allPages();
    expect(readdirSync('docs/errors').sort()).toEqual([...pages.keys()].sort());
    for (const [name, text] of pages) expect(readFileSync(`docs/errors/${name}`, 'utf8'), name).toBe(text);
  });

  it('has no code that no test provokes', () => {
    for (const { code } of ERROR_TABLE) {
      const { file, test, by } = PROVOKED[code];
      const text = readFileSync(file, 'utf8');
      const quoted = escaped(test).replaceAll("'", "\\\\?'");
      expect(text, `${file} has no test "${test}"`).toMatch(new RegExp(`(it|\\)|\\])\\(\\s*['"]${quoted}['"]`));
      expect(text, `${file} asserts no ${code}`).toMatch(new RegExp(`['"]${code}['"]`));
      expect(text.includes('startLiar'), `${file} is not what it says`).toBe(by === 'scripted server');
    }
  });

  it('keeps codes of its own apart from those of the families that it follows', () => {
    for (const row of ERROR_TABLE) expect(row.code, row.code).toMatch(row.step >= 4 ? /^PL/ : /^(PL1|[2345])\d\d$/);
    for (const row of ERROR_TABLE) if (row.code.startsWith('PL')) expect(row.code[2]).toBe(String(row.step));
    for (const row of ERROR_TABLE) expect(row.source === 'patchlab', row.code).toBe(row.code.startsWith('PL'));
  });

  it('fills in the host and the port', () => {
    for (const row of ERROR_TABLE) {
      const error = scanError(row.code, { raw: socket('EX'), ...AT });
      expect(error.validate + error.remedy, row.code).not.toMatch(/\{host\}|\{port\}/);
    }
    expect(scanError('235', { raw: socket('ETIMEDOUT'), ...AT }).remedy).toContain('4450');
    expect(scanError('301', { raw: socket('EX'), ...AT }).validate).toBe('net use \\\\ws01\\C$ /user:NAME *');
  });
});

describe('raw causes', () => {
  it.each([
    [1, socket('ENOTFOUND'), '200'],
    [1, socket('EAI_AGAIN'), '201'],
    [1, socket('ESERVFAIL'), '202'],
    [2, socket('ECONNREFUSED'), '261'],
    [2, socket('ETIMEDOUT'), '235'],
    [2, socket('EHOSTUNREACH'), '235'],
    [2, socket('ENETUNREACH'), '230'],
    [2, status('STATUS_BAD_NETWORK_NAME', 0xc00000cc), '301'],
    [2, status('STATUS_REQUEST_NOT_ACCEPTED', 0xc00000d0), '302'],
    [2, status('STATUS_ACCESS_DENIED', 0xc0000022), '451'],
    [2, status('STATUS_NTLM_BLOCKED', 0xc0000418), '451'],
    [2, status('STATUS_NOT_SUPPORTED', 0xc00000bb), '452'],
    [2, status('STATUS_SOMETHING_NEW', 0xc0999999), '452'],
    [2, { kind: 'protocol', code: 'UNSIGNED_REPLY', message: 'the reply is not signed' }, '452'],
    [3, status('STATUS_OBJECT_NAME_NOT_FOUND', 0xc0000034), '553'],
    [3, status('STATUS_PIPE_NOT_AVAILABLE', 0xc00000ac), '553'],
    [3, { kind: 'win32', code: 'ERROR_ACCESS_DENIED', number: 5, message: '' }, '501'],
    [3, socket('ECONNRESET'), '503'],
    [3, { kind: 'timeout', code: 'TIMEOUT', message: 'no answer' }, '502'],
  ] as const)('of step %i, %o, lead to %s', (step, raw, code) => {
    expect(errorOfFailure(step, raw, AT).code).toBe(code);
  });

  it('lead with the true reason, and the family follows', () => {
    const error = errorOfFailure(2, status('STATUS_LOGON_FAILURE', 0xc000006d), AT);
    expect(error.meaning).toMatch(/^The user name or the password is wrong\. Administrator rights/);
    expect(error.raw).toBe('STATUS_LOGON_FAILURE (0xC000006D)');
    expect(error.remedy).toContain('password');
  });

  it('are told with their number where they have one', () => {
    expect(describeRaw({ kind: 'win32', code: 'ERROR_ACCESS_DENIED', number: 5, message: '' })).toBe(
      'ERROR_ACCESS_DENIED (5)',
    );
    expect(describeRaw(socket('ECONNREFUSED'))).toBe('ECONNREFUSED');
    expect(describeRaw({ kind: 'timeout', code: 'TIMEOUT', message: 'no answer in 5 s' })).toBe(
      'TIMEOUT: no answer in 5 s',
    );
  });
});
