import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { type Text, text } from '../../../core/text.ts'
import type { ClientPhone } from '../../clients/identity/phones-store.ts'
import type { Identity } from '../../clients/identity/rules.ts'
import type { Client } from '../../clients/rules.ts'
import type { OpeningTask } from '../../tasks/store.ts'
import type { FileColumns } from '../store.ts'
import { type CreditOnFile, endFault } from './credit-end.ts'
import {
  FIELD_NAMES,
  type FieldName,
  fieldLabel,
  isIdField,
  type ReadValue,
  readField,
  type SaidFields,
  sayValue,
} from './rules.ts'

/** What is on file, and what the registers and other files know of what is said. */
export interface OnFile {
  readonly columns: FileColumns
  readonly phones: readonly ClientPhone[]
  /** By number, why it cannot be this client's: it is another's. */
  readonly others: ReadonlyMap<string, Text>
  /** By field, what a register calls it. */
  readonly registered: SaidFields
  readonly credit: CreditOnFile
}

/** A field as it was and is to be. */
export interface Change {
  readonly field: FieldName
  readonly before: string | null
  readonly after: string | null
  /** Of another phone: whose or what it is. */
  readonly beside: string
}

/** What is written, and a sentence for each field that is not. */
export interface Changes {
  readonly changes: readonly Change[]
  readonly refused: readonly Text[]
}

/** What a change of a file comes to. */
export interface Changed extends Changes {
  readonly client: Client
  readonly onFile: OnFile
  /** The call by which a new number answers a dead one; null: none. */
  readonly call: OpeningTask | null
  /** The birthday that an identity number says and nobody recorded; null: none. */
  readonly born: Day | null
  /** A new number is on the negative list. */
  readonly barred: boolean
}

/** What said fields come to; what is on file already is no change. */
export function changesOf(said: SaidFields, onFile: OnFile, at: Moment): Changes {
  const changes: Change[] = []
  const refused: Text[] = []
  for (const field of FIELD_NAMES) {
    const words = said[field]
    if (words === undefined) continue
    const read = readField(field, onFile.registered[field] ?? words, at)
    const change = 'zh' in read ? read : changeOf(field, read, onFile, at)
    if (change && 'zh' in change) refused.push(change)
    else if (change) changes.push(change)
  }
  return { changes, refused }
}

function changeOf(
  field: FieldName,
  read: ReadValue,
  onFile: OnFile,
  at: Moment,
): Change | Text | null {
  const { value: after, beside = '' } = read
  const other = after !== null && onFile.others.get(after)
  // A contact person may serve many clients with one number.
  if (other && !(field === 'otherPhone' && beside)) return other
  const fault = field === 'creditEndsOn' && after !== null && endFault(onFile.credit, after, at)
  if (fault) return fault
  const before = beforeOf(field, after, onFile)
  if (field === 'deadPhone' || field === 'dropPhone') {
    const known = onFile.phones.find(({ number }) => number === after)
    if (!known) return noSuchNumber(sayValue(field, after ?? '', false))
    if (field === 'deadPhone' && known.state === 'dead') return null
    return { field, before: after, after: null, beside }
  }
  return before === after ? null : { field, before, after, beside }
}

const noSuchNumber = (number: string): Text =>
  text(`档案里没有 ${number} 这个号码。`, `There is no number ${number} on the file.`)

function beforeOf(field: FieldName, after: string | null, { columns, phones, credit }: OnFile) {
  if (isIdField(field)) return columns.idNumber
  switch (field) {
    case 'phone':
      return phones.find(({ preferred, state }) => preferred && state === 'ok')?.number ?? null
    case 'otherPhone':
      return phones.find(({ number, state }) => number === after && state === 'ok')?.number ?? null
    case 'deadPhone':
    case 'dropPhone':
      return after
    case 'creditEndsOn':
      return credit.facility ? credit.facility.endsOn : columns.creditEndsOn
    default:
      return columns[field]
  }
}

function identityKind(field: FieldName): Identity['kind'] | null {
  if (isIdField(field)) return 'id'
  if (field === 'creditCode') return 'credit-code'
  return field === 'phone' || field === 'otherPhone' ? 'phone' : null
}

/** Whether a change gives the client a number that means one client. */
export const isNumber = ({ field, after }: Change): boolean =>
  after !== null && identityKind(field) !== null

/** The numbers among said fields that mean one client. */
export function identitiesIn(said: SaidFields, at: Moment): Identity[] {
  return FIELD_NAMES.flatMap((field) => {
    const kind = identityKind(field)
    const words = said[field]
    if (kind === null || words === undefined) return []
    const read = readField(field, words, at)
    return 'zh' in read || read.value === null ? [] : [{ kind, value: read.value }]
  })
}

export const isChange = (change: Change, ...fields: readonly FieldName[]): boolean =>
  fields.includes(change.field)

/** A change as its author reads it. */
export function sayChange({ field, before, after }: Change, masked: boolean): Text {
  const { zh, en } = fieldLabel(field)
  const value = (of: string | null) => of && sayValue(field, of, masked)
  switch (field) {
    case 'deadPhone':
      return text(`${value(before)} 标为空号`, `${value(before)} is marked as dead`)
    case 'dropPhone':
      return text(`删去电话 ${value(before)}`, `${value(before)} is off the file`)
    case 'otherPhone':
      return text(`加电话 ${value(after)}`, `${value(after)} is on the file too`)
    default:
      return text(
        `${zh} ${value(before) ?? '无'} → ${value(after) ?? '无'}`,
        `${en} ${value(before) ?? 'none'} → ${value(after) ?? 'none'}`,
      )
  }
}
