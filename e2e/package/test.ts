/** The package's `test`: packed once, and a project of its own for each. */
import { test as base } from '@playwright/test'
import { Project, pack, unpack } from './project.ts'

export { expect } from '@playwright/test'

export const test = base.extend<{ project: Project }, { tarball: string }>({
  tarball: [
    async ({ browserName: _ }, use) => {
      const tarball = await pack()
      await use(tarball)
      await unpack(tarball)
    },
    { scope: 'worker' },
  ],
  project: async ({ tarball }, use) => {
    const project = await Project.withPackage(tarball)
    await use(project)
    await project.remove()
  },
})
