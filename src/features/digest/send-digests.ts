import type { Job } from '../../bot/feature.ts'
import { dayEnd, type Moment } from '../../bot/moment.ts'
import { addressesOf, enqueue } from '../../bot/outbox/enqueue.ts'
import type { Services } from '../../bot/services.ts'
import { type Day, sayDate } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { type Language, speaker } from '../../core/text.ts'
import { chartPng } from '../../infra/pictures/chart.ts'
import { spanLines } from '../quotas/rules.ts'
import { quotaProgress } from '../quotas/store.ts'
import { digestCard, digestChart } from './cards.ts'
import type { Span } from './day/rules.ts'
import { isEmpty, isLastOfWeek, mondayOf } from './rules.ts'
import { linesOf, type Reader, readersOf } from './store.ts'

/** On workdays, each lead's team of the day: done, open, interested, by manager. */
export const sendEvening: Job = {
  name: 'evening-digest',
  at: () => '17:43',
  catchUpHours: 3,
  async run(services, at) {
    services.log.info({ sent: await evening(services, at) }, 'evening digests')
  },
}

/** On the last workday of a week, each branch head's week by team. */
export const sendWeekly: Job = {
  name: 'weekly-digest',
  at: () => '17:13',
  catchUpHours: 3,
  async run(services, at) {
    services.log.info({ sent: await weekly(services, at) }, 'weekly digests')
  },
}

/** Resolves to how many were new. */
export async function evening(services: Services, at: Moment): Promise<number> {
  return send(services, at, 'lead', {
    key: 'evening',
    isDue: (workdays) => workdays.isWorkday(at.today),
    from: at.today,
    span: 'today',
    by: 'manager',
    title: (unit, language) =>
      speaker(language)(
        `${unit} · ${sayDate(at.today, 'zh')} 小结`,
        `${unit} · ${sayDate(at.today, 'en')}`,
      ),
  })
}

/** Resolves to how many were new. */
export async function weekly(services: Services, at: Moment): Promise<number> {
  const from = mondayOf(at.today)
  return send(services, at, 'head', {
    key: 'weekly',
    isDue: (workdays) => isLastOfWeek(at.today, workdays),
    from,
    span: 'this-week',
    by: 'unit',
    title: (unit, language) =>
      speaker(language)(
        `${unit} · 本周（${from.slice(5)} 起）`,
        `${unit} · week of ${sayDate(from, 'en')}`,
      ),
  })
}

interface Digest {
  /** What it is, in its once-key. */
  readonly key: string
  /** Whether it goes to those who work by this calendar today. */
  isDue(workdays: Workdays): boolean
  readonly from: Day
  readonly span: Span
  readonly by: 'manager' | 'unit'
  title(unit: string, language: Language): string
}

async function send(services: Services, at: Moment, role: 'lead' | 'head', digest: Digest) {
  const calendars = ['/', ...at.workdays.units].map((path) => at.workdays.of(path))
  if (!calendars.some(digest.isDue)) return 0
  let sent = 0
  for (const reader of await readersOf(services.database.prisma, role, at.today)) {
    const due = digest.isDue(at.workdays.of(reader.unitPath))
    if (due) sent += await sendTo(services, at, reader, digest)
  }
  services.wake()
  return sent
}

/** In a transaction of its own: a picture takes a moment. */
async function sendTo(
  services: Services,
  at: Moment,
  reader: Reader,
  digest: Digest,
): Promise<number> {
  const { prisma } = services.database
  const [address] = await addressesOf(prisma, [reader.id])
  if (!address) return 0
  const lines = await linesOf(prisma, reader.unitPath, digest.from, at, digest.by)
  if (isEmpty(lines)) return 0
  const { language } = address
  const title = digest.title(reader.unitName, language)
  const height = Math.min(1600, 140 + 90 * lines.length)
  const png = await chartPng(digestChart(lines, language), { width: 720, height })
  const quota = (await quotaProgress(prisma, [reader.unitId], at)).get(reader.unitId) ?? []
  const said = spanLines(quota, at, language)
  const card = digestCard(title, lines, said, png.toString('base64'), digest.span, language)
  const onceKey = `${digest.key}:${at.today}:${reader.id}`
  const sent = { ...address, card, onceKey, replaces: null, notBefore: at.now }
  // A lead's day is of use on that day; a head's week is read on Monday too.
  const letter = digest.key === 'evening' ? { ...sent, staleAt: dayEnd(at) } : sent
  return services.database.transaction((tx) => enqueue(tx, [letter], at.now))
}
