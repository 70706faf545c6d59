/** Somebody's project with nothing in it but the packed package, as `npm install` would leave it. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packInto } from '../../.ci/pack.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Ran> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out: out.trim(), err: err.trim() }))
  })
}

async function orThrow(ran: Promise<Ran>): Promise<Ran> {
  const { code, out, err } = await ran
  if (code !== 0) throw new Error(`unable to prepare a project; it said:\n${out}\n${err}`)
  return { code, out, err }
}

/** Every Node of this machine, oldest way first: the one that runs this, and one on the path that is not the clone's own. */
export function nodes(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  const system = folders.map((folder) => join(folder, 'node')).find((path) => existsSync(path))
  return [...new Set([...(system ? [system] : []), process.execPath])]
}

/** The packed package, in a folder of its own. */
export const pack = async (): Promise<string> => packInto(await mkdtemp(join(tmpdir(), 'porchlight-pack-')))

export class Project {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async withPackage(tarball: string): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'porchlight-project-')))
    await project.write('package.json', '{ "private": true }')
    const quietly = ['--offline', '--no-audit', '--no-fund', '--loglevel=error']
    await orThrow(run('npm', ['install', ...quietly, tarball], project.folder))
    return project
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true })
    await writeFile(this.path(name), text)
  }

  /** A package that the project has besides, from this clone. */
  async borrow(name: string): Promise<void> {
    await mkdir(dirname(this.path(`node_modules/${name}`)), { recursive: true })
    await symlink(join(root, 'node_modules', name), this.path(`node_modules/${name}`))
  }

  packages(): Promise<string[]> {
    return readdir(this.path('node_modules'))
  }

  run(command: string, ...args: string[]): Promise<Ran> {
    return run(command, args, this.folder)
  }

  /** Type-checks with the clone's compiler. */
  tsc(): Promise<Ran> {
    return run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'], this.folder)
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }
}

/** Takes the tarball away again, with its folder. */
export const unpack = (tarball: string): Promise<void> => rm(dirname(tarball), { recursive: true, force: true })
