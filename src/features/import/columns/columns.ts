import type { Role } from '../../../core/staff.ts'
import { type Text, text } from '../../../core/text.ts'
import { barredFrom } from '../../tiers/entry/rules.ts'
import { CLIENT_COLUMNS, type ClientColumn } from './client-columns.ts'
import { FACT_COLUMNS, type FactColumn } from './fact-columns.ts'
import type { ColumnSpec } from './rules.ts'

export type Column = ClientColumn | FactColumn

/** Every column that a book of clients may have. */
export const COLUMNS: Readonly<Record<Column, ColumnSpec>> = { ...CLIENT_COLUMNS, ...FACT_COLUMNS }

/** One of these says who it is. */
export const NUMBERS: readonly Column[] = ['phone', 'id', 'code', 'account']

const CREDIT: readonly Column[] = [
  ...(['account', 'product', 'facilityKind', 'limit', 'balance'] as const),
  ...(['usage', 'opened', 'creditEnds'] as const),
]

/** Why somebody of this role may not fill in a column; null when they may, and of a role of nobody. */
export function columnBarred(role: Role | null, column: Column): Text | null {
  if (role === null) return null
  if (role === 'manager' && CREDIT.includes(column)) return BY_LEADS
  const { fact } = COLUMNS[column]
  return fact ? barredFrom(role, fact) : null
}

export const BY_LEADS = text(
  '授信和存量客户由团队主管或以上导入。',
  'Facilities and existing clients are imported by a team lead or whoever is above.',
)
