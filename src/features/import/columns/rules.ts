import type { Text } from '../../../core/text.ts'
import type { FactName } from '../../tier-rules/facts.ts'

/** What the cells of a column hold, and so how they are read. */
export type ColumnKind =
  | 'phone'
  | 'paper'
  | 'staff'
  | 'text'
  | 'day'
  | 'last-day'
  | 'yuan'
  | 'share'
  | 'word'
  | 'product'
  | 'products'
  | 'fact'

/** A column that a book of clients may have. */
export interface ColumnSpec {
  readonly label: Text
  readonly kind: ColumnKind
  /** Whole headings: in small letters, without blanks and units. */
  readonly exact: readonly string[]
  readonly like?: RegExp
  readonly never?: RegExp
  readonly anyOfThem?: boolean
  /** Of `text`: the most characters. */
  readonly most?: number
  /** Of `yuan`: small numbers are no sign that they are counted in 万, as others of the row would show it. */
  readonly anySize?: boolean
  /** Of `word`: what each word stands for. */
  readonly words?: Readonly<Record<string, string>>
  /** Of `fact`. */
  readonly fact?: FactName
}
