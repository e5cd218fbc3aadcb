// Writes FILE.br and FILE.gz beside each text file of the build, and checks the size of the first load.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist', import.meta.url).pathname;
const TEXT = /\.(?:css|html|js|json|svg|txt|webmanifest)$/;

/** Smaller files fit into one packet in any case. */
const SIZE_MIN = 512;

/** Largest size of the scripts that the shop's first page loads, compressed with gzip. */
const FIRST_LOAD_MAX = 150_000;

const brotli = (text) =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });

/** Sizes in bytes by path. */
const sizes = new Map();
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const text = readFileSync(path);
  const [gz, br] = [gzipSync(text, { level: constants.Z_BEST_COMPRESSION }), brotli(text)];
  sizes.set(path.slice(dist.length), { raw: text.length, gz: gz.length, br: br.length });
  if (text.length < SIZE_MIN) continue;
  writeFileSync(`${path}.gz`, gz);
  writeFileSync(`${path}.br`, br);
}

const page = readFileSync(join(dist, 'index.html'), 'utf8');
const first = { raw: 0, gz: 0, br: 0 };
for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)) {
  const size = sizes.get(path);
  for (const kind of ['raw', 'gz', 'br']) first[kind] += size[kind];
}
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`scripts of the first load: ${kb(first.raw)}, gzip ${kb(first.gz)}, brotli ${kb(first.br)}`);
if (first.gz > FIRST_LOAD_MAX) {
  console.error(
    `The first load may have ${kb(FIRST_LOAD_MAX)} (gzip). Load parts of it later, with import().`,
  );
  process.exit(1);
}
