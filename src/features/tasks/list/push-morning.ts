import { setTimeout as pause } from 'node:timers/promises'
import type { Job } from '../../../bot/feature.ts'
import { dayEnd, isWorkedAnywhere, type Moment } from '../../../bot/moment.ts'
import {
  type Address,
  addressesOf,
  enqueue,
  enqueueRefreshes,
  type OutgoingMessage,
  standingPages,
} from '../../../bot/outbox/enqueue.ts'
import type { Services } from '../../../bot/services.ts'
import { addDays, dayIn, timeIn } from '../../../core/calendar/time.ts'
import { text } from '../../../core/text.ts'
import { inOneText, jsonTexts } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type Hours, quietAt } from '../../playbook/contact-rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { type DayList, listCard } from '../cards.ts'
import { nightIsDone } from '../care/run-night.ts'
import { numbered } from '../rules.ts'
import { linesOf } from './line-store.ts'
import { spread } from './remind-afternoon.ts'
import { type ShownLine, shownOf } from './shown.ts'
import { type Listed, listsOf } from './store.ts'
import { SOON_DAYS } from './today.ts'

/** What a push came to, in people. */
export interface Pushed {
  /** False on a day off of the whole bank, when nobody is pushed to. */
  readonly workday: boolean
  readonly queued: number
  /** Had their list of this day before. */
  readonly already: number
  /** Nothing due: no list. */
  readonly empty: number
  /** No chat account reaches them. */
  readonly unreachable: number
}

/**
 * Managers composed for in one transaction, and transactions at a time: one computes, others wait. Of
 * twice as many, what is in hand outlives small garbage collections, and the peak is a tenth higher.
 */
const BATCH = 50
const ABREAST = 3
/** Managers looked up at once. */
const LOOKED_UP = 1000

/**
 * On workdays, each manager's list of the day, once, at the time they chose; looks every five minutes,
 * off the full and the half hour.
 */
export const pushMorning: Job = {
  name: 'push-morning',
  at: () => '06:02',
  again: { minutes: 5, until: '23:57' },
  catchUpHours: 18,
  async run(services, moment) {
    if (!isWorkedAnywhere(moment)) return
    const complete = await nightBefore(services, moment)
    if (!complete && timeIn(services.moment().now, moment.timezone) < LATEST_WITHOUT_NIGHT) {
      return services.log.warn({ day: moment.today }, 'lists wait for the tasks of the night')
    }
    const pushed = await push(services, moment, { dryRun: false, onlyDue: true, complete })
    if (pushed.queued === 0) return
    services.log.info({ ...pushed }, 'morning lists')
    if (!complete) services.log.error({ day: moment.today }, 'lists without the tasks of the night')
  },
}

/**
 * Lists wait for the tasks of the night until then; from then on one ring of the job waits for the
 * night, and the lists go out and say that it is missing.
 */
const LATEST_WITHOUT_NIGHT = '09:02'
/** A ring waits less than until the next one. */
const WAITS_MS = 4 * 60_000
const LOOK_MS = 500

/** Waits for the tasks of the night; resolves to whether they are there. */
async function nightBefore({ database }: Services, { today }: Moment): Promise<boolean> {
  for (let waited = 0; ; waited += LOOK_MS) {
    if (await nightIsDone(database.prisma, today)) return true
    if (waited >= WAITS_MS) return false
    await pause(LOOK_MS)
  }
}

const NIGHT_MISSING = text(
  '夜间任务没有排好，今天的清单可能不全；稍后发"今日"看最新。',
  'The tasks of the night are missing, so this list may not be complete; say "today" later for the latest.',
)

/** A list this late is no morning list any more. */
const LATE_MS = 4 * 3_600_000
/** In the settings: the moment up to which times were looked at. */
const LOOKED = 'push-morning'

