// Draws public/icon-*.png from public/favicon.svg, with Chromium. Run it after a change of the drawing.
import { readFileSync, writeFileSync } from 'node:fs';

import { chromium } from 'playwright-core';

const SIZES = [180, 192, 512];
const publicDir = new URL('../public/', import.meta.url);

// Platforms cut their own corners, so the ground fills the whole square.
const svg = readFileSync(new URL('favicon.svg', publicDir), 'utf8').replace(' rx="6"', '');
const browser = await chromium.launch({
  executablePath: process.env.WAYBILL_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  );
  writeFileSync(new URL(`icon-${size}.png`, publicDir), await page.screenshot());
  await page.close();
}
await browser.close();
