// Reads AsyncAPI documents with the parser of AsyncAPI's authors and fails if one has an error.
// usage: node check.mjs <file>...
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Parser } from '@asyncapi/parser';

const ERROR = 0;
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('No documents were given, so nothing was checked.');
  process.exit(2);
}

const parser = new Parser();
let failed = false;
for (const file of files) {
  const { document, diagnostics } = await parser.parse(await readFile(file, 'utf8'), { source: file });
  const errors = diagnostics.filter((one) => one.severity === ERROR);
  if (document && errors.length === 0) {
    console.log(
      `  ${basename(file)}: AsyncAPI ${document.version()}, ${document.channels().length} channels, ` +
        `${document.operations().length} operations, ${document.messages().length} messages`,
    );
  } else {
    failed = true;
    console.error(`  ${basename(file)} is not valid:`);
    errors.forEach((one) => console.error(`    ${one.path.join('.')}: ${one.message}`));
  }
}
process.exit(failed ? 1 : 0);
