/** `netbios` of patchlab.json: the name servers that are asked besides the local networks. */
import { isIPv4 } from 'node:net';
import { parseMachine, SMB_PORT } from '../machine-name.ts';
import { NAME_SERVICE_PORT, type NameServer } from '../../wire/netbios/name-service.ts';
import { GroupError } from './group.ts';

export type { NameServer };

const MOST = 8;

/** Reads `{ "servers": ["ADDRESS", "ADDRESS:PORT"] }`; throws a GroupError. */
export function parseNameServers(value: unknown): readonly NameServer[] {
  const wrong = () =>
    new GroupError(
      `"netbios" must be { "servers": [...] } with at most ${MOST} IPv4 addresses, ADDRESS or ADDRESS:PORT`,
    );
  if (typeof value !== 'object' || value === null || Object.keys(value).some((key) => key !== 'servers')) throw wrong();
  const servers: unknown = 'servers' in value ? value.servers : [];
  if (!Array.isArray(servers) || servers.length > MOST) throw wrong();
  return servers.map((text: unknown) => {
    const parsed = typeof text === 'string' ? parseMachine(text) : undefined;
    if (parsed?.ok !== true || !isIPv4(parsed.value.host)) throw wrong();
    const { host, port } = parsed.value;
    return { address: host, port: port === SMB_PORT ? NAME_SERVICE_PORT : port };
  });
}
