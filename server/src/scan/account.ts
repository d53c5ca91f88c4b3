/** The account of one product or patch on a machine whose scan has been kept. */
import { accountOf, type Account } from '../evaluate/account.ts';
import type { Machine } from '../machine/port.ts';
import type { Content } from '../model/content.ts';
import { evaluateAgain } from './kept.ts';

export interface AccountOnOptions {
  readonly content: Content;
  readonly id: string;
  readonly signal: AbortSignal;
}

/** From what the scan observed; nothing where the operating system is not told, or there is no such id. */
export async function accountOn(
  machine: Machine,
  { content, id, signal }: AccountOnOptions,
): Promise<Account | undefined> {
  const evaluated = await evaluateAgain(machine, content, { signal, without: new Set() });
  return evaluated && accountOf(id, { content, ...evaluated });
}
