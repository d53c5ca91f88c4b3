import { expect, it } from 'vitest';
import { describeFailure } from '../../../../../client/src/features/scan/describe.ts';

it('says code, meaning, raw cause and remedy of a failed step', () => {
  const failed = {
    step: 2,
    name: 'share',
    code: '301',
    meaning: 'The share C$ cannot be reached.',
    raw: 'STATUS_BAD_NETWORK_NAME (0xC00000CC)',
    remedy: 'Share the system drive.',
    validate: 'net use \\\\HOST\\C$',
  };
  expect(describeFailure(failed)).toBe(
    'error 301 in step 2 (share). The share C$ cannot be reached. ' +
      'Cause: STATUS_BAD_NETWORK_NAME (0xC00000CC). Share the system drive.',
  );
});
