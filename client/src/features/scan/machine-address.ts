/** A machine as a person types it: `HOST` or `HOST:PORT`, an IPv6 address in brackets where a port follows. */

const HOST =
  /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253})|\[[0-9A-Fa-f:.]+\]|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/;

export type AddressProblem = 'empty' | 'share' | 'port' | 'host';

/** What is wrong with a typed machine; `undefined` when it can be a host name or address. */
export function addressProblem(typed: string): AddressProblem | undefined {
  const text = typed.trim();
  if (!text) return 'empty';
  if (/[\\/]/.test(text)) return 'share';
  const port = /^(.*[^:]|\[.*\]):(\d+)$/.exec(text);
  const isIpv6 = text.split(':').length > 2 && !text.startsWith('[');
  if (!port || isIpv6) return HOST.test(text) ? undefined : 'host';
  const number = Number(port[2]);
  if (number < 1 || number > 65_535) return 'port';
  return HOST.test(port[1] ?? '') ? undefined : 'host';
}
