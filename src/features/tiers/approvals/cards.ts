import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card, ListItem } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { noted } from '../../tier-rules/labels.ts'
import { type CriterionResult, type TierDecision, tierLabel } from '../../tier-rules/rules.ts'
import { criterionLine, MARK, namedLine, reasonsOf } from '../answer/lines.ts'
import type { Nomination } from '../nominations/rules.ts'
import { enquiredLine, makingLabel, ownLines } from './maker-cards.ts'
import { madeBy, type PendingMove } from './rules.ts'

/** Moves on one card. */
export const PAGE = 8

/** A move that waits with the reasons that the standard has for it. */
export interface Shown {
  readonly move: PendingMove
  readonly decision: TierDecision | null
  /** What they no longer meet of the tier they would leave. */
  readonly lost: readonly CriterionResult[]
  /** In force, or ended so that this move came about. */
  readonly nominations: readonly Nomination[]
}

export interface PendingList {
  readonly shown: readonly Shown[]
  readonly total: number
  /** How many of them the reader brought about, which others decide. */
  readonly own: number
  /** How many others wait for an answer first. */
  readonly enquired: number
  readonly from: number
  readonly paths: readonly { readonly from: string; readonly to: string; readonly count: number }[]
}

/** "B 潜力 → A 重点". */
export const pathOf = (move: { from: string; to: string }, language: Language): string =>
  `${tierLabel(move.from, language)} → ${tierLabel(move.to, language)}`

/** Why, in one line. */
export const whyOf = ({ decision, lost }: Shown, say: Say, language: Language): string =>
  [
    ...lost.map((each) => `${MARK.failed} ${criterionLine(each, say, language)}`),
    ...(decision ? reasonsOf(decision, null) : []).map((each) =>
      criterionLine(each, say, language),
    ),
  ].join(say('；', '; '))

/** What waits for this approver, each with its evidence, to be decided one by one or all at once. */
export function pendingCard(
  list: PendingList,
  today: Day,
  { id: reader, language }: { readonly id: string; readonly language: Language },
): Card {
  const say = speaker(language)
  const { shown, total, from, paths } = list
  const free = total - list.own - list.enquired
  if (total === 0) {
    return {
      title: say('待批的分层调整', 'Moves to approve'),
      blocks: [{ kind: 'text', text: say('没有待批的调整。', 'Nothing waits for you.') }],
    }
  }
  const left = total - from - shown.length
  const sums = paths.map((path) => `${path.from} → ${path.to} ${path.count}`)
  const buttons: Button[] = [
    ...(free > 0
      ? [
          {
            label: say(`全部批准（${free}）`, `Approve all (${free})`),
            intent: { command: 'approve-all', input: {} },
          },
        ]
      : []),
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
        items: shown.map((each, place) => item(each, from + place + 1, today, reader, language)),
      },
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
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

/** A nomination within a list is cut short; the whole stands behind "why". */
const LONGEST_NAMING = 120

/** Who named the client, why, and until when; in a list the beginning of it. */
export const namedOf = (
  { nominations }: Shown,
  today: Day,
  say: Say,
  longest = Infinity,
): string[] =>
  nominations
    .map((nomination) => namedLine(nomination, today, say))
    .map((line) => (line.length > longest ? `${line.slice(0, longest)}…` : line))

function item(
  shown: Shown,
  number: number,
  today: Day,
  reader: string,
  language: Language,
): ListItem {
  const { move } = shown
  const say = speaker(language)
  const did = madeBy(move, reader)
  const who = [`**${move.name}**`, move.businessName].filter(Boolean).join(' · ')
  const limit = move.creditLimit === null ? null : sayYuan(move.creditLimit, language)
  const facts = [
    whyOf(shown, say, language),
    limit && say(`授信 ${limit}`, `limit ${limit}`),
    move.ownerName,
    say(`${sayDay(move.on, today, 'zh')}提出`, `since ${sayDay(move.on, today, 'en')}`),
  ]
  const ids = [move.id]
  const decisions: Button[] = [
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
  ]
  return {
    mark: `${number}`,
    text: [
      `${who}　${pathOf(move, language)}`,
      ...namedOf(shown, today, say, LONGEST_NAMING),
      facts.filter(Boolean).join(' · '),
      ...(did
        ? [`${makingLabel(did, say)}${say('，须由同事决定', ', so a colleague decides it')}`]
        : []),
      ...(move.enquiry ? [enquiredLine(move.enquiry, today, say)] : []),
    ].join('\n'),
    buttons: [
      ...(did || move.enquiry ? [] : decisions),
      ...(move.enquiry
        ? []
        : [
            {
              label: say('调查', 'Enquire'),
              opensForm: true,
              intent: { command: 'enquiry-form', input: { clientId: move.clientId } },
            },
          ]),
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

/** To the approver: what was decided, what somebody else had decided before or has to, what is left. */
export function decidedCard(
  moves: readonly PendingMove[],
  { approved, reason }: Verdict,
  { gone, left }: { readonly gone: number; readonly left: number },
  own: readonly PendingMove[],
  { id: reader, language }: { readonly id: string; readonly language: Language },
  enquired: readonly string[] = [],
): Card {
  const say = speaker(language)
  const count = moves.length
  const head = approved
    ? say(
        `已批准 ${count} 件${noted(reason, say)}，即日生效：`,
        `Approved ${count}${noted(reason, say)}, in force from today:`,
      )
    : say(`已驳回 ${count} 件（${reason}）：`, `Rejected ${count} (${reason}):`)
  const lines = [
    head,
    ...namedMoves(moves, language),
    ...(gone > 0
      ? [say(`${gone} 件已由他人处理或已失效。`, `${gone} were decided or out of date before.`)]
      : []),
    ...ownLines(own, reader, language),
    ...enquired,
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
