import { describe, expect, it } from 'vitest';
import { addressProblem } from '../../../../../client/src/features/scan/machine-address.ts';

describe('a typed machine', () => {
  it.each([
    'ws01',
    'ws01.example.test',
    ' ws01 ',
    'WS_01:445',
    '192.0.2.7',
    '192.0.2.7:4450',
    '2001:db8::7',
    '[2001:db8::7]:445',
    '[::1]',
  ])('%s can be one', (typed) => {
    expect(addressProblem(typed)).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['\\\\ws01\\C$', 'share'],
    ['smb://ws01', 'share'],
    ['ws01:0', 'port'],
    ['ws01:70000', 'port'],
    ['ws01:', 'host'],
    ['ws 01', 'host'],
    ['-ws01', 'host'],
    ['$(id)', 'host'],
  ])('%j is refused: %s', (typed, problem) => {
    expect(addressProblem(typed)).toBe(problem);
  });
});
