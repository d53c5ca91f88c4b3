/** Every release of Windows through the real step 4, from a recording. */
import { describe, expect, it } from 'vitest';
import { parseSnapshot } from '../../../../server/src/machine/snapshot/parse.ts';
import { SnapshotMachine } from '../../../../server/src/machine/snapshot/snapshot-machine.ts';
import { WINDOWS_FAMILIES } from '../../../../server/src/model/windows-names.ts';
import { Known } from '../../../../server/src/scan/known.ts';
import { Observer } from '../../../../server/src/scan/observe.ts';
import { determineOs } from '../../../../server/src/scan/steps/os.ts';
import { recordingOf } from './recording.ts';
import { RELEASES, type Release } from './releases.ts';

const never = new AbortController().signal;

async function step4(release: Release) {
  const parsed = parseSnapshot(recordingOf(release));
  if (!parsed.ok) throw new Error('the recording is none');
  const machine = new SnapshotMachine(parsed.snapshot);
  const reached = { machine, lost: () => undefined, stillThere: () => Promise.resolve(undefined), challengeNames: [] };
  const observer = new Observer(reached, new Known(), { cancel: never, deadline: never });
  const found = await determineOs(observer, { challengeNames: [], variableNames: new Set(), now: machine.time });
  if (!found.ok) throw new Error(`${found.error.meaning} ${found.error.raw}`);
  return { os: found.value.target.os, warning: found.warning };
}

describe('a recorded Windows', () => {
  it.each(RELEASES.map((release) => [release.about, release] as const))('%s is recognised', async (_, release) => {
    const { os, warning } = await step4(release);
    expect(os).toMatchObject(release.expected);
    expect(os.build).toBe(release.build);
    expect(warning).toBeUndefined();
  });

  it.each(RELEASES.map((release) => [release.about, release] as const))(
    '%s is told from its neighbour by the system files',
    async (_, release) => {
      const [major, minor, build = '0', revision] = release.files.split('.');
      const files = [major, minor, Number(build) - 7, revision].join('.');
      const { warning } = await step4({ ...release, files });
      expect(warning).toContain(`the system files say ${files}`);
    },
  );

  it('is there for every family that content can name, but Windows 2000', async () => {
    const found = new Set((await Promise.all(RELEASES.map(step4))).flatMap(({ os }) => os.names));
    const missing = WINDOWS_FAMILIES.map(({ id }) => id).filter((id) => !found.has(id));
    expect(missing).toEqual(['windows-2000']);
  });

  it('names the page of its values', () => {
    for (const { about, from } of RELEASES) {
      expect(from.length, about).toBeGreaterThan(0);
      for (const page of from) expect(page).toMatch(/^https:\/\/[\w.-]+\/\S+$/);
    }
    expect(RELEASES.length).toBeGreaterThanOrEqual(50);
  });
});
