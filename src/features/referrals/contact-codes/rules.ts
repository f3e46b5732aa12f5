const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** How long a code that failed so often in turn waits for its next call: a minute at first, a day at most. */
export const pauseAfter = (failures: number): number =>
  Math.min(MINUTE_MS * 4 ** Math.min(failures, 10), DAY_MS)

/** So long is a visitor's page looked at again by itself for a code that is being made. */
export const COMING_MS = 30_000
/** And so often, in seconds. */
export const COMING_EVERY = 4

const MARKS = [
  { type: 'image/png', mark: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', mark: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', mark: [0x47, 0x49, 0x46, 0x38] },
] as const

/** What kind of picture it is, by its first bytes; null: none that a page may show. */
export const pictureType = (bytes: Uint8Array): string | null =>
  MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))?.type ?? null
