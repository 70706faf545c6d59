// How a script goes over the wire: what the build weighs, and what the server sends.
import { brotliCompressSync, constants } from 'node:zlib'

/** Distances that are written out; which number of them is best is seen only by trying. */
const DIRECT = [0, 2, 12]

/** The lightest of what Brotli makes of it. @param {string | Buffer} code @returns {Buffer} */
export function packed(code) {
  const size = Buffer.byteLength(code)
  const ways = DIRECT.map((direct) =>
    brotliCompressSync(code, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: size,
        [constants.BROTLI_PARAM_NDIRECT]: direct,
      },
    }),
  )
  return ways.reduce((best, one) => (one.length < best.length ? one : best))
}
