/** Clients of lab machines that are not ours: impacket and Samba's own. They prove the lab, and what our reader says. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Observation, ObservationRequest } from '../../server/src/model/observation.ts';
import { runOrThrow, runProgram } from './run-program.ts';
import type { ProgramResult } from './run-program.ts';

/** Where a foreign client goes, and as whom. A LabMachine is one. */
export interface ForeignTarget {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Runs a Python script beside this file with the system's Python; its job goes to standard input as JSON. */
export async function runPython(script: string, job: unknown, deadline = 120_000): Promise<unknown> {
  const input = `${JSON.stringify(job)}\n`;
  return JSON.parse(await runOrThrow('/usr/bin/python3', [path.join(HERE, script)], { input, deadline }));
}

export interface ImpacketReading {
  readonly answers: readonly Observation[];
  /** Milliseconds of each round, without logon. */
  readonly rounds: readonly number[];
}

/**
 * Reads the same things with impacket, one after another, in the requests' order. Two differences in shape: a version's
 * language is the number `langid`, and what is unreadable carries impacket's words.
 */
export async function readWithImpacket(
  target: ForeignTarget,
  requests: readonly ObservationRequest[],
  repeat = 1,
): Promise<ImpacketReading> {
  const { address, port, user, password } = target;
  return (await runPython('impacket_read.py', { address, port, user, password, requests, repeat })) as ImpacketReading;
}

/** How smbclient shall speak, so that a test can make it weaker than the server allows. */
export interface SmbclientOptions {
  readonly share?: string;
  readonly minProtocol?: string;
  readonly maxProtocol?: string;
  readonly signing?: 'off' | 'required';
  readonly encryption?: 'off' | 'required';
  readonly lines?: readonly string[];
}

function smbclientArguments(target: ForeignTarget, options: SmbclientOptions): string[] {
  const settings = [
    `client min protocol=${options.minProtocol ?? 'SMB2_02'}`,
    ...(options.maxProtocol ? [`client max protocol=${options.maxProtocol}`] : []),
    ...(options.signing ? [`client signing=${options.signing}`] : []),
    ...(options.encryption ? [`client smb encrypt=${options.encryption}`] : []),
    ...(options.lines ?? []),
  ];
  return [
    `//${target.address}/${options.share ?? 'C$'}`,
    '-s/dev/null',
    `-p${target.port}`,
    `-U${target.user}`,
    ...settings.map((setting) => `--option=${setting}`),
  ];
}

/** What a foreign client's run came to. */
export interface ForeignResult {
  readonly ok: boolean;
  /** The first `NT_STATUS_...` or `WERR_...` that it spoke of. */
  readonly status: string | undefined;
  readonly output: string;
}

function toForeignResult({ code, stdout, stderr }: ProgramResult): ForeignResult {
  const output = `${stdout}${stderr}`;
  const status = /(?:NT_STATUS|WERR)_\w+/.exec(output)?.[0];
  return { ok: code === 0 && status === undefined, status, output };
}

/** Runs commands in smbclient. */
export async function smbclient(
  target: ForeignTarget,
  commands: string,
  options: SmbclientOptions = {},
): Promise<ForeignResult> {
  const args = [...smbclientArguments(target, options), '-c', commands];
  return toForeignResult(await runProgram('smbclient', args, { env: { PASSWD: target.password } }));
}

/** Runs `net rpc ...` or `rpcclient -c ...` against the machine. */
export async function netRpc(target: ForeignTarget, args: readonly string[]): Promise<ForeignResult> {
  const where = ['-S', target.address, `-p${target.port}`, `-U${target.user}`, '-s/dev/null'];
  return toForeignResult(await runProgram('net', ['rpc', ...args, ...where], { env: { PASSWD: target.password } }));
}

/** Runs rpcclient with one command. */
export async function rpcclient(target: ForeignTarget, command: string): Promise<ForeignResult> {
  const args = [target.address, `-p${target.port}`, `-U${target.user}`, '-s/dev/null', '-c', command];
  return toForeignResult(await runProgram('rpcclient', args, { env: { PASSWD: target.password } }));
}

/** Keeps smbclient connected while `act` runs, so that the server can be asked about it. */
export async function whileConnected<T>(
  target: ForeignTarget,
  options: SmbclientOptions,
  act: () => Promise<T>,
): Promise<T> {
  const client = spawn('smbclient', smbclientArguments(target, options), {
    env: { ...process.env, PASSWD: target.password },
  });
  // smbclient buffers what it prints; a command that it runs for us does not.
  client.stdin.write('!echo connected\n');
  let said = '';
  const ended = new Promise<void>((resolve) => {
    client.once('close', () => {
      resolve();
    });
  });
  const connected = new Promise<void>((resolve, reject) => {
    client.stdin.on('error', () => undefined);
    client.once('error', reject);
    void ended.then(() => {
      reject(new Error(`smbclient ended: ${said}`));
    });
    for (const stream of [client.stdout, client.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('connected\n')) resolve();
      });
    }
  });
  try {
    await connected;
    return await act();
  } finally {
    client.stdin.end();
    await ended;
  }
}
