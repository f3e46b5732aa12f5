import type { Day } from '../../core/calendar/time.ts'
import { type Text, text } from '../../core/text.ts'
import { faultOf } from '../../infra/sheets/cell-fault.ts'
import { codeOf, isCut, lastDayOf, textOf } from '../../infra/sheets/cells.ts'
import type { Row } from '../../infra/sheets/spreadsheet.ts'
import { type Identity, notPaper, readPaper, readPhoneIdentity } from '../clients/identity/rules.ts'
import type { Column } from './headings.ts'
import type { Person } from './rules.ts'

/** As the tables keep them. */
const MOST_CHARACTERS = 500

/** Reads a row by the places of its columns; else why it cannot be taken. */
export function readPerson(
  row: Row,
  places: ReadonlyMap<Column, number>,
  today: Day,
): Person | readonly Text[] {
  const cellOf = (column: Column) => row.cells[places.get(column) ?? -1] ?? null
  const faults: Text[] = []
  for (const column of ['phone', 'id', 'code', 'reason', 'evidence', 'until'] as const) {
    const why = faultOf(row, places.get(column))
    if (why) faults.push(why)
  }
  if (faults.length > 0) return faults
  const identities: Identity[] = []
  for (const column of ['phone', 'id', 'code'] as const) {
    const typed = codeOf(cellOf(column))
    if (!typed) continue
    const read = isCut(cellOf(column))
      ? CUT
      : column === 'phone'
        ? readPhoneIdentity(typed)
        : (readPaper(typed) ?? notPaper(typed))
    if ('kind' in read) identities.push(read)
    else faults.push(read)
  }
  if (identities.length === 0 && faults.length === 0) faults.push(NO_NUMBER)
  const [reason, evidence] = [textOf(cellOf('reason')), textOf(cellOf('evidence'))]
  if (!reason) faults.push(text('没有理由。', 'There is no reason.'))
  if (reason.length > MOST_CHARACTERS || evidence.length > MOST_CHARACTERS) faults.push(TOO_LONG)
  const until = readUntil(cellOf('until'), today)
  if (until !== null && typeof until !== 'string') faults.push(until)
  if (faults.length > 0 || (until !== null && typeof until !== 'string')) return faults
  const name = textOf(cellOf('name')) || null
  return { identities, name, reason, evidence: evidence || null, until }
}

/** The last day; null: none is set. */
function readUntil(cell: Row['cells'][0], today: Day): Day | null | Text {
  const until = lastDayOf(cell, today)
  const said = textOf(cell)
  if (until === 'month') {
    return text(
      `到期日"${said}"没有写哪一天，请写成 2027-12-31 这样。`,
      `"${said}" does not say which day; write it as 2027-12-31.`,
    )
  }
  if (until === 'none') {
    return text(
      `"${said}"不是日期，请写成 2027-12-31 这样。`,
      `"${said}" is no date; write it as 2027-12-31.`,
    )
  }
  return until && until <= today
    ? text(`到期日 ${until} 已经过去。`, `${until} has gone by.`)
    : until
}

const CUT = text(
  '号码存成了数字，表格软件只留 15 位，后面的已经丢失。请把这一列设为文本，重新填写。',
  'The number was kept as a figure, of which spreadsheet programs keep 15 digits only; the rest is lost. Make the column text and enter it again.',
)
const NO_NUMBER = text(
  '没有手机号、身份证号或统一社会信用代码。',
  'There is no phone, ID number or social credit code.',
)
const TOO_LONG = text(
  `理由或证据超过 ${MOST_CHARACTERS} 字，请写短一些。`,
  `The reason or the evidence is longer than ${MOST_CHARACTERS} characters; please shorten it.`,
)
