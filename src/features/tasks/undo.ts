import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { SNAPSHOT, type Undoing } from '../../bot/commands/undo-snapshot.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { undoing as activities } from '../activities/public.ts'
import { undoing as clients } from '../clients/public.ts'
import { undoing as complaints } from '../complaints/public.ts'
import { undoing as needs } from '../needs/public.ts'
import { undoing as people } from '../people/public.ts'
import { undoing as tiers } from '../tiers/public.ts'
import { undoing as visits } from '../visits/public.ts'
import { UNDO_MINUTES } from './rules.ts'
import { few, tasksBack } from './take-back.ts'
import { refreshList } from './today.ts'

/** Who takes back what, in this order: a client whom the act entered goes last. */
const PARTS: readonly Undoing[] = [
  tasksBack,
  people,
  visits,
  complaints,
  needs,
  tiers,
  activities,
  clients,
]

const WHAT: Readonly<Record<string, Text>> = Object.assign({}, ...PARTS.map(({ what }) => what))
const KNOWING = [SNAPSHOT, ...PARTS]
const CLIENTS = KNOWING.flatMap(({ clients }) => clients ?? []).join(' union all ')
const BUILT_UPON = KNOWING.flatMap(({ builtUpon }) => builtUpon ?? []).join(' or ')

interface LastAct {
  readonly id: string
  readonly command: string
  readonly at: Date
  /** Something that this act made has been worked on since. */
  readonly builtUpon: boolean
  /** The names of the clients it was about. */
  readonly clients: readonly string[]
}

/** Takes back the person's last act that can be, within ten minutes. */
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
  async save(tx, { id }, context) {
    await tx.$executeRaw`
      update act set undone_at = ${context.at.now}::timestamptz where id = ${id}::uuid`
    for (const part of PARTS) await part.takeBack(tx, id, context)
    if (hasList(context)) refreshList(context)
  },
  reply({ command, clients }, _facts, context) {
    const { language } = context.who
    const about = few(clients, language)
    const what = WHAT[command]?.[language] ?? ''
    const today = { label: context.say('今日', 'Today'), intent: { command: 'today', input: {} } }
    return textCard(
      context.say(
        `已撤销：${[about, what].filter(Boolean).join(' 的')}。`,
        `Undone: ${[what, about].filter(Boolean).join(' of ')}.`,
      ),
      ...(hasList(context) ? [{ kind: 'buttons', buttons: [today] } as const] : []),
    )
  },
})

/** Whether this person works off a list of tasks. */
const hasList = ({ who }: Context): boolean => who.role === 'manager' || who.role === 'lead'

async function lastUndoable(tx: Queries, staffId: string): Promise<LastAct | null> {
  const [act] = await tx.$queryRawUnsafe<LastAct[]>(
    `select act.id, act.command, act.at, ${BUILT_UPON} as "builtUpon",
       array(select distinct name from client where id in (${CLIENTS}) order by name) as clients
     from act
     where staff_id = $1::uuid and undoable and undone_at is null and result = 'done'
     order by at desc, id desc limit 1`,
    staffId,
  )
  return act ?? null
}
