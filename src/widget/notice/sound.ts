/** The sound of a new message: two soft tones that are made here, so that no page's policy on media is in their way. */
import type { Session } from '../app/session.ts'

/** In hertz, one after the other. */
const TONES = [660, 880]
const TONE_SECONDS = 0.14
const LOUDNESS = 0.08

/** Only where the visitor allowed it, and the browser does as well. */
export async function playSound({ sound, storage }: Session): Promise<void> {
  if (!(sound.state || (await storage.get<boolean>('sound')))) return
  const context = new AudioContext()
  try {
    // A page that nobody has touched yet may not be heard.
    await context.resume()
    for (const [index, hertz] of TONES.entries()) tone(context, hertz, context.currentTime + index * TONE_SECONDS)
    await new Promise((resolve) => setTimeout(resolve, TONES.length * TONE_SECONDS * 1000 + 200))
  } finally {
    await context.close()
  }
}

function tone(context: AudioContext, hertz: number, at: number): void {
  const loudness = context.createGain()
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01)
  loudness.gain.exponentialRampToValueAtTime(0.001, at + TONE_SECONDS)
  loudness.connect(context.destination)
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency: hertz })
  oscillator.connect(loudness)
  oscillator.start(at)
  oscillator.stop(at + TONE_SECONDS)
}
