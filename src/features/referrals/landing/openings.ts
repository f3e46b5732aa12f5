import type { Services } from '../../../bot/services.ts'
import { type BatchOptions, batch } from '../../../infra/batch.ts'
import { type Link, type LinkState, linksByCode, type Opening, openLinks } from '../store.ts'

export type Opened =
  | { readonly state: 'live'; readonly link: Link }
  | { readonly state: Exclude<LinkState, 'live'> }

/** How long the words about a link are shown as they were read; whether it is live is always asked. */
const SHOWN_MS = 20_000
const MOST_SHOWN = 50_000

/**
 * Opens links: resolves when the click is safe, with what the page shows. Clicks that arrive while
 * others are being written go together; a link that is ended is ended at its next opening.
 */
export function openingsOf({ database, moment }: Services, batching: BatchOptions) {
  const shown = new Map<string, { readonly link: Link; readonly readAt: number }>()

  function linkOf(code: string, now: number): Link | null {
    const known = shown.get(code)
    return known && Math.abs(now - known.readAt) < SHOWN_MS ? known.link : null
  }

  async function read(codes: readonly string[], now: number): Promise<Map<string, Link>> {
    if (codes.length === 0) return new Map()
    const links = await linksByCode(database.prisma, codes)
    if (shown.size + links.size > MOST_SHOWN) shown.clear()
    for (const [code, link] of links) shown.set(code, { link, readAt: now })
    return links
  }

  return batch(async (openings: readonly Opening[]): Promise<Opened[]> => {
    const { now } = moment()
    const known = openings.map(({ code }) => linkOf(code, now.getTime()))
    const strange = openings.flatMap(({ code }, index) => (known[index] ? [] : [code]))
    const [states, links] = await Promise.all([
      openLinks(database.prisma, openings, now),
      read(strange, now.getTime()),
    ])
    return openings.map(({ code }, index): Opened => {
      const state = states[index] ?? 'unknown'
      if (state !== 'live') return { state }
      const link = known[index] ?? links.get(code)
      return link ? { state, link } : { state: 'unknown' }
    })
  }, batching)
}
