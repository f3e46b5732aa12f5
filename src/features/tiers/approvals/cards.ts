import type { Block, Button, Card, ListItem } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { type Day, sayDay } from '../../../core/time.ts'
import { criterionLine, reasonsOf } from '../answer/lines.ts'
import { approverLabel } from '../labels.ts'
import { type ApproverRole, type TierDecision, tierLabel } from '../rules.ts'
import type { Due, PendingMove } from './rules.ts'

/** Moves on one card. */
export const PAGE = 8

/** A move that waits with the reasons that the standard has for it. */
export interface Shown {
  readonly move: PendingMove
  readonly decision: TierDecision | null
}

export interface PendingList {
  readonly shown: readonly Shown[]
  readonly total: number
  readonly from: number
  readonly paths: readonly { readonly from: string; readonly to: string; readonly count: number }[]
}

/** "B 潜力 → A 重点". */
export const pathOf = (move: { from: string; to: string }, language: Language): string =>
  `${tierLabel(move.from, language)} → ${tierLabel(move.to, language)}`

/** Why, in one line. */
export const whyOf = (decision: TierDecision | null, say: Say, language: Language): string =>
  decision
    ? reasonsOf(decision, null)
        .map((each) => criterionLine(each, say, language))
        .join(say('；', '; '))
    : ''

/** What waits for this approver, each with its evidence, to be decided one by one or all at once. */
export function pendingCard(list: PendingList, today: Day, language: Language): Card {
  const say = speaker(language)
  const { shown, total, from, paths } = list
  if (total === 0) {
    return {
      title: say('待批的分层调整', 'Moves to approve'),
      blocks: [{ kind: 'text', text: say('没有待批的调整。', 'Nothing waits for you.') }],
    }
  }
  const left = total - from - shown.length
  const sums = paths.map((path) => `${path.from} → ${path.to} ${path.count}`)
  const buttons: Button[] = [
    {
      label: say(`全部批准（${total}）`, `Approve all (${total})`),
      intent: { command: 'approve-all', input: {} },
    },
    ...(left > 0
      ? [
          {
            label: say(`还有 ${left} 件`, `${left} more`),
            intent: { command: 'pending-moves', input: { from: from + PAGE } },
          },
          {
            label: say('导出表格', 'As a workbook'),
            intent: { command: 'pending-moves', input: { workbook: true } },
          },
        ]
      : []),
  ]
  return {
    title: say(`待批的分层调整 · ${total} 件`, `Moves to approve · ${total}`),
    blocks: [
      { kind: 'text', text: sums.join(say('，', ', ')) },
      {
        kind: 'list',
        items: shown.map((each, place) => item(each, from + place + 1, today, language)),
      },
      { kind: 'buttons', buttons },
      {
        kind: 'text',
        text: say(
          '也可以回复"批准 1 3"、"批准 1-5"、"驳回 2 理由"。',
          'You can also reply "approve 1 3", "approve 1-5" or "reject 2 reason".',
        ),
      },
    ],
  }
}

function item({ move, decision }: Shown, number: number, today: Day, language: Language): ListItem {
  const say = speaker(language)
  const who = [`**${move.name}**`, move.businessName].filter(Boolean).join(' · ')
  const limit = move.creditLimit === null ? null : sayYuan(move.creditLimit, language)
  const facts = [
    whyOf(decision, say, language),
    limit && say(`授信 ${limit}`, `limit ${limit}`),
    move.ownerName,
    say(`${sayDay(move.on, today, 'zh')}提出`, `since ${sayDay(move.on, today, 'en')}`),
  ]
  const ids = [move.id]
  return {
    mark: `${number}`,
    text: `${who}　${pathOf(move, language)}\n${facts.filter(Boolean).join(' · ')}`,
    buttons: [
      {
        label: say('批准', 'Approve'),
        style: 'primary',
        intent: { command: 'approve', input: { ids } },
      },
      {
        label: say('驳回', 'Reject'),
        opensForm: true,
        intent: { command: 'reject-form', input: { ids } },
      },
      {
        label: say('依据', 'Why'),
        intent: { command: 'tier', input: { clientId: move.clientId } },
      },
    ],
  }
}

/** Moves named in an answer or a message at most. */
const MOST_NAMED = 8

