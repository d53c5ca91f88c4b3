/** What steps are given, and how they are told together in parts. */
import type { LabMachine } from '../lab/lab.ts';
import type { LabProxy } from '../lab/proxy.ts';
import type { Editor } from './editor.ts';
import type { PictureOptions, Workbench } from './workbench.ts';

export interface Stage {
  readonly editor: Editor;
  readonly workbench: Workbench;
  readonly machine: LabMachine;
  /** Before the machine, and silent after some bytes: a scan over it would wait for long. */
  readonly stalling: LabProxy;
  /** Takes a picture for the docs, where this run is asked to. */
  readonly picture: (name: string, options?: PictureOptions) => Promise<void>;
}

export interface Step {
  readonly title: string;
  readonly run: (stage: Stage) => Promise<void>;
}

/**
 * Steps that build on each other. A part builds on no other one: it begins with no editor open and the workspace as it was
 * copied, and what it needs is made for it.
 */
export interface Part {
  readonly name: string;
  /** `trust`: the workspace is trusted. `scan`: so it is, ws01's recording has just been scanned, and no editor is open. */
  readonly needs?: 'trust' | 'scan';
  readonly steps: readonly Step[];
}
