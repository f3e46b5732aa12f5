import { createHash } from 'node:crypto'
import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { findMember, resolveColleague } from '../../staff/resolve-colleague.ts'
import { type Named, staffNamed } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import { bookReceivedCard, bookSharedOutCard, planChoice } from './cards.ts'
import { clientInstead } from './hand-client.ts'
import { BOOK_PHRASES, receiversIn } from './phrases.ts'
import {
  type Holdings,
  handBook,
  holdingsOf,
  managersOf,
  type Part,
  planOf,
  type Receiver,
  receivedBy,
} from './store.ts'

const input = z.object({
  /** Whose book; a staff code or name. */
  of: z.string().trim().min(1).max(40),
  /** To whom; none: evenly to the team. */
  to: z
    .union([z.array(z.string()), z.string().transform(receiversIn)])
    .pipe(z.array(z.string().trim().min(1).max(40)).max(20))
    .default([]),
  /** Of the plan that was shown with the button, which is pressed; absent: nothing was shown yet. */
  seen: z.string().max(64).optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly of: Named
  readonly held: Holdings
  readonly receivers: readonly Receiver[]
  /** What each gets. */
  readonly parts: readonly Part[]
}

/**
 * A whole book to colleagues, with its history and its open tasks: first it is shown who gets how many,
 * and asked. What is no longer so when the button is pressed is shown and asked anew.
 */
export const handOverBook = command<Input, Facts, Facts>({
  name: 'hand-book',
  may: policy.handBook,
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
  phrases: BOOK_PHRASES,
  input,
  async load(tx, asked, context) {
    const { who, reach, at } = context
    const of = await findMember(tx, { who, reach }, asked.of)
    const [to] = asked.to
    if (of instanceof Refusal) {
      const isStaff = (await staffNamed(tx, asked.of)).some(({ exact }) => exact)
      const client = to && !isStaff && (await clientInstead(tx, { named: asked.of, to }, context))
      return client instanceof Choice ? client : of
    }
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
    const held = await holdingsOf(tx, of.id)
    if (held.clients + held.tasks === 0) {
      return refuse(`${of.name} 名下没有客户和任务。`, `${of.name} holds no clients and no tasks.`)
    }
    if (receivers.length === 0) {
      return refuse(
        `${of.name} 的团队里没有其他在岗经理，请指定："交接 ${of.code} 给 姓名"。`,
        `Nobody else of the team of ${of.name} is at work; name somebody: "hand over ${of.code} to Name".`,
      )
    }
    const ids = receivers.map(({ id }) => id)
    const parts = await planOf(tx, of.id, ids)
    const plan = markOf(parts)
    if (asked.seen === plan) return { of, held, receivers, parts }
    const intent = { command: 'hand-book', input: { ...asked, of: of.code, seen: plan } }
    return planChoice(of, held, parts, asked.seen !== undefined, intent, who.language)
  },
  decide: (facts) => facts,
  async save(tx, { of, receivers }, { at, actId, tell, who }) {
    const ids = receivers.map(({ id }) => id)
    await handBook(tx, of.id, ids, actId, at.now)
    for (const got of await receivedBy(tx, actId)) {
      if (got.staffId === who.id) continue
      await tell(got.staffId, (language) => bookReceivedCard(who.name, of.name, got, language))
    }
  },
  reply: ({ of, held, parts }, _facts, { who }) => bookSharedOutCard(of, held, parts, who.language),
})

/** A mark of what was shown: another plan has another one. */
const markOf = (parts: readonly Part[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map(({ staffId, clients, tasks }) => [staffId, clients, tasks])))
    .digest('hex')
    .slice(0, 32)
