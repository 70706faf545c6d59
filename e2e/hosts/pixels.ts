/** Two pictures of one size, compared by the browser itself: which part of the pixels differs by more than the eye forgives. */
import type { Page } from '@playwright/test'

/** Of 255, in any of the three colours. */
const FORGIVEN = 24

export function difference(page: Page, before: Buffer, after: Buffer): Promise<number> {
  return page.evaluate(
    async ([one, other, forgiven]) => {
      const read = async (picture: string) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob())
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
        context.drawImage(bitmap, 0, 0)
        return context.getImageData(0, 0, bitmap.width, bitmap.height)
      }
      const [a, b] = [await read(one), await read(other)]
      if (a.width !== b.width || a.height !== b.height) return 1
      let changed = 0
      for (let at = 0; at < a.data.length; at += 4) {
        if ([0, 1, 2].some((color) => Math.abs((a.data[at + color] ?? 0) - (b.data[at + color] ?? 0)) > forgiven)) changed++
      }
      return changed / (a.width * a.height)
    },
    [before.toString('base64'), after.toString('base64'), FORGIVEN] as const,
  )
}
