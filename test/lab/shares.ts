/** Shares that come and go while a machine runs: what smbd calls for its clients, and the same for tests. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runOrThrow } from './run-program.ts';

/**
 * What smbd runs when a client adds or removes a share. Samba hands `C:\\` over as `/`, and `D:\\` too: the machine's own drive takes
 * its place, never this machine's root. One at a time: a share that is taken away while another command is still at its settings
 * would come back by them.
 */
export function writeShareCommands(folder: string): void {
  const commands = {
    'add-share': [
      `[ "$3" = / ] || exit 1`,
      `net -s "$1" conf addshare "$2" "${path.join(folder, 'C')}" writeable=n guest_ok=n "$4" || exit 1`,
      `net -s "$1" conf setparm "$2" "max connections" "$5"`,
    ],
    'delete-share': [`net -s "$1" conf delshare "$2"`],
  };
  for (const [name, lines] of Object.entries(commands)) {
    const log = path.join(folder, 'log', 'shares.log');
    const one = [`exec 9> "${path.join(folder, 'shares.lock')}"`, 'flock 9'];
    const text = ['#!/bin/sh', 'unset LD_PRELOAD', `exec >> "${log}" 2>&1`, ...one, ...lines, ''].join('\n');
    writeFileSync(path.join(folder, name), text, { mode: 0o755 });
  }
}

/** The shares that clients have added, by name, as the server has them. */
export async function addedShares(conf: string): Promise<readonly string[]> {
  const listed = await runOrThrow('net', ['-s', conf, 'conf', 'listshares']);
  return listed.split('\n').filter((name) => name !== '' && name !== 'global');
}

/** Adds a share of a folder, as somebody else's tool does. */
export async function addShare(conf: string, folder: string, share: { name: string; remark: string }): Promise<void> {
  const how = ['writeable=n', 'guest_ok=n', share.remark];
  await runOrThrow('net', ['-s', conf, 'conf', 'addshare', share.name, folder, ...how]);
}
