import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Pages } from '../../../bot/feature.ts'
import { addDays } from '../../../core/calendar/time.ts'
import { speaker } from '../../../core/text.ts'
import { createRateLimits, type Limit } from '../../../infra/limits/rate-limits.ts'
import { addressOf } from '../../../infra/web.ts'
import { appointmentsOf, remindersOf } from '../store.ts'
import { calendarFile } from './calendar-file.ts'
import { entriesOf } from './entries.ts'
import { holderOf, TOKEN_SHAPE } from './store.ts'

/** Telephones of a whole branch ask from one address, every quarter of an hour. */
const LIMITS = { address: { points: 120, duration: 60 } } satisfies Record<string, Limit>
const DAYS_BACK = 7
const DAYS_AHEAD = 60

/** What a secret link shows: one's own hours, and nothing once it has ended. */
export const calendarPage: Pages = {
  path: '/agenda',
  routes(services) {
    const app = new Hono()
    const limits = createRateLimits(LIMITS)
    app.use(secureHeaders({ referrerPolicy: 'no-referrer' }))
    app.get('/:file', async (context) => {
      const seconds = await limits.take('address', addressOf(context, services.bank.trustedHops))
      if (seconds > 0) {
        context.header('retry-after', String(seconds))
        return context.text('Too many requests.', 429)
      }
      const at = services.moment()
      const [, token = ''] = context.req.param('file').match(/^(.+)\.ics$/) ?? []
      const isOpen = services.bank.calendarLinks && TOKEN_SHAPE.test(token)
      const tx = services.database.prisma
      const holder = isOpen ? await holderOf(tx, token, at.now) : null
      if (!holder) return context.notFound()
      const { staffId, language } = holder
      const span = { from: addDays(at.today, -DAYS_BACK), until: addDays(at.today, DAYS_AHEAD) }
      const [appointments, reminders] = await Promise.all([
        appointmentsOf(tx, [staffId], span),
        remindersOf(tx, [staffId], span),
      ])
      const name = speaker(language)('日程', 'Agenda')
      const entries = entriesOf({ appointments, reminders }, at.timezone, language)
      context.header('content-type', 'text/calendar; charset=utf-8')
      context.header('cache-control', 'no-store')
      context.header('x-robots-tag', 'noindex')
      return context.body(calendarFile(name, entries, at.now))
    })
    return app
  },
}
