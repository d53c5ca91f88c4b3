/** A key of `HKLM\SOFTWARE` without a view: on 64-bit Windows the keys of 32-bit programs are not seen. */
import { everywhere } from '../everywhere.ts';
import type { Rule } from '../rule.ts';

/** Keys that both views share, or that Windows itself keeps in its own view alone. */
const OWN_VIEW = [
  ...['Classes', 'Clients', 'Policies', 'RegisteredApplications', 'Microsoft\\Windows NT', 'Microsoft\\Cryptography'],
  ...['Microsoft\\SystemCertificates', 'Microsoft\\EnterpriseCertificates', 'Microsoft\\Windows', 'Wow6432Node'],
].map((key) => key.toLowerCase());
const UNINSTALL = 'microsoft\\windows\\currentversion\\uninstall';

export const defaultView: Rule = {
  code: 'default-view',
  severity: 'hint',
  summary: 'A key of `HKLM\\SOFTWARE` is read in the default view alone.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      key(key, view) {
        const first = key.parts[0];
        if (view !== undefined || first?.kind !== 'text') return;
        const below = /^(?:HKLM|HKEY_LOCAL_MACHINE)\\SOFTWARE\\(.+)$/i.exec(first.text)?.[1]?.toLowerCase();
        if (below === undefined || isOwn(below)) return;
        const message =
          'On 64-bit Windows this sees the keys of 64-bit programs alone. Say `view both`, or `view 64` or `view 32` where it is known.';
        add({ message, at: key.at });
      },
    })),
};

function isOwn(below: string): boolean {
  if (below.startsWith(UNINSTALL)) return false;
  return OWN_VIEW.some((key) => below === key || below.startsWith(`${key}\\`));
}
