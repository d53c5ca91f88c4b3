/** Waiting for a machine that has been started. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

function accepts(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port });
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.setTimeout(1000, () => {
      answer(false);
    });
    socket.once('connect', () => {
      answer(true);
    });
    socket.once('error', () => {
      answer(false);
    });
  });
}

/** Resolves once the machine accepts connections; says what its logs say where it does not. */
export async function waitUntilReady(
  folder: string,
  keeper: ChildProcess,
  at: { address: string; port: number },
): Promise<void> {
  const { address, port } = at;
  for (let tries = 0; tries < 400 && keeper.exitCode === null; tries++) {
    if (await accepts(address, port)) return;
    await sleep(25);
  }
  const logs = ['keeper.log', 'log.smbd'].map((name) => path.join(folder, 'log', name)).filter(existsSync);
  const said = logs.map((log) => readFileSync(log, 'utf8').trim().split('\n').slice(-6).join('\n')).join('\n');
  throw new Error(`a lab machine does not listen on ${address}:${port}. ${said}`);
}