/** "张三 B 潜力 → A 重点" for the first of them, and how many more. */
export function namedMoves(moves: readonly PendingMove[], language: Language): string[] {
  const say = speaker(language)
  const lines = moves.slice(0, MOST_NAMED).map((move) => `${move.name} ${pathOf(move, language)}`)
  const more = moves.length - lines.length
  return more > 0 ? [...lines, say(`还有 ${more} 件`, `${more} more`)] : lines
}

export interface Verdict {
  readonly approved: boolean
  readonly reason: string | null
}

/** To the approver: what was decided, what somebody else had decided before, what is left. */
export function decidedCard(
  moves: readonly PendingMove[],
  { approved, reason }: Verdict,
  gone: number,
  left: number,
  language: Language,
): Card {
  const say = speaker(language)
  const count = moves.length
  const head = approved
    ? say(`已批准 ${count} 件，即日生效：`, `Approved ${count}, in force from today:`)
    : say(`已驳回 ${count} 件（${reason}）：`, `Rejected ${count} (${reason}):`)
  const lines = [
    head,
    ...namedMoves(moves, language),
    ...(gone > 0
      ? [say(`${gone} 件已由他人处理或已失效。`, `${gone} were decided or out of date before.`)]
      : []),
  ]
  const more: Block = {
    kind: 'buttons',
    buttons: [
      {
        label: say(`待批 ${left} 件`, `${left} to approve`),
        intent: { command: 'pending-moves', input: {} },
      },
    ],
  }
  return {
    blocks: [{ kind: 'text', text: lines.join('\n') }, ...(left > 0 ? [more] : [])],
  }
}

/** To a manager: what became of the moves of their clients, all of one decision in one message. */
export function resultCard(
  moves: readonly PendingMove[],
  { approved, reason }: Verdict,
  decider: string,
  language: Language,
): Card {
  const say = speaker(language)
  const head = approved
    ? say(`${decider}批准了您客户的分层调整：`, `${decider} approved moves of your clients:`)
    : say(
        `${decider}没有批准您客户的分层调整（${reason}），仍按原层：`,
        `${decider} rejected moves of your clients (${reason}); the old tier holds:`,
      )
  return newsCard(head, moves, language)
}

/** To a manager: whose tier changed by itself, by new facts or a new standard. */
export function movedCard(moves: readonly PendingMove[], language: Language): Card {
  const say = speaker(language)
  const head = say(
    `您有 ${moves.length} 位客户的分层有变：`,
    `The tier of ${moves.length} of your clients changed:`,
  )
  return newsCard(head, moves, language)
}

function newsCard(head: string, moves: readonly PendingMove[], language: Language): Card {
  const say = speaker(language)
  const [only] = moves
  const look: Block = {
    kind: 'buttons',
    buttons: [
      {
        label: say('看依据', 'See why'),
        intent: { command: 'tier', input: { clientId: only?.clientId } },
      },
    ],
  }
  return {
    blocks: [
      { kind: 'text', text: [head, ...namedMoves(moves, language)].join('\n') },
      ...(moves.length === 1 ? [look] : []),
    ],
  }
}

/** To an approver: how much waits, what is new, what has waited too long. */
export function waitingCard(due: Due, total: number, language: Language): Card {
  const say = speaker(language)
  const parts = [
    due.fresh > 0 && say(`新提出 ${due.fresh} 件`, `${due.fresh} new`),
    due.late > 0 &&
      say(`等了 2 个工作日以上 ${due.late} 件`, `${due.late} for two workdays or more`),
    due.overdue > 0 &&
      say(
        `等了 4 个工作日以上 ${due.overdue} 件，已告知上级`,
        `${due.overdue} for four workdays or more, your head was told`,
      ),
  ].filter(Boolean)
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `分层调整待批共 **${total}** 件：${parts.join('，')}。批准前原层不变。`,
          `**${total}** moves between tiers wait for you: ${parts.join(', ')}. Until then the old tiers hold.`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('待批', 'Show'),
            style: 'primary',
            intent: { command: 'pending-moves', input: {} },
          },
        ],
      },
    ],
  }
}

/** To the head above a department that has not decided in time. */
export function escalatedCard(role: ApproverRole, overdue: number, language: Language): Card {
  const by = approverLabel(role, language)
  const text = speaker(language)(
    `${by}有 ${overdue} 件分层调整等了 4 个工作日以上还没有决定，请督促。`,
    `${overdue} moves between tiers have waited for ${by} for four workdays or more; please see to it.`,
  )
  return { blocks: [{ kind: 'text', text }] }
}
