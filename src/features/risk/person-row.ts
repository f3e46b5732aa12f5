import type { Day } from '../../core/calendar/time.ts'
import { type Text, text } from '../../core/text.ts'
import { faultOf } from '../../infra/sheets/cell-fault.ts'
import { codeOf, isCut, lastDayOf, textOf } from '../../infra/sheets/cells.ts'
import type { Row } from '../../infra/sheets/spreadsheet.ts'
import { type Identity, notPaper, readPaper, readPhoneIdentity } from '../clients/identity/rules.ts'
import type { Column } from './headings.ts'
import type { PersonRow, RowFault } from './rules.ts'

/** As the tables keep them. */
const MOST_CHARACTERS = 500

/** Reads a row by the places of its columns. */
export function readRow(
  row: Row,
  places: ReadonlyMap<Column, number>,
  today: Day,
): PersonRow | RowFault {
  const { number, cells } = row
  const cellOf = (column: Column) => cells[places.get(column) ?? -1] ?? null
  const fault = (why: Text): RowFault => ({ number, why, cells })
  for (const column of ['phone', 'id', 'code', 'reason', 'evidence', 'until'] as const) {
    const why = faultOf(row, places.get(column))
    if (why) return fault(why)
  }
  const identities: Identity[] = []
  for (const column of ['phone', 'id', 'code'] as const) {
    const typed = codeOf(cellOf(column))
    if (!typed) continue
    if (isCut(cellOf(column))) return fault(CUT)
    const read =
      column === 'phone' ? readPhoneIdentity(typed) : (readPaper(typed) ?? notPaper(typed))
    if (!('kind' in read)) return fault(read)
    identities.push(read)
  }
  if (identities.length === 0) return fault(NO_NUMBER)
  const [reason, evidence] = [textOf(cellOf('reason')), textOf(cellOf('evidence'))]
  if (!reason) return fault(text('没有理由。', 'There is no reason.'))
  if (reason.length > MOST_CHARACTERS || evidence.length > MOST_CHARACTERS) return fault(TOO_LONG)
  const until = lastDayOf(cellOf('until'), today)
  const said = textOf(cellOf('until'))
  if (until === 'month') {
    return fault(
      text(
        `到期日"${said}"没有写哪一天，请写成 2027-12-31 这样。`,
        `"${said}" does not say which day; write it as 2027-12-31.`,
      ),
    )
  }
  if (until === 'none') {
    return fault(
      text(
        `"${said}"不是日期，请写成 2027-12-31 这样。`,
        `"${said}" is no date; write it as 2027-12-31.`,
      ),
    )
  }
  if (until && until <= today) {
    return fault(text(`到期日 ${until} 已经过去。`, `${until} has gone by.`))
  }
  const name = textOf(cellOf('name')) || null
  return { number, identities, name, reason, evidence: evidence || null, until, cells }
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
