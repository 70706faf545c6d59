/** What a page loads once; after a failure whoever asks begins anew. */
export function once<From, Loaded>(load: (from: From) => Promise<Loaded>): (from: From) => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined
  return async (from) => {
    loading ??= load(from)
    try {
      return await loading
    } catch (error) {
      loading = undefined
      throw error
    }
  }
}
