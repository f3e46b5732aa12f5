import { z } from 'zod'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { few, type Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Command, type Context, command } from '../command.ts'
import { wholeLine } from '../grammar/reading.ts'
import { takeBack } from './policy.ts'
import { SNAPSHOT, type Undoing } from './undo-snapshot.ts'

/** What was done so long ago at most can be taken back. */
export const UNDO_MINUTES = 10

interface LastAct {
  readonly id: string
  readonly command: string
  readonly at: Date
  /** Something that this act made has been worked on since. */
  readonly builtUpon: boolean
  /** The names of the clients it was about. */
  readonly clients: readonly string[]
}

/**
 * Takes back the person's last act that can be, within ten minutes. Each feature takes back its own, in
 * the order of `parts`: a client whom the act entered goes last.
 */
export function undoCommand(parts: readonly Undoing[]): Command {
  const what: Readonly<Record<string, Text>> = Object.assign({}, ...parts.map((part) => part.what))
  const lastUndoable = lastUndoableBy([SNAPSHOT, ...parts])
  return command<unknown, LastAct, LastAct>({
    name: 'undo',
    may: takeBack,
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
      for (const part of parts) await part.takeBack(tx, id, context)
    },
    reply({ command, clients }, _facts, context) {
      const { language } = context.who
      const about = few(clients, language)
      const taken = what[command]?.[language] ?? ''
      const today = { label: context.say('今日', 'Today'), intent: { command: 'today', input: {} } }
      return textCard(
        context.say(
          `已撤销：${[about, taken].filter(Boolean).join(' 的')}。`,
          `Undone: ${[taken, about].filter(Boolean).join(' of ')}.`,
        ),
        ...(hasList(context) ? [{ kind: 'buttons', buttons: [today] } as const] : []),
      )
    },
  })
}

/** Whether this person works off a list of tasks. */
const hasList = ({ who }: Context): boolean => who.role === 'manager' || who.role === 'lead'

/** The person's last act that can be taken back, as the parts of `undo` know it. */
function lastUndoableBy(parts: readonly Pick<Undoing, 'clients' | 'builtUpon'>[]) {
  const clients = parts.flatMap((part) => part.clients ?? []).join(' union all ')
  const builtUpon = parts.flatMap((part) => part.builtUpon ?? []).join(' or ')
  return async (tx: Queries, staffId: string): Promise<LastAct | null> => {
    const [act] = await tx.$queryRawUnsafe<LastAct[]>(
      `select act.id, act.command, act.at, ${builtUpon} as "builtUpon",
         array(select distinct name from client where id in (${clients}) order by name) as clients
       from act
       where staff_id = $1::uuid and undoable and undone_at is null and result = 'done'
       order by at desc, id desc limit 1`,
      staffId,
    )
    return act ?? null
  }
}
