import { expect, it } from 'vitest';
import { withoutPasswords } from '../../../../../client/src/features/language/trace.ts';

it('a traced message keeps everything but the password, however it is written', () => {
  const params = { target: { host: 'ws01', user: 'admin', password: 'a "quoted" \\ one' }, include: ['x'] };
  for (const text of [JSON.stringify(params), JSON.stringify(params, null, 4)]) {
    const shown = withoutPasswords(`Sending request 'patchlab/scan - (3)'.\nParams: ${text}`);
    expect(shown).not.toContain('quoted');
    expect(shown).toContain('"***"');
    const parsed = JSON.parse(shown.slice(shown.indexOf('{'))) as typeof params;
    expect(parsed).toEqual({ ...params, target: { ...params.target, password: '***' } });
  }
});
