// Placeholder until the browser suites arrive.
import { defineConfig } from '@playwright/test'

export default defineConfig({ testDir: 'e2e' })
