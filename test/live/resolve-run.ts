/** A DNS server that answers as its names say, and scans of one machine in a workspace that asks it. */
import { afterAll, beforeAll } from 'vitest';
import { startDns, type DnsAnswer, type LabDns } from '../lab/dns-server.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { makeWorkspace, resultsOf, type Workspace } from './workspace.ts';

export const DOMAIN = 'names.example';

const said: Record<string, DnsAnswer> = {
  [`there.${DOMAIN}`]: ['127.0.0.1'],
  [`gone.${DOMAIN}`]: 'nxdomain',
  [`empty.${DOMAIN}`]: [],
  [`broken.${DOMAIN}`]: 'servfail',
  [`closed.${DOMAIN}`]: 'refused',
  [`silent.${DOMAIN}`]: 'silent',
};

/** Makes a name known from now on. */
export function say(name: string, answer: DnsAnswer): void {
  said[`${name}.${DOMAIN}`] = answer;
}

let dns: LabDns;

/** Starts the DNS server for the tests of a file. */
export function withNames(): void {
  beforeAll(async () => {
    dns = await startDns({ address: (name) => said[name] ?? 'nxdomain' });
  });
  afterAll(() => dns.stop());
}

/** A workspace whose domain asks the DNS server. */
export const workspace = (config: object = {}): Promise<Workspace> =>
  makeWorkspace(
    { directories: { names: { domain: DOMAIN, dns: [dns.target] } }, ...config },
    { env: { PATCHLAB_PASSWORD: 'fake-Passw0rd!' } },
  );

/** The failed step of a scan of one machine, and how long all of it took. */
export async function scan(machine: string, under: readonly string[] = []) {
  const begun = performance.now();
  const args = ['scan', '--machine', machine, '--user', 'x', '--format', 'json', '--allow-hosts'];
  const { code, out } = await runCli(args, { ...(await workspace()), under });
  const failed = resultsOf(out)[0]?.steps.find(({ status }) => status === 'failed');
  return { code, step: failed?.step, error: failed?.error, ms: performance.now() - begun };
}