/** The times of day since the last look whose lists are due; null: none are. */
async function dueTimes(services: Services, { now, today, timezone }: Moment) {
  const row = await services.database.prisma.setting.findUnique({ where: { key: LOOKED } })
  const looked = new Date(String(row?.value ?? 0)).getTime()
  const since = new Date(Math.max(looked, now.getTime() - LATE_MS))
  const after = dayIn(since, timezone) < today ? '' : timeIn(since, timezone)
  return { after, until: timeIn(now, timezone) }
}

const noteLook = (services: Services, { now }: Moment) =>
  services.database.prisma.setting.upsert({
    where: { key: LOOKED },
    create: { key: LOOKED, value: now.toISOString() },
    update: { value: now.toISOString() },
  })

export interface PushOptions {
  /** Only count. */
  readonly dryRun: boolean
  /** Push on a day off too, for trying out. */
  readonly anyDay?: boolean
  /** Only to those whose time has come since the last look. */
  readonly onlyDue?: boolean
  /** False: the tasks of the night are not there, and the lists say so. */
  readonly complete?: boolean
}

/** Composes and queues the lists of a day; a second run of the day queues nothing. */
export async function push(
  services: Services,
  at: Moment,
  { dryRun, anyDay = false, onlyDue = false, complete = true }: PushOptions,
): Promise<Pushed> {
  const none: Pushed = { workday: true, queued: 0, already: 0, empty: 0, unreachable: 0 }
  if (!anyDay && !isWorkedAnywhere(at)) return { ...none, workday: false }
  const times = onlyDue ? await dueTimes(services, at) : { after: '', until: '24:00' }
  const { sizes, quietHours } = await playbookOn(services.database.prisma, at.today)
  const quiet = quietAt(quietHours, timeIn(at.now, at.timezone))
  const batches = managersDue(services, at, times, anyDay)
  let total = none
  const work = async () => {
    for await (const ids of batches) {
      const batch = await services.database.transaction((tx) =>
        pushTo(tx, ids, services, at, { dryRun, page: sizes.page, quiet, complete }),
      )
      total = {
        workday: true,
        queued: total.queued + batch.queued,
        already: total.already + batch.already,
        empty: total.empty + batch.empty,
        unreachable: total.unreachable + batch.unreachable,
      }
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, work))
  if (onlyDue) await noteLook(services, at)
  services.wake()
  return total
}

/** Those who get a list at these times of the day, some at a time: who has the day off, on any day only. */
async function* managersDue(
  { database, morning }: Services,
  { today, workdays }: Moment,
  times: { readonly after: string; readonly until: string },
  anyDay: boolean,
): AsyncGenerator<string[]> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const managers: { id: string; code: string; path: string }[] = await database.prisma.$queryRaw`
      select staff.id, staff.code, unit.path from staff join unit on unit.id = staff.unit_id
      where role in ('manager', 'lead') and active and staff.code > ${after}
        and (muted_until is null or muted_until < ${today}::date)
        and coalesce(morning_at, ${morning.at}) > ${times.after}
        and coalesce(morning_at, ${morning.at}) <= ${times.until}
        and not exists (select from absence where staff_id = staff.id and cancelled_at is null
          and ${today}::date between from_day and until_day)
      order by staff.code limit ${LOOKED_UP}`
    after = managers.at(-1)?.code
    const working = managers
      .filter(({ path }) => anyDay || workdays.of(path).isWorkday(today))
      .map(({ id }) => id)
    for (let from = 0; from < working.length; from += BATCH) {
      yield working.slice(from, from + BATCH)
    }
  }
}

