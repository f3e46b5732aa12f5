import { z } from 'zod'
import { type Context, command, query } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { nobodyCalledSo, resolveClient } from '../../clients/resolve-client.ts'
import * as policy from '../policy.ts'
import { colleaguesOf } from './approvers-store.ts'
import { decidedCard, type Verdict } from './cards.ts'
import { enquiredLines, ownLines } from './maker-cards.ts'
import { APPROVAL_PHRASES, APPROVE_ALL_PHRASES, REJECTION_PHRASES } from './phrases.ts'
import { announce } from './result.ts'
import { isApprover, madeBy, type PendingMove } from './rules.ts'
import {
  countPending,
  decideMoves,
  lockPending,
  numbersOf,
  pendingEnquired,
  pendingIds,
  pendingOf,
  pendingOfOwn,
} from './store.ts'

const which = {
  /** A button names moves by id, words by number, client or all. */
  ids: z.array(z.uuid()).max(500).optional(),
  numbers: z.array(z.int().positive()).max(500).optional(),
  named: z.string().trim().min(1).max(40).optional(),
  clientId: z.uuid().optional(),
  all: z.literal(true).optional(),
  /** How many the asker saw when they said all. */
  count: z.int().positive().optional(),
}
type Which = z.infer<z.ZodObject<typeof which>>

const reason = z.string().trim().min(1, '请写理由。 Please give the reason.').max(500)
const why = { reason: reason.optional() }
type Why = z.infer<z.ZodObject<typeof why>>

interface Facts {
  readonly moves: readonly PendingMove[]
  /** Asked for, but brought about by the asker: somebody else decides those. */
  readonly own: readonly PendingMove[]
  /** Asked for, but whoever serves the client was asked first and has not answered. */
  readonly enquired: readonly PendingMove[]
  /** The others of the department. */
  readonly colleagues: readonly string[]
  /** Asked for and no longer waiting. */
  readonly gone: number
  readonly waiting: number
}

interface Decided extends Facts {
  readonly verdict: Verdict
}

const shared = {
  may: policy.decideMoves,
  async save(tx: Queries, { moves, verdict }: Decided, context: Context) {
    const { who, at } = context
    const ids = moves.map(({ id }) => id)
    await decideMoves(tx, ids, verdict, { staffId: who.id, today: at.today, now: at.now })
    await announce(tx, moves, verdict, context)
  },
  reply: (
    { moves, own, enquired, gone, waiting, verdict }: Decided,
    _facts: Facts,
    { who, at }: Context,
  ) =>
    decidedCard(moves, verdict, { gone, left: waiting - moves.length }, own, who, [
      ...enquiredLines(enquired, at.today, who.language),
    ]),
}

/** Moves that wait take effect from today. */
export const approve = command<Which & Why, Facts, Decided>({
  ...shared,
  name: 'approve',
  help: {
    usage: { zh: '批准 1 3', en: 'approve 1 3' },
    purpose: {
      zh: '批准待批的分层调整；"批准 1-5 流水已核"、"批准 张三"、"全部批准"',
      en: 'approve moves between tiers; also "approve 1-5 figures checked", "approve Zhang", "approve all"',
    },
  },
  phrases: APPROVAL_PHRASES,
  input: z.object({ ...which, ...why }),
  load: (tx, input, context) => load(tx, input, context, 'approve'),
  decide: (facts, { reason = null }) => ({ ...facts, verdict: { approved: true, reason } }),
})

/** Everything that waits, after it was said how much that is. */
export const approveAll = command<Which & Why, Facts, Decided>({
  ...shared,
  name: 'approve-all',
  help: {
    usage: { zh: '全部批准', en: 'approve all' },
    purpose: { zh: '批准全部待批的分层调整', en: 'approve everything that waits' },
  },
  phrases: APPROVE_ALL_PHRASES,
  input: z.object({ ...which, ...why }),
  load: (tx, input, context) => load(tx, { ...input, all: true }, context, 'approve-all'),
  decide: (facts, { reason = null }) => ({ ...facts, verdict: { approved: true, reason } }),
})

/** Moves that wait do not take effect; the old tier stays, with the reason. */
export const reject = command<Which & { reason: string }, Facts, Decided>({
  ...shared,
  name: 'reject',
  help: {
    usage: { zh: '驳回 2 资料不实', en: 'reject 2 wrong figures' },
    purpose: {
      zh: '驳回待批的分层调整，写明理由；"驳回 全部 理由"',
      en: 'reject moves between tiers with the reason; also "reject all reason"',
    },
  },
  phrases: REJECTION_PHRASES,
  input: z.object({ ...which, reason }),
  askedInVain: nobodyCalledSo,
  load: (tx, input, context) => load(tx, input, context, 'reject'),
  decide: (facts, { reason }) => ({ ...facts, verdict: { approved: false, reason } }),
})

/** The form behind the button: the reason. */
export const rejectForm = query<Which, null>({
  name: 'reject-form',
  may: policy.seePending,
  help: {
    usage: { zh: '待批上的"驳回"按钮', en: 'the "Reject" button' },
    purpose: { zh: '写明驳回的理由', en: 'give the reason of a rejection' },
  },
  input: z.object(which),
  load: async () => null,
  reply: (_facts, { ids = [] }, { who }) => {
    const say = speaker(who.language)
    const fields = [
      { name: 'reason', label: say('理由', 'Reason'), type: 'long-text', required: true } as const,
    ]
    const form = {
      title: say('驳回分层调整', 'Reject the move'),
      submit: say('驳回', 'Reject'),
      intent: { command: 'reject', input: { ids } },
      fields,
    }
    return { blocks: [{ kind: 'form', form }] }
  },
})

