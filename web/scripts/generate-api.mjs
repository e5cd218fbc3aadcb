// Writes src/shared/api/schema.gen.ts from the OpenAPI document; with --check it fails when the file is not current.
import { readFile, writeFile } from 'node:fs/promises';

import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('../../schemas/openapi/waybill.json', import.meta.url);
const target = new URL('../src/shared/api/schema.gen.ts', import.meta.url);

const header = '// Generated from schemas/openapi/waybill.json by `npm run generate`. Do not edit.\n\n';
const types = header + astToString(await openapiTS(document, { alphabetize: false, rootTypes: false }));

if (process.argv.includes('--check')) {
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current !== types) {
    console.error('src/shared/api/schema.gen.ts is not current: run `npm run generate` and commit it.');
    process.exit(1);
  }
} else {
  await writeFile(target, types);
}
