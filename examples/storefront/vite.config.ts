import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Two builds: the browser's half, whose manifest says which file to load, and the half that writes the pages.
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react()],
  build: isSsrBuild
    ? { copyPublicDir: false }
    : { outDir: 'dist', emptyOutDir: true, manifest: 'entry.json', rollupOptions: { input: 'src/main.tsx' } },
}));
