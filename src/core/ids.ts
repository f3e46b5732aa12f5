import { uuidv7 } from 'uuidv7'

/** A new id, larger than every one this process made before: order of ids is order of making. */
export const newId = (): string => uuidv7()

/** When it was made (Unix time, ms): the first 48 bits (RFC 9562, version 7). */
export const madeAt = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

/** No id that was made from this time on (of this process or another by the same clock) is smaller. */
export function firstIdAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
