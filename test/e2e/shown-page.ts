import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** The page in front: others, the walkthrough's pictures among them, stay where they were. */
export function shownPage({ page }: Workbench): FrameLocator {
  return page
    .locator('iframe.webview.ready:visible')
    .first()
    .contentFrame()
    .locator('iframe#active-frame')
    .contentFrame();
}
