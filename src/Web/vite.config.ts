import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** Beside every text lies what it is compressed, so that the server sends it and compresses nothing. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle: ({ dir }, bundle) => {
    for (const name of Object.keys(bundle).filter(file => /\.(html|css|js|svg)$/.test(file))) {
      const path = join(dir ?? '', name);
      const bytes = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
};

/** In development a page is served by Vite, and the mesh (or the mock) answers on its usual address. */
const mesh = process.env.GRIDMESH_URL ?? 'http://127.0.0.1:5080';

/**
 * An entry is a folder, is served below its own name and shares no file with another. One without a page of its own has
 * a script and a style for pages that the server makes, which finds them by the manifest.
 */
function entry(name: string): UserConfig {
  const hasPage = existsSync(resolve(name, 'index.html'));
  return {
    root: resolve(name),
    base: `/${name}/`,
    publicDir: resolve('core/static'),
    plugins: [compressed],
    build: {
      outDir: resolve('../Gateway/wwwroot', name),
      emptyOutDir: true,
      target: 'es2022',
      ...(hasPage ? {} : { manifest: 'manifest.json', rolldownOptions: { input: resolve(name, 'main.ts') } }),
      // ECharts and MapLibre are large and loaded after the first paint; their size is known and accepted.
      chunkSizeWarningLimit: 1_500,
    },
    server: {
      host: '127.0.0.1',
      proxy: {
        '/api': mesh,
        '/auth': mesh,
        '/dev': mesh,
        '/config.json': mesh,
        '/hubs': { target: mesh, ws: true },
      },
    },
  };
}

/** Tests are of all entries; else the mode names one: `vite --mode wall`. */
export default defineConfig(({ mode }) => (mode === 'test' ? {} : entry(mode)));
