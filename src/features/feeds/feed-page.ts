import { Hono } from 'hono'
import type { Services } from '../../bot/services.ts'
import { loadFeed } from './load-feed.ts'
import { FeedBusy } from './one-at-a-time.ts'
import { FEEDS, type Feed, FeedFault, readSaid } from './rules.ts'
import { mayFeed } from './tokens/store.ts'

/** What is larger is no feed. */
export interface FeedLimits {
  readonly bytes: number
  readonly share: number
}

class TooLarge extends Error {}

async function* limited(body: ReadableStream<Uint8Array>, most: number) {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > most) throw new TooLarge()
    yield chunk
  }
}

/**
 * `PUT /feeds/<name>?day=2026-11-27&mode=full&rows=1234` with a CSV file and `Authorization: Bearer …`:
 * what a core system sends, on an address of its own. One at a time.
 */
export function feedRoutes(services: Services, { bytes, share }: FeedLimits): Hono {
  return new Hono().put('/:feed', async (context) => {
    const feed = FEEDS.find((each) => each === context.req.param('feed'))
    const token = context.req.header('authorization')?.match(/^Bearer (\S{1,200})$/)?.[1]
    if (!feed || !token || !(await mayFeed(services.database.prisma, token, feed))) {
      return context.json({ error: 'no such feed, or the token is not for it' }, 401)
    }
    const { body } = context.req.raw
    if (!body) return context.json({ error: 'the request has no body' }, 400)
    return answer(feed, context.req.query(), limited(body, bytes))

    async function answer(
      of: Feed,
      said: Record<string, string>,
      chunks: AsyncIterable<Uint8Array>,
    ) {
      const words = ['day', 'mode'].map((name) => said[name] ?? '').join(' ')
      const options = readSaid(`${words} ${said['rows'] ? `rows=${said['rows']}` : ''}`)
      try {
        const given = { feed: of, name: '', bytes: chunks, said: options, yes: false, share }
        const report = await loadFeed(services, given)
        return context.json(report ?? { repeated: true })
      } catch (error) {
        if (error instanceof TooLarge) {
          return context.json({ error: `more than ${bytes} bytes` }, 413)
        }
        if (error instanceof FeedBusy) return context.json({ error: error.because }, 409)
        if (error instanceof FeedFault) return context.json({ error: error.because }, 422)
        throw error
      }
    }
  })
}
