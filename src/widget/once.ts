/** What a page loads once, by its name; after a failure whoever asks begins anew. */
export function once<Name extends string, From, Loaded>(
  load: (name: Name, from: From) => Promise<Loaded>,
): (name: Name, from: From) => Promise<Loaded> {
  const known: Partial<Record<Name, Promise<Loaded>>> = {}
  return (name, from) => {
    const loading = known[name] ?? load(name, from)
    known[name] = loading
    loading.catch(() => delete known[name])
    return loading
  }
}
