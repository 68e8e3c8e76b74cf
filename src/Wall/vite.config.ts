import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Beside every text lies what it is compressed, so that the server sends it and compresses nothing. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle: ({ dir }, bundle) => {
    for (const name of Object.keys(bundle).filter(file => /\.(html|css|js)$/.test(file))) {
      const path = join(dir ?? '', name);
      const bytes = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
};

// In development the wall is served by Vite, and the mesh (or the mock) answers on its usual address.
const mesh = process.env.GRIDMESH_URL ?? 'http://127.0.0.1:5080';

export default defineConfig({
  plugins: [compressed],
  build: {
    outDir: '../Gateway/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // ECharts and MapLibre are large and loaded after the first paint; their size is known and accepted.
    chunkSizeWarningLimit: 1_500,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': mesh,
      '/auth': mesh,
      '/dev': mesh,
      '/wall': mesh,
      '/hubs': { target: mesh, ws: true },
    },
  },
});
