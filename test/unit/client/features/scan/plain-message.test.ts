import { expect, it } from 'vitest';
import { plainMessage } from '../../../../../client/src/features/scan/plain-message.ts';

it('leaves no link and no control character in a message', () => {
  expect(plainMessage('[run](command:x) \u001b[31m[a]](b)')).toBe('[run] (command:x) \ufffd[31m[a]] (b)');
});

it('leaves other texts as they are', () => {
  expect(plainMessage('ws01: error 451 (logon) [x]')).toBe('ws01: error 451 (logon) [x]');
});
