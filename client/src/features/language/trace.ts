/** The log of messages between editor and server. The password of a scan is one of them, and no log holds it. */
import type { LogOutputChannel } from 'vscode';

const PASSWORD = /("password"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/** A message as JSON, without what must never be written down. */
export function withoutPasswords(text: string): string {
  return text.replace(PASSWORD, '$1"***"');
}

/** The same log, to which messages can be given as they are. */
export function traceLog(log: LogOutputChannel): LogOutputChannel {
  const trace = (message: string, ...more: readonly unknown[]): void => log.trace(withoutPasswords(message), ...more);
  return Object.create(log, { trace: { value: trace } }) as LogOutputChannel;
}
