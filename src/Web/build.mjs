// Builds every entry, each apart from the others, into what the gateway carries along.
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ENTRIES = ['wall', 'public'];
const OUTPUT = fileURLToPath(new URL('../Gateway/wwwroot/', import.meta.url));

rmSync(OUTPUT, { recursive: true, force: true });
for (const mode of ENTRIES) await build({ mode });
// Only what was built to its end counts as built.
writeFileSync(`${OUTPUT}.built`, '');
