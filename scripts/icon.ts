/** Draws client/media/icon.png from icon.svg; run by hand after the drawing changed (needs Chromium). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const MEDIA = path.resolve(import.meta.dirname, '../client/media');
const SIZE = { width: 256, height: 256 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: SIZE });
const svg = readFileSync(path.join(MEDIA, 'icon.svg'), 'utf8');
await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
await page.screenshot({ path: path.join(MEDIA, 'icon.png'), omitBackground: true });
await browser.close();
