/**
 * Whether a hotfix is installed. Component Based Servicing (Windows Vista and newer) keeps a key a package whose
 * `CurrentState` is 0x70 (112) when it is installed; any other state is staged, pending or gone. Older Windows keep
 * `Windows NT\CurrentVersion\Hotfix\KB…` with `Installed` = 1.
 */
import { observe, type Context } from './context.ts';
import { or, proven, unknown, TRUE, type Judged, type Tri } from './kleene.ts';
import type { Read } from './values.ts';

const PACKAGES = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const HOTFIX = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Hotfix';
const INSTALLED = '112';

/** Judges `hotfix KB… is installed`. */
export function hotfixInstalled(context: Context, kb: string): Judged {
  const serviced = byServicing(context, kb);
  if (serviced.verdict !== 'false') return serviced;
  const path = `${HOTFIX}\\${kb.toUpperCase()}`;
  return judge(observe<'value'>(context, { kind: 'value', hive: 'HKLM', path, name: 'Installed' }), '1');
}

function byServicing(context: Context, kb: string): Judged {
  const names = observe<'subkeys'>(context, { kind: 'subkeys', hive: 'HKLM', path: PACKAGES });
  if (names.state === 'unreadable') return unknown(names.reason);
  if (names.state !== 'present') return { verdict: names.state === 'pending' ? 'pending' : 'false' };
  let verdict: Tri = 'false';
  let reason: string | undefined;
  for (const name of packagesOf(names.value, kb)) {
    const path = `${PACKAGES}\\${name}`;
    const state = judge(
      observe<'value'>(context, { kind: 'value', hive: 'HKLM', path, name: 'CurrentState' }),
      INSTALLED,
    );
    if (state.verdict === 'true') return TRUE;
    verdict = or(verdict, state.verdict);
    reason ??= state.reason;
  }
  return reason === undefined ? { verdict } : { verdict, reason };
}

function judge(read: Read<{ readonly data: string | readonly string[] }>, expected: string): Judged {
  if (read.state === 'unreadable') return unknown(read.reason);
  if (read.state === 'pending') return { verdict: 'pending' };
  return proven(read.state === 'present' && read.value.data === expected);
}

const indexes = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** Packages that carry a KB in their name: thousands of packages, asked for by hundreds of checks, are looked through once. */
function packagesOf(names: readonly string[], kb: string): readonly string[] {
  let index = indexes.get(names);
  if (index === undefined) {
    const made = new Map<string, string[]>();
    for (const name of names) {
      for (const match of name.matchAll(/(?:^|_)(KB\d{5,8})(?=[_~]|$)/gi)) {
        const id = (match[1] ?? '').toLowerCase();
        const list = made.get(id) ?? [];
        if (!list.includes(name)) list.push(name);
        made.set(id, list);
      }
    }
    index = made;
    indexes.set(names, index);
  }
  return index.get(kb.toLowerCase()) ?? [];
}
