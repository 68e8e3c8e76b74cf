import { defineConfig } from 'vite';

// In development the wall is served by Vite, and the mesh (or the mock) answers on its usual address.
const mesh = process.env.GRIDMESH_URL ?? 'http://127.0.0.1:5080';

export default defineConfig({
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
      '/dev': mesh,
      '/wall': mesh,
      '/hubs': { target: mesh, ws: true },
    },
  },
});
