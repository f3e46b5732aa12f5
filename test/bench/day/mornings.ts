import { FEATURES } from '../../../src/app-features.ts'
import { addressesOf, enqueue } from '../../../src/bot/outbox/enqueue.ts'
import type { Services } from '../../../src/bot/services.ts'
import { addDays } from '../../../src/core/calendar/time.ts'
import type { Text } from '../../../src/core/text.ts'
import { listCard } from '../../../src/features/tasks/cards.ts'
import type { TaskLine } from '../../../src/features/tasks/list/line-store.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import { listsOf } from '../../../src/features/tasks/list/store.ts'
import { SOON_DAYS } from '../../../src/features/tasks/list/today.ts'
import { toYuan } from '../../../src/infra/database/columns.ts'
import type { Queries } from '../../../src/infra/database/index.ts'
import { workBook } from '../book.ts'
import { type Row, row } from '../row.ts'
import { median, timed } from '../timing.ts'

/** Lines say more: they may cost a tenth. */
const LIMIT = 1.1
/** As the push composes them. */
const [BATCH, ABREAST, PAGE] = [50, 3, 10]
/** What features came to say of a day with reminders and questions. */
const LATER = ['remind-me', 'enquiries']

/** The morning lists of a bank, composed and queued as they are, and as they were before lines carried more, in turn. */
export async function mornings(services: Services, managers: number, rounds: number): Promise<Row> {
  const { wholeBook: prisma } = services.database
  await workBook(services.database, { products: true })
  const quiet = { ...services, wake: () => {} }
  const times = { now: [] as number[], before: [] as number[] }
  const measured = async (way: keyof typeof times, work: () => Promise<number>) => {
    await prisma.$executeRawUnsafe('truncate task_list, message')
    let queued = 0
    times[way].push(
      await timed(async () => {
        queued = await work()
      }),
    )
    if (queued !== managers) throw new Error(`${queued} lists of ${managers}`)
  }
  const now = () =>
    measured('now', async () => (await push(quiet, services.moment(), { dryRun: false })).queued)
  const before = () => measured('before', () => pushAsBefore(quiet))
  // Each goes first as often: what comes second finds the machine warm. The first round is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const way of round % 2 === 0 ? [before, now] : [now, before]) await way()
    if (round === 0) for (const each of Object.values(times)) each.splice(0)
  }
  return row(
    `${managers} morning lists composed and queued`,
    [median(times.now), 'ms'],
    ['the same lists as lines were before', median(times.before)],
    LIMIT,
  )
}

/** A line as it was read before it had an hour, papers and the loan's day. */
const LINE = `
  select task.id, picked.viewer as "readerId", task.manager_id as "managerId", task.client_id as "clientId", task.status,
    task.kind, task.due_on::text as "dueOn", null as "dueTime", task.priority, task.reason, task.attempt, task.postponed,
    task.product, task.amount, task.note, client.name as "clientName", client.business_name as "businessName",
    client.phone, client_tier.tier, coalesce(client_tier.provisional, false) as provisional,
    waiting."to" as "pendingTier",
    client.do_not_contact as "doNotContact", client.negative_list as "negativeList",
    client.credit_expires_on::text as "creditExpiresOn", null as "loanDueOn",
    case when task.reason = 'quiet' then (
      select usage_rate from client_facts where client_facts.client_id = client.id
    ) end as "usageRate",
    client.last_contact_on::text as "lastContactOn", '[]'::json as contacts,
    client.unused_since::text as "unusedSince", client.quiet_hours as "quietHours", task.because, task.escalation,
    (
      select json_build_object('kind', kind, 'on', logged_on, 'note', note) from outcome
      where outcome.client_id = client.id and undone_at is null order by logged_at desc limit 1
    ) as last,
    case when task.kind = 'referral' then (
      select coalesce(staff.name, referrer.name)
      from referral_entry
      join referral_link on referral_link.id = referral_entry.link_id
      left join staff on staff.id = referral_link.staff_id
      left join client as referrer on referrer.id = referral_link.client_id
      where referral_entry.client_id = client.id
      order by referral_entry.entered_at desc limit 1
    ) end as referrer,
    task.answer_by::text as "answerBy",
    case when client.owner_id <> picked.viewer then (
      select name from staff where id = client.owner_id
    ) end as whose,
    case when task.reason = 'assigned' then (
      select name from act join staff on staff.id = act.staff_id
      where act.id = task.opened_by and staff.id <> task.manager_id
    ) end as "assignedBy", false as papers
  from picked
  join task on task.id = picked.id
  join client on client.id = task.client_id
  left join client_tier on client_tier.client_id = client.id
  left join tier_change as waiting on waiting.client_id = client.id and waiting.status = 'pending'`

