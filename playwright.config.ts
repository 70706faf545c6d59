// Journeys of people through the product, and the host pages it must live on, in a real Chromium.
import { defineConfig } from '@playwright/test'
import { launchOptions } from './.ci/install.mjs'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.{test,spec}.ts',
  outputDir: '.cache/playwright',
  projects: [
    { name: 'journeys', testDir: 'e2e/journeys' },
    { name: 'hosts', testDir: 'e2e/hosts' },
    { name: 'package', testDir: 'e2e/package' },
    { name: 'seed', testDir: 'e2e/seed' },
    // Pictures are the same only on machines with the same fonts, so that they are compared when asked for.
    ...(process.env.GALLERY ? [{ name: 'gallery', testDir: 'e2e/gallery', testMatch: '*.shots.ts', fullyParallel: true }] : []),
  ],
  // Most of a journey is waiting.
  workers: 3,
  retries: 0,
  snapshotPathTemplate: 'docs/gallery/{arg}{ext}',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['line'], ['json', { outputFile: '.cache/reports/playwright.json' }]],
  use: { launchOptions: launchOptions() },
})
