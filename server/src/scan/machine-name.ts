/** The machine that a person names: `HOST`, `HOST:PORT`, `[IPv6]:PORT`. */
import { isIP, isIPv4, isIPv6 } from 'node:net';

/** Where a machine is asked for. */
export interface MachineAddress {
  /** A host name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
}

export const SMB_PORT = 445;

/** RFC 1123 labels, and the underscore that Windows allows besides. */
const HOST_NAME = /^(?!.{254})[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?$/;
/** What the C library would read as an address in an old notation: `127.1`, `0x7f.1`, `2130706433`. */
const OLD_ADDRESS = /^(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+))*\.?$/i;

/** Reads what a person wrote, or says what is wrong with it. */
export function parseMachine(text: string): { ok: true; value: MachineAddress } | { ok: false; why: string } {
  const trimmed = text.trim();
  if (isIPv6(trimmed)) return { ok: true, value: { host: trimmed, port: SMB_PORT } };
  const match = /^(?:\[(?<six>[^\]]*)\]|(?<host>[^:[\]]*))(?::(?<port>\d{1,6}))?$/.exec(trimmed);
  const host = match?.groups?.six ?? match?.groups?.host ?? '';
  const bad = { ok: false as const, why: `"${text}" is no machine: write HOST, HOST:PORT or [IPv6]:PORT` };
  if (match?.groups?.six !== undefined ? !isIPv6(host) : !isIPv4(host) && !isHostName(host)) return bad;
  const port = match?.groups?.port === undefined ? SMB_PORT : Number(match.groups.port);
  if (port < 1 || port > 65535) return { ok: false, why: `${port} is no port: a port is 1 to 65535` };
  return { ok: true, value: { host, port } };
}

function isHostName(host: string): boolean {
  return HOST_NAME.test(host) && !OLD_ADDRESS.test(host);
}

/** The address as a person writes it; the port only where it is not SMB's. */
export function formatMachine({ host, port }: MachineAddress): string {
  const shown = isIP(host) === 6 && port !== SMB_PORT ? `[${host}]` : host;
  return port === SMB_PORT ? shown : `${shown}:${port}`;
}
