/** The machines of `npm run lab`, with the addresses they have there. */
import type { MachineSpec } from '../spec.ts';
import { srv01 } from './srv01.ts';
import { ws01 } from './ws01.ts';
import { ws02 } from './ws02.ts';

export { srv01, ws01, ws02 };

export const LAB_MACHINES: readonly { readonly spec: MachineSpec; readonly address: string }[] = [
  { spec: ws01, address: '127.20.0.11' },
  { spec: srv01, address: '127.20.0.21' },
  { spec: ws02, address: '127.20.0.12' },
];