async function pushTo(
  tx: Queries,
  staffIds: readonly string[],
  services: Services,
  at: Moment,
  {
    dryRun,
    page,
    quiet,
    complete,
  }: { dryRun: boolean; page: number; quiet: Hours | null; complete: boolean },
): Promise<Omit<Pushed, 'workday'>> {
  const before = await tx.$queryRaw<{ staffId: string; items: string[]; pushed: boolean }[]>`
    select staff_id as "staffId", items, pushed_at is not null as pushed from task_list
    where staff_id = any(${staffIds}::uuid[]) and day = ${at.today}::date`
  const known = new Map(before.map((list) => [list.staffId, list]))
  const waiting = staffIds.filter((id) => !known.get(id)?.pushed)
  const lists = new Map(
    (await listsOf(tx, waiting, at.today, addDays(at.today, SOON_DAYS))).map((list) => {
      return [list.readerId, list]
    }),
  )
  const due = waiting.filter((id) => (lists.get(id)?.due ?? 0) > 0)
  const addresses = new Map((await addressesOf(tx, due)).map((each) => [each.staffId, each]))
  const reached = due.filter((id) => addresses.has(id))
  if (!dryRun) {
    const notes = await services.dayNotes(tx, reached, at)
    const above = complete ? [] : [NIGHT_MISSING]
    const shown = reached.flatMap((readerId) =>
      (lists.get(readerId)?.ids ?? []).slice(0, page).map((id) => ({ id, readerId })),
    )
    const lines = Map.groupBy(await linesOf(tx, shown), (line) => line.readerId)
    const composed = reached.flatMap((id) => {
      const list = lists.get(id)
      const to = addresses.get(id)
      const first = {
        lines: lines.get(id) ?? [],
        notes: [...above, ...(notes.get(id) ?? [])],
        page,
        quiet,
      }
      return list && to
        ? [compose({ ...list, ...first }, known.get(id)?.items ?? [], to, services, at)]
        : []
    })
    const staleAt = dayEnd(at)
    await saveLists(
      tx,
      composed.map(({ staffId, numbers }) => ({
        ...{ staffId, numbers, shown: shownOf(lines.get(staffId) ?? []) },
      })),
      at,
    )
    await enqueue(
      tx,
      composed.map(({ letter }) => ({ ...letter, staleAt })),
      at.now,
    )
    await enqueueRefreshes(tx, await standingPages(tx, waiting), at.now)
  }
  return {
    queued: reached.length,
    already: staffIds.length - waiting.length,
    empty: waiting.length - due.length,
    unreachable: due.length - reached.length,
  }
}

function compose(
  list: Listed & Pick<DayList, 'lines' | 'notes' | 'page' | 'quiet'>,
  known: readonly string[],
  to: Address,
  services: Services,
  at: Moment,
) {
  const { readerId: staffId, ids, ...rest } = list
  const numbers = numbered(known, ids)
  const shown = { ...rest, total: ids.length, numbers, done: 0, from: 0 }
  const letter: OutgoingMessage = {
    channel: to.channel,
    conversation: to.conversation,
    card: listCard(shown, at, to.language, false),
    onceKey: `morning:${at.today}:${staffId}`,
    replaces: null,
    notBefore: new Date(at.now.getTime() + spread(staffId) * services.morning.spreadSeconds * 1000),
  }
  return { staffId, numbers, letter }
}

async function saveLists(
  tx: Queries,
  lists: readonly { staffId: string; numbers: readonly string[]; shown: readonly ShownLine[] }[],
  at: Moment,
): Promise<void> {
  await tx.$executeRaw`
    insert into task_list (staff_id, day, items, pushed_at, shown)
    select staff_id, ${at.today}::date, numbers::uuid[], ${at.now}::timestamptz, shown::jsonb
    from rows from (
      unnest(${lists.map(({ staffId }) => staffId)}::uuid[]),
      string_to_table(${inOneText(lists.map(({ numbers }) => `{${numbers}}`))}, chr(30)),
      string_to_table(${jsonTexts(lists.map(({ shown }) => shown))}, chr(30))
    ) as list (staff_id, numbers, shown)
    on conflict (staff_id, day) do update set items = excluded.items,
      pushed_at = excluded.pushed_at, shown = coalesce(task_list.shown, excluded.shown)`
}
