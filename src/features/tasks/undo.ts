import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { wholeLine } from '../../bot/words/reading.ts'
import { say } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { takeBackFacts } from '../tiers/public.ts'
import { recountTouches } from './care/store.ts'
import { moveBack } from './move/store.ts'
import { UNDO_MINUTES } from './rules.ts'
import { refreshList } from './today.ts'

interface LastAct {
  readonly id: string
  readonly command: string
  readonly at: Date
  /** Something that this act made has been worked on since. */
  readonly builtUpon: boolean
  /** The clients it was about. */
  readonly clients: string | null
}

/** Takes back the person's last act: an outcome, a need, a new client or facts, within ten minutes. */
export const undo = command<unknown, LastAct, LastAct>({
  name: 'undo',
  roles: ['manager', 'lead', 'head', 'marketing', 'risk'],
  help: {
    usage: { zh: '撤销', en: 'undo' },
    purpose: {
      zh: `${UNDO_MINUTES} 分钟内撤销刚才的登记`,
      en: `take back what you logged, within ${UNDO_MINUTES} minutes`,
    },
  },
  phrases: { words: ['撤销', '撤回', '取消刚才', 'undo'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { who }) {
    const act = await lastUndoable(tx, who.id)
    return act ?? refuse('没有可以撤销的登记。', 'There is nothing to undo.')
  },
  allow: () => null,
  decide(act, _input, { at }) {
    if (at.now.getTime() - act.at.getTime() > UNDO_MINUTES * 60_000) {
      return refuse(
        `上一次登记已超过 ${UNDO_MINUTES} 分钟，不能撤销；请重新登记正确的结果。`,
        `Your last entry is more than ${UNDO_MINUTES} minutes old and stays. Log the right outcome instead.`,
      )
    }
    if (act.builtUpon) {
      return refuse(
        '上一次登记之后已有新的进展，不能撤销；请登记正确的结果。',
        'Something was logged on top of your last entry, so it stays. Log the right outcome instead.',
      )
    }
    return act
  },
  async save(tx, act, context) {
    await tellOthers(tx, act.id, context)
    await takeBack(tx, act.id, context.actId, context.at.now)
    await takeBackFacts(tx, act.id, context.at)
    if (hasList(context)) refreshList(context)
  },
  reply(act, _facts, context) {
    const about = few(act.clients ?? '')
    const today = { label: context.say('今日', 'Today'), intent: { command: 'today', input: {} } }
    return say(
      context.say(
        `已撤销：${about}${WHAT[act.command] ?? ''}。`,
        `Undone${about && `: ${about}`}.`,
      ),
      ...(hasList(context) ? [{ kind: 'buttons', buttons: [today] } as const] : []),
    )
  },
})

/** What of a client an act was about, where it was not the client as a whole. */
const WHAT: Readonly<Record<string, string>> = {
  'log-outcome': ' 的结果',
  need: ' 的需求',
  postpone: ' 的改期',
  'hand-task': ' 的转交',
  assign: ' 的交办',
  absence: '请假',
  visit: ' 的走访',
  'hand-book': ' 的交接',
  'record-facts': ' 的信息',
  complaint: ' 的投诉',
  'close-complaint': ' 的投诉办结',
}

/** Names as they are said where there may be many. */
function few(names: string): string {
  const all = names.split('、')
  return all.length > 4 ? `${all.slice(0, 3).join('、')} 等 ${all.length} 位` : names
}

/** Whether this person works off a list of tasks. */
const hasList = ({ who }: Context): boolean => who.role === 'manager' || who.role === 'lead'

async function lastUndoable(tx: Queries, staffId: string): Promise<LastAct | null> {
  const [act] = await tx.$queryRaw<LastAct[]>`
    select act.id, act.command, act.at,
      exists (select from task where opened_by = act.id and status <> 'open')
        or exists (select from need join hand_over_row on need_id = need.id where need.act_id = act.id)
        or exists (select from task join client on client.id = task.client_id
          where client.opened_by = act.id and task.closed_at is not null)
        or exists (select from task_move join task on task.id = task_id
          where act_id = act.id and (status <> 'open' or exists (
            select from task_move as later where later.task_id = task.id
              and later.moved_at > task_move.moved_at and later.undone_at is null)))
        or exists (select from fact_entry as entry join fact_entry as later
            on later.client_id = entry.client_id and later.fact = entry.fact
              and later.id > entry.id and later.undone_at is null
          where entry.act_id = act.id)
        or exists (select from complaint join complaint as later on later.task_id = complaint.task_id
          where complaint.act_id = act.id and later.act_id <> act.id and later.status = 'open')
        as "builtUpon",
      (select string_agg(distinct client.name, '、') from client where client.opened_by = act.id
        or client.id in (select client_id from outcome where act_id = act.id)
        or client.id in (select client_id from need where act_id = act.id)
        or client.id in (select client_id from fact_entry where act_id = act.id)
        or client.id in (select client_id from visit where act_id = act.id)
        or client.id in (select client_id from complaint where act_id = act.id or closed_by = act.id)
        or client.id in (select client_id from task where opened_by = act.id
          or task.id in (select task_id from task_move where act_id = act.id))) as clients
    from act
    where staff_id = ${staffId}::uuid and undoable and undone_at is null and result = 'done'
    order by at desc, id desc limit 1`
  return act ?? null
}

/** Whoever was given a task by this act hears that it is gone. */
async function tellOthers(tx: Queries, act: string, { who, tell }: Context): Promise<void> {
  const given = await tx.$queryRaw<{ staffId: string; clients: string }[]>`
    select manager_id as "staffId", string_agg(client.name, '、' order by client.name) as clients
    from task join client on client.id = client_id
    where task.status = 'open' and manager_id <> ${who.id}::uuid
      and (task.opened_by = ${act}::uuid or task.id in (
        select task_id from task_move
        where act_id = ${act}::uuid and to_manager_id <> from_manager_id))
    group by manager_id`
  for (const { staffId, clients } of given) {
    await tell(staffId, (language) =>
      say(
        speaker(language)(
          `${who.name}收回了刚才给您的任务：${few(clients)}。`,
          `${who.name} took back the task just given to you: ${few(clients)}.`,
        ),
      ),
    )
  }
}

/**
 * Everything an act made or closed carries its id: what it opened is cancelled, what it closed is
 * open again, what it logged no longer counts.
 */
async function takeBack(tx: Queries, act: string, by: string, now: Date): Promise<void> {
  await tx.$executeRaw`update act set undone_at = ${now}::timestamptz where id = ${act}::uuid`
  await moveBack(tx, act, now)
  await tx.$executeRaw`
    update client set owner_id = from_id from owner_change
    where client_id = client.id and act_id = ${act}::uuid and undone_at is null and owner_id = to_id`
  await tx.$executeRaw`
    update owner_change set undone_at = ${now}::timestamptz where act_id = ${act}::uuid`
  await tx.$executeRaw`
    update task set status = 'cancelled', closed_by = ${by}::uuid, closed_at = ${now}::timestamptz,
      no_next = 'undone', generated_for = null
    where opened_by = ${act}::uuid and status = 'open'`
  await tx.$executeRaw`
    update task set status = 'open', closed_by = null, closed_at = null, no_next = null
    where closed_by = ${act}::uuid`
  await tx.$executeRaw`
    update client set do_not_contact = null, silenced_by = null where silenced_by = ${act}::uuid`
  await tx.$executeRaw`
    update outcome set undone_at = ${now}::timestamptz where act_id = ${act}::uuid`
  await tx.$executeRaw`
    update visit set undone_at = ${now}::timestamptz where act_id = ${act}::uuid`
  await recountTouches(tx, act)
  await tx.$executeRaw`
    update absence set cancelled_at = ${now}::timestamptz where act_id = ${act}::uuid`
  await tx.$executeRaw`update complaint set status = 'withdrawn' where act_id = ${act}::uuid`
  await tx.$executeRaw`
    update complaint set status = 'open', answer = null, closed_by = null, closed_at = null
    where closed_by = ${act}::uuid`
  await tx.$executeRaw`update need set status = 'withdrawn' where act_id = ${act}::uuid`
  await tx.$executeRaw`
    delete from activity_guest where act_id = ${act}::uuid and attended_at is null`
  await tx.$executeRaw`delete from client where opened_by = ${act}::uuid`
}
