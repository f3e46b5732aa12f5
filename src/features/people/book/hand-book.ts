import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { findMember, type Named, resolveColleague } from '../../staff/public.ts'
import { bookReceivedCard, bookSharedOutCard } from './cards.ts'
import { readHandover } from './phrases.ts'
import {
  type Holdings,
  handBook,
  holdingsOf,
  managersOf,
  type Receiver,
  receivedBy,
} from './store.ts'

const input = z.object({
  /** Whose book; a staff code or name. */
  of: z.string().trim().min(1).max(40),
  /** To whom; none: evenly to the team. */
  to: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly of: Named
  readonly held: Holdings
  readonly receivers: readonly Receiver[]
}

/** A whole book to colleagues, with its history and its open tasks. */
export const handOverBook = command<Input, Facts, Facts>({
  name: 'hand-book',
  roles: ['lead', 'head'],
  undoable: true,
  help: {
    usage: {
      zh: '交接 M003 平均 / 交接 M003 给 王五,赵六',
      en: 'hand over M003 evenly / hand over M003 to Lee',
    },
    purpose: {
      zh: '把一位经理的全部客户和任务交给同事，历史不变',
      en: 'all clients and tasks of a manager to colleagues, history and all',
    },
  },
  phrases: { words: ['交接', 'hand over'], read: readHandover },
  input,
  async load(tx, asked, { who, at }) {
    const of = await findMember(tx, who, asked.of)
    if (of instanceof Refusal) return of
    const receivers: Receiver[] = []
    for (const said of asked.to) {
      const to = await resolveColleague(tx, who, said, { command: 'hand-book', input: asked }, 'to')
      if (to instanceof Choice) {
        return refuse(
          `"${said}"不止一位，请写工号。`,
          `There is more than one "${said}"; give the staff code.`,
        )
      }
      if (to instanceof Refusal) return to
      if (to.id !== of.id && !receivers.some(({ id }) => id === to.id)) receivers.push(to)
    }
    if (asked.to.length === 0)
      receivers.push(...(await managersOf(tx, of.unitPath, of.id, at.today)))
    return { of, held: await holdingsOf(tx, of.id), receivers }
  },
  allow: () => null,
  decide(facts): Facts | Refusal {
    const { of, held, receivers } = facts
    if (held.clients + held.tasks === 0) {
      return refuse(`${of.name} 名下没有客户和任务。`, `${of.name} holds no clients and no tasks.`)
    }
    if (receivers.length === 0) {
      return refuse(
        `${of.name} 的团队里没有其他在岗经理，请指定："交接 ${of.code} 给 姓名"。`,
        `Nobody else of the team of ${of.name} is at work; name somebody: "hand over ${of.code} to Name".`,
      )
    }
    return facts
  },
  async save(tx, { of, receivers }, { at, actId, tell, who }) {
    const ids = receivers.map(({ id }) => id)
    await handBook(tx, of.id, ids, actId, at.now)
    for (const got of await receivedBy(tx, actId)) {
      if (got.staffId === who.id) continue
      await tell(got.staffId, (language) => bookReceivedCard(who.name, of.name, got, language))
    }
  },
  reply: ({ of, held, receivers }, _facts, { who }) =>
    bookSharedOutCard(of, held, receivers, who.language),
})