async function linesBefore(
  tx: Queries,
  asked: readonly { readonly id: string; readonly readerId: string }[],
): Promise<TaskLine[]> {
  const rows = await tx.$queryRawUnsafe<(TaskLine & { amount: bigint | null })[]>(
    `with picked as (
       select id, viewer, place
       from rows from (json_to_recordset($1::json) as (id uuid, "readerId" uuid))
         with ordinality as asked (id, viewer, place)
     ) ${LINE} order by picked.place`,
    JSON.stringify(asked),
  )
  return rows.map((each) => Object.assign(each, { amount: toYuan(each.amount) }))
}

/** The push of before: nothing is kept of what is shown, and nobody had reminders or questions. */
async function pushAsBefore(services: Services): Promise<number> {
  const at = services.moment()
  const staff = await services.database.prisma.$queryRaw<{ id: string }[]>`
    select id from staff where role = 'manager' and active order by code`
  const features = FEATURES.filter(
    ({ commands = [] }) => !commands.some(({ name }) => LATER.includes(name)),
  )
  let queued = 0
  let from = 0
  const work = async () => {
    while (from < staff.length) {
      const ids = staff.slice(from, from + BATCH).map(({ id }) => id)
      from += BATCH
      const sent = await services.database.transaction(async (tx) => {
        await tx.$queryRaw`
          select staff_id, items, pushed_at is not null as pushed from task_list
          where staff_id = any(${ids}::uuid[]) and day = ${at.today}::date`
        const lists = await listsOf(tx, ids, at.today, addDays(at.today, SOON_DAYS))
        const addresses = new Map((await addressesOf(tx, ids)).map((each) => [each.staffId, each]))
        const notes = new Map<string, Text[]>()
        const said = await Promise.all(
          features.flatMap((each) => each.dayNotes?.(tx, ids, at) ?? []),
        )
        for (const [id, texts] of said.flatMap((each) => [...each])) {
          notes.set(id, [...(notes.get(id) ?? []), ...texts])
        }
        const shown = lists.flatMap(({ readerId, ids: tasks }) =>
          tasks.slice(0, PAGE).map((id) => ({ id, readerId })),
        )
        const lines = Map.groupBy(await linesBefore(tx, shown), ({ readerId }) => readerId)
        const letters = lists.flatMap(({ readerId, ids: tasks, ...rest }) => {
          const to = addresses.get(readerId)
          if (!to || rest.due === 0) return []
          const numbers = [...tasks]
          const view = {
            ...{ ...rest, lines: lines.get(readerId) ?? [], notes: notes.get(readerId) ?? [] },
            ...{ total: tasks.length, numbers, done: 0, from: 0, page: PAGE, quiet: null },
          }
          const letter = {
            ...{ channel: to.channel, conversation: to.conversation, replaces: null },
            ...{ card: listCard(view, at, to.language, false), notBefore: at.now },
            onceKey: `morning:${at.today}:${readerId}`,
          }
          return [{ readerId, numbers, letter }]
        })
        await tx.$executeRaw`
          insert into task_list (staff_id, day, items, pushed_at)
          select staff_id, ${at.today}::date, numbers::uuid[], ${at.now}::timestamptz
          from unnest(${letters.map(({ readerId }) => readerId)}::uuid[],
            ${letters.map(({ numbers }) => `{${numbers}}`)}::text[]) as list (staff_id, numbers)`
        await enqueue(
          tx,
          letters.map(({ letter }) => letter),
          at.now,
        )
        return letters.length
      })
      queued += sent
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, work))
  return queued
}
