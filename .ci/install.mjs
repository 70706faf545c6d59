// Brings what a clone lacks: the packages of the lock file, and a browser for the journeys.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { execute, root, run } from './node.mjs'

/** @param {string} file */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** Whether what lies in `node_modules` is what the lock file names; packages for other platforms may be absent. @param {string} place */
function isInstalled(place) {
  if (!existsSync(join(place, 'node_modules', '.package-lock.json'))) return false
  const wanted = packagesOf(join(place, 'package-lock.json'))
  const present = packagesOf(join(place, 'node_modules', '.package-lock.json'))
  return Object.keys(wanted).every((path) => {
    if (path === '' || (wanted[path].optional && !present[path])) return true
    return present[path]?.version === wanted[path].version
  })
}

/** Runs npm in a folder; what it says goes to the error stream. @param {string} place @param {readonly string[]} args */
export async function npm(place, args) {
  const quietly = [...args, '--no-audit', '--no-fund', '--loglevel=error']
  const own = process.env.npm_execpath
  const options = { cwd: place, stdio: /** @type {import('node:child_process').StdioOptions} */ (['ignore', 2, 2]) }
  const code = await execute(own ? process.execPath : 'npm', own ? [own, ...quietly] : quietly, options)
  if (code !== 0) throw new Error('unable to install the packages; see what npm says above')
}

/** Installs the packages of a lock file, unless they are there. */
export async function installPackages(place = root) {
  if (isInstalled(place)) return
  console.error('Porchlight: installing packages …')
  await npm(place, ['ci', '--include=dev', '--include=optional'])
}

/** Debian's Chromium without windows, which needs half the time, and keeps no page for the way back. */
const SHELL = 'chromium-headless-shell'
const WHOLE = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium that the machine or an earlier download has, or undefined. */
export function findBrowser(names = [SHELL, ...WHOLE]) {
  const named = process.env.CHROMIUM_PATH
  if (named && (names.includes(SHELL) || !named.endsWith(SHELL))) return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  if (found) return found
  const { chromium } = createRequire(import.meta.url)('playwright-core')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined
}

/** For what only the whole browser does. */
export const findWholeBrowser = () => findBrowser(WHOLE)

/** How the journeys and the benchmark start it: without what it does for itself, and without a sandbox, which it refuses to root. */
export function launchOptions() {
  const executablePath = findBrowser()
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update']
  const args = [...quiet, '--disable-sync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  return { args, ...(executablePath ? { executablePath } : {}) }
}

/** Only root may ask for a Debian package. @param {string} name */
function installFromDebian(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', name]]) {
    execFileSync('/usr/bin/apt-get', [...args, '--quiet=2'], { stdio: ['ignore', 2, 2], env, timeout: 120_000 })
  }
}

/** Whether a browser runs at all: a download may lack the system's libraries. @param {string | undefined} browser */
const starts = (browser) => browser !== undefined && spawnSync(browser, ['--version']).status === 0

/** A machine that only tests is given the faster one, if it can be had; a person's keeps what it has. */
function preferShell() {
  if (!process.env.CI || process.env.CHROMIUM_PATH || findBrowser()?.endsWith(SHELL)) return
  try {
    installFromDebian(SHELL)
  } catch {
    console.error(`Porchlight: ${SHELL} cannot be had, which takes longer …`)
  }
}

/** Finds a Chromium, or brings one: by Playwright's own download, else from Debian. */
export async function installBrowser() {
  if (!findWholeBrowser()) await bringBrowser()
  preferShell()
  return findBrowser()
}

async function bringBrowser() {
  console.error('Porchlight: no Chromium found, bringing one …')
  await run('playwright', ['install', 'chromium'], { stdio: ['ignore', 2, 2] })
  if (!starts(findWholeBrowser())) installFromDebian('chromium')
  if (!starts(findWholeBrowser())) throw new Error('unable to find or bring a Chromium; install one, or name it in CHROMIUM_PATH')
}
