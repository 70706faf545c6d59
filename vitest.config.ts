// Two suites: unit tests beside the code, and the storm, which is slower and may use both cores.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'torture', include: ['e2e/torture/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
})
