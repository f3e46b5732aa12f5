import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { inLanguage, type Language, speaker } from '../../core/text.ts'
import { type Cell, letters, type Workbook, writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { sheetNameOf, type Taken } from '../../infra/sheets/writing/taken.ts'
import { productLabel, urgencyLabel } from '../catalogue/rules.ts'
import { answerLabel, reasonLabel } from './labels.ts'
import { type Answer, REASONS, type Reason, type Row, reasonOf } from './rules.ts'

/** By which a list is known when it comes back. */
export const MARKER = 'hand-over'

const ANSWERS = ['accept', 'decline', 'finish'] as const

/** What a row of the workbook says besides the answer; these cells are the list and stay as they are. */
const factsOf = (
  row: Row,
  catalogue: Catalogue,
  language: Language,
  masked = row.status !== 'accepted',
): Cell[] => [
  row.number,
  row.clientName,
  row.businessName,
  row.phone && sayPhone(row.phone, masked),
  productLabel(catalogue, row.product, language),
  row.amount,
  row.wantedOn,
  inLanguage(urgencyLabel[row.urgency], language),
  row.note,
  row.registeredByName,
  row.sentOn,
]

const FACTS = 11

/** A department's list, with the number of whom it accepted, and with a column for the answer and one for the reason or result. */
export function handOverBook(
  rows: readonly Row[],
  catalogue: Catalogue,
  language: Language,
  taken: Taken,
): Promise<Buffer> {
  const say = speaker(language)
  const reasons = REASONS.map((reason) => reasonLabel(reason, say)).join(say('、', ', '))
  return writeWorkbook({
    marker: MARKER,
    sheets: [
      {
        name: sheetNameOf(say('移交名单', 'Hand-over'), taken),
        columns: [
          { title: say('编号', 'Number'), width: 6 },
          { title: say('客户', 'Client'), width: 12 },
          { title: say('企业', 'Business'), width: 20 },
          { title: say('电话', 'Phone'), width: 16, holds: 'text' },
          { title: say('产品', 'Product'), width: 14 },
          { title: say('金额(元)', 'Amount (CNY)'), width: 12, holds: 'amount' },
          { title: say('何时需要', 'Wanted on'), width: 12, holds: 'day' },
          { title: say('紧急', 'Urgency'), width: 8 },
          { title: say('备注', 'Note'), width: 30 },
          { title: say('登记人', 'Registered by'), width: 12 },
          { title: say('移交日', 'Handed over'), width: 12, holds: 'day' },
          {
            title: say('答复', 'Answer'),
            width: 10,
            options: ANSWERS.map((answer) => answerLabel(answer, say)),
          },
          {
            title: say(`退回原因（${reasons}）或结果`, `Reason (${reasons}) or result`),
            width: 40,
          },
        ],
        rows: rows.map((row) => [...factsOf(row, catalogue, language), null, null]),
      },
    ],
  })
}

export interface BookAnswer {
  readonly row: Row
  readonly answer: Answer
  readonly reason: Reason | null
  readonly note: string | null
}

/**
 * The answers in a workbook that came back, held against the open rows; rows without an answer are
 * left. Refused with the place: rows that were changed or added, words that are no answer, a
 * decline without a reason.
 */
export function answersIn(
  book: Workbook,
  open: readonly Row[],
  catalogue: Catalogue,
): BookAnswer[] | Refusal {
  const [sheet] = book.sheets
  const answers: BookAnswer[] = []
  for (const { number: line, cells } of sheet?.rows.slice(1) ?? []) {
    const row = open.find((each) => each.number === cells[0])
    const said = cells[FACTS] ?? null
    if (!row && said === null && typeof cells[0] === 'number') continue
    if (!row) {
      return refuse(
        `第 ${line} 行不在您部门待办的名单里（编号 ${cells[0] ?? '空'}），没有登记任何答复。请不要加行，已答复的行请删掉。`,
        `Row ${line} is not on your department's open list (number ${cells[0] ?? 'blank'}); nothing was taken. Add no rows, and remove those answered already.`,
      )
    }
    const changed = changedColumn(row, cells, catalogue)
    if (changed !== null) {
      return refuse(
        `第 ${line} 行 ${letters(changed)} 列和名单不一样，没有登记任何答复。请只填最后两列。`,
        `Row ${line}, column ${letters(changed)} differs from the list; nothing was taken. Fill in the last two columns only.`,
      )
    }
    if (said === null) continue
    const answer = ANSWERS.find((each) => isLabel(said, each))
    const words = cells[FACTS + 1] === null ? '' : String(cells[FACTS + 1] ?? '')
    if (!answer) {
      return refuse(
        `第 ${line} 行的答复"${said}"没看懂，请选 接收、退回 或 办结。没有登记任何答复。`,
        `The answer "${said}" in row ${line} is none of Accept, Decline, Done; nothing was taken.`,
      )
    }
    const reason = answer === 'decline' ? reasonOf(words) : null
    if (answer === 'decline' && !reason) {
      return refuse(
        `第 ${line} 行退回但没有写原因，没有登记任何答复。`,
        `Row ${line} is declined without a reason; nothing was taken.`,
      )
    }
    answers.push({ row, answer, reason, note: words || null })
  }
  return answers
}

const isLabel = (said: Cell, answer: Answer): boolean =>
  (['zh', 'en'] as const).some(
    (language) =>
      answerLabel(answer, speaker(language)).toLowerCase() === String(said).toLowerCase(),
  )

/**
 * The first column in which a row differs from the list, in whichever language it was written, and whether it was
 * accepted, which shows the number, before it was written or after.
 */
function changedColumn(row: Row, cells: readonly Cell[], catalogue: Catalogue): number | null {
  const places = (['zh', 'en'] as const).flatMap((language) =>
    [true, false].map((masked) =>
      factsOf(row, catalogue, language, masked).findIndex(
        (fact, at) => plain(fact) !== plain(cells[at] ?? null),
      ),
    ),
  )
  return places.includes(-1) ? null : Math.max(...places)
}

/** Programs write numbers as text and text as numbers; blanks at the ends are nobody's change. */
const plain = (cell: Cell): string => String(cell ?? '').trim()