async function load(
  tx: Queries,
  asked: Which,
  { who, reach, at }: Context & Asker,
  name: string,
): Promise<Facts | Refusal | Choice> {
  const role = isApprover(who.role) ? who.role : 'marketing'
  const total = await countPending(tx, role)
  const colleagues = await colleaguesOf(tx, role, who.id)
  if (asked.all) {
    if (total === 0) return refuse('没有待批的调整。', 'Nothing waits for you.')
    const own = await pendingOfOwn(tx, role, who.id)
    const enquired = othersMade(await pendingEnquired(tx, role), who)
    const waiting = total - own.length
    const free = waiting - enquired.length
    if (free === 0) return nothingFree({ own, enquired, colleagues, waiting }, at.today)
    if (asked.count !== free) return confirmation(free, own, enquired, name, asked, who, at.today)
    const found = await lockPending(tx, role, await pendingIds(tx, role))
    const moves = othersMade(found, who).filter(({ enquiry }) => enquiry === null)
    return { moves, own, enquired, colleagues, gone: 0, waiting }
  }
  const ids = await idsOf(tx, asked, { who, reach }, name)
  if (!Array.isArray(ids)) return ids
  const found = await lockPending(tx, role, ids)
  const own = found.filter((move) => madeBy(move, who.id) !== null)
  const others = othersMade(found, who)
  const moves = others.filter(({ enquiry }) => enquiry === null)
  const enquired = others.filter(({ enquiry }) => enquiry !== null)
  if (found.length === 0) {
    return refuse(
      '这些调整已由他人处理或已失效。发"待批"看还有哪些。',
      'These were decided by somebody else or are out of date. Say "pending" for what is left.',
    )
  }
  const facts = { own, enquired, colleagues, waiting: total }
  if (moves.length === 0) return nothingFree(facts, at.today)
  return { ...facts, moves, gone: ids.length - found.length }
}

/** Everything asked for waits for somebody else: for a colleague, or for the answer of whoever serves the client. */
function nothingFree(
  facts: Pick<Facts, 'own' | 'enquired' | 'colleagues' | 'waiting'>,
  today: Day,
): Facts | Refusal {
  const { enquired } = facts
  if (enquired.length === 0) return { ...facts, moves: [], gone: 0 }
  const [zh, en] = (['zh', 'en'] as const).map((language) =>
    enquiredLines(enquired, today, language).join('\n'),
  )
  return refuse(zh ?? '', en ?? '')
}

const othersMade = (moves: readonly PendingMove[], { id }: Context['who']) =>
  moves.filter((move) => madeBy(move, id) === null)

async function idsOf(
  tx: Queries,
  asked: Which,
  { who, reach }: Asker,
  name: string,
): Promise<string[] | Refusal | Choice> {
  if (asked.ids) return asked.ids
  if (asked.numbers) {
    const numbers = await numbersOf(tx, who.id)
    const beyond = asked.numbers.find((number) => numbers[number - 1] === undefined)
    if (beyond === undefined) return asked.numbers.flatMap((number) => numbers[number - 1] ?? [])
    return numbers.length === 0
      ? refuse('请先发"待批"看编号。', 'Say "pending" first to see the numbers.')
      : refuse(
          `清单上没有第 ${beyond} 件，共 ${numbers.length} 件。什么都没有决定。`,
          `The list has no number ${beyond}, only ${numbers.length}. Nothing was decided.`,
        )
  }
  const client = await resolveClient(tx, { who, reach }, asked, { command: name, input: asked })
  if (!('id' in client)) return client
  const role = isApprover(who.role) ? who.role : 'marketing'
  const id = await pendingOf(tx, role, client.id)
  if (id) return [id]
  return refuse(
    `${client.name} 没有等您部门决定的调整。`,
    `No move of ${client.name} waits for your department.`,
  )
}

/** How many there are, and which are left out, is said before all of them are decided. */
function confirmation(
  count: number,
  own: readonly PendingMove[],
  enquired: readonly PendingMove[],
  name: string,
  asked: Which,
  who: Context['who'],
  today: Day,
): Choice {
  const left = (language: Language) => [
    ...ownLines(own, who.id, language),
    ...enquiredLines(enquired, today, language),
  ]
  const approving = name !== 'reject'
  const ask = {
    zh: `共 ${count} 件待批，全部${approving ? '批准' : '驳回'}吗？不是就不用回答。`,
    en: `${count} moves wait. ${approving ? 'Approve' : 'Reject'} all of them? If not, just go on.`,
  }
  return new Choice(
    {
      zh: [ask.zh, ...left('zh')].join('\n'),
      en: [ask.en, ...left('en')].join('\n'),
    },
    [
      {
        label: speaker(who.language)(`确认，共 ${count} 件`, `Yes, all ${count}`),
        intent: { command: name, input: { ...asked, all: true, count } },
      },
    ],
  )
}
