import type { Block, Card } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { approverLabel, noted } from '../../tier-rules/labels.ts'
import type { ApproverRole } from '../../tier-rules/rules.ts'
import { namedMoves, pathOf, type Verdict } from './cards.ts'
import type { Due, PendingMove } from './rules.ts'

/** To a manager: what became of the moves of their clients, all of one decision in one message. */
export function resultCard(
  moves: readonly PendingMove[],
  { approved, reason }: Verdict,
  decider: string,
  language: Language,
): Card {
  const say = speaker(language)
  const head = approved
    ? say(
        `${decider}批准了您客户的分层调整${noted(reason, say)}：`,
        `${decider} approved moves of your clients${noted(reason, say)}:`,
      )
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

/** To an approver: how much waits, what is new, what has waited too long and went up if anybody is there. */
export function waitingCard(due: Due, total: number, wentUp: boolean, language: Language): Card {
  const say = speaker(language)
  const parts = [
    due.fresh > 0 && say(`新提出 ${due.fresh} 件`, `${due.fresh} new`),
    due.late > 0 &&
      say(`等了 2 个工作日以上 ${due.late} 件`, `${due.late} for two workdays or more`),
    due.overdue > 0 &&
      say(
        `等了 4 个工作日以上 ${due.overdue} 件${wentUp ? '，已告知上级' : ''}`,
        `${due.overdue} for four workdays or more${wentUp ? ', your head was told' : ''}`,
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

/** What went up from a department that has not decided in time. */
export interface Escalated {
  readonly role: ApproverRole
  readonly total: number
  readonly longest: readonly PendingMove[]
}

/** To the head above: how much waits, who is to decide it, and what waits longest. */
export function escalatedCard(
  { role, total, longest }: Escalated,
  approvers: readonly string[],
  language: Language,
): Card {
  const say = speaker(language)
  const by = approverLabel(role, language)
  const names = approvers.join(say('、', ', '))
  const text = say(
    `${by}有 ${total} 件分层调整等了 4 个工作日以上还没有决定，请督促 ${names}：`,
    `${total} moves between tiers have waited for ${by} for four workdays or more; please see to it with ${names}:`,
  )
  const lines = longest.map((move) => `${move.name} ${pathOf(move, language)} · ${move.ownerName}`)
  const more = total - longest.length
  const rest = more > 0 ? [say(`还有 ${more} 件`, `${more} more`)] : []
  return { blocks: [{ kind: 'text', text: [text, ...lines, ...rest].join('\n') }] }
}

/** To the others of a department: one of them made moves that wait for them. */
export function askedCard(
  by: string,
  role: ApproverRole,
  moves: readonly PendingMove[],
  language: Language,
): Card {
  const say = speaker(language)
  const count = moves.length
  const head = say(
    `${approverLabel(role, 'zh')}${by}提出 ${count} 件分层调整，待您决定（提出的人不能批）：`,
    `${by} of ${approverLabel(role, 'en')} made ${count === 1 ? 'a move' : `${count} moves`} between tiers, and whoever made it does not approve it. For you to decide:`,
  )
  const show: Block = {
    kind: 'buttons',
    buttons: [
      {
        label: say('待批', 'Show'),
        style: 'primary',
        intent: { command: 'pending-moves', input: {} },
      },
    ],
  }
  return {
    blocks: [{ kind: 'text', text: [head, ...namedMoves(moves, language)].join('\n') }, show],
  }
}
