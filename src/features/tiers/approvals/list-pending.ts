import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Card } from '../../../core/card.ts'
import type { Actor } from '../../../core/staff.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { writeWorkbook } from '../../../infra/sheets/spreadsheet.ts'
import { sheetNameOf, takenBy } from '../../../infra/sheets/writing/taken.ts'
import { decideTier, tierLabel } from '../../tier-rules/rules.ts'
import { recordedFacts, standardsOn } from '../../tier-rules/store.ts'
import { lostOf } from '../answer/lines.ts'
import { nominationsOf } from '../nominations/store.ts'
import * as policy from '../policy.ts'
import { namedOf, PAGE, type PendingList, pendingCard, type Shown, whyOf } from './cards.ts'
import { isApprover, madeBy, type PendingMove } from './rules.ts'
import {
  countPending,
  numbersOf,
  pendingEnquired,
  pendingMoves,
  pendingOfOwn,
  pendingPaths,
  saveNumbers,
} from './store.ts'

interface Input {
  readonly from: number
  readonly workbook: boolean
}

interface Facts extends PendingList {
  readonly numbers: readonly string[]
}

/** Rows of a workbook; more than that is decided all at once or not at all. */
const MOST_ROWS = 5000

/** The moves that wait for this person's department. */
export const listPending = command<Input, Facts, Facts & Input>({
  name: 'pending-moves',
  may: policy.seePending,
  help: {
    usage: { zh: '待批', en: 'pending' },
    purpose: {
      zh: '等您部门决定的分层调整，附依据；"待批 导出"得到表格',
      en: 'moves between tiers that wait for your department; "pending export" for a workbook',
    },
  },
  phrases: {
    words: [
      '待批',
      '待审批',
      '审批',
      '有什么要我批的',
      '有什么要批的',
      '有几个要批',
      '今天有几个要批',
      'pending',
      'approvals',
    ],
    read: (rest) => {
      if (/^(?:导出|表格|export|workbook)$/.test(rest)) {
        return { kind: 'understood', input: { workbook: true } }
      }
      return rest ? { kind: 'no' } : { kind: 'understood', input: {} }
    },
  },
  input: z.object({ from: z.int().min(0).default(0), workbook: z.boolean().default(false) }),
  load,
  decide: (facts, input) => ({ ...facts, ...input }),
  save: (tx, { numbers }, { who }) => saveNumbers(tx, who.id, numbers),
  reply(list, _facts, { at, who, givesOut }) {
    if (!list.workbook) return pendingCard(list, at.today, who)
    givesOut(list.shown.length)
    return workbookCard(list.shown, at, who)
  },
})

async function load(tx: Queries, { from, workbook }: Input, { who, at }: Context): Promise<Facts> {
  const role = isApprover(who.role) ? who.role : 'marketing'
  const page = workbook ? { from: 0, limit: MOST_ROWS } : { from, limit: PAGE }
  const moves = await pendingMoves(tx, role, page)
  const ids = moves.map(({ id }) => id)
  // Pages keep the numbers of those before them; the first page begins anew.
  const before = from === 0 ? [] : (await numbersOf(tx, who.id)).slice(0, from)
  return {
    shown: await withEvidence(tx, moves, at),
    total: await countPending(tx, role),
    own: (await pendingOfOwn(tx, role, who.id)).length,
    enquired: (await pendingEnquired(tx, role)).filter((each) => !madeBy(each, who.id)).length,
    from: workbook ? 0 : from,
    paths: await pendingPaths(tx, role),
    numbers: [...before, ...ids],
  }
}

async function withEvidence(
  tx: Queries,
  moves: readonly PendingMove[],
  { today, timezone }: Pick<Moment, 'today' | 'timezone'>,
): Promise<Shown[]> {
  const standards = await standardsOn(tx, today)
  const ids = moves.map(({ clientId }) => clientId)
  const recorded = new Map(
    (await recordedFacts(tx, ids, today)).map((each) => [each.clientId, each]),
  )
  const named = await nominationsOf(tx, ids, timezone)
  return moves.map((move) => {
    const known = recorded.get(move.clientId)
    const nominations = named.get(move.clientId) ?? []
    if (!known) return { move, decision: null, lost: [], nominations }
    const standard = standards[known.kind]
    const decision = decideTier(standard, known.facts)
    return { move, decision, lost: lostOf(decision, move.from, standard.ladder), nominations }
  })
}

async function workbookCard(
  shown: readonly Shown[],
  at: Moment,
  { language, ...who }: Actor,
): Promise<Card> {
  const { today } = at
  const say = speaker(language)
  const bytes = await writeWorkbook({
    marker: null,
    sheets: [
      {
        name: sheetNameOf(say('待批', 'Pending'), takenBy(who, at)),
        columns: [
          { title: say('编号', 'Number'), width: 8 },
          { title: say('客户', 'Client'), width: 16 },
          { title: say('店名', 'Business'), width: 24 },
          { title: say('原层', 'From'), width: 12 },
          { title: say('调整为', 'To'), width: 12 },
          { title: say('依据', 'Why'), width: 60 },
          { title: say('授信（元）', 'Limit (CNY)'), width: 14, holds: 'amount' },
          { title: say('客户经理', 'Manager'), width: 12 },
          { title: say('提出日', 'Since'), width: 12, holds: 'day' },
        ],
        rows: shown.map((each, place) => {
          const { move } = each
          return [
            place + 1,
            move.name,
            move.businessName,
            tierLabel(move.from, language),
            tierLabel(move.to, language),
            [whyOf(each, say, language), ...namedOf(each, today, say)].join(say('；', '; ')),
            move.creditLimit,
            move.ownerName,
            move.on,
          ]
        }),
      },
    ],
  })
  const text = say(
    `共 ${shown.length} 件。编号就是"批准 3""驳回 3 理由"里的编号。`,
    `${shown.length} moves. Decide by their number: "approve 3", "reject 3 reason".`,
  )
  return {
    blocks: [
      { kind: 'text', text },
      {
        kind: 'file',
        name: say(`待批分层调整 ${today}.xlsx`, `moves to approve ${today}.xlsx`),
        base64: bytes.toString('base64'),
      },
    ],
  }
}
