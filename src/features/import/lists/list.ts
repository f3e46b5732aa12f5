import type { Moment } from '../../../bot/moment.ts'
import type { Policy } from '../../../bot/policy.ts'
import type { Services } from '../../../bot/services.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Headings } from '../../../infra/sheets/headings.ts'
import type { Row } from '../../../infra/sheets/spreadsheet.ts'
import type { Importer, ListKind, Verdict } from '../rules.ts'

/** What a row says, or why it cannot be taken. */
export interface ReadListRow<Says> {
  readonly says: Says | null
  /** Rows of one file with the same key are about the same: only the first of them is taken. */
  readonly key: string | null
  readonly faults: readonly Text[]
}

/** A row that was read. */
export interface ListRow<Says> {
  readonly number: number
  /** As the sender's program shows it. */
  readonly line: number
  readonly says: Says
  /** The client on file whom it was found to mean. */
  readonly clientId: string | null
  /** What was found when it was looked at last. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>> | null
}

/** What becomes of a row. */
export interface Judged {
  readonly number: number
  readonly verdict: Extract<Verdict, 'new' | 'changed' | 'same' | 'rejected'>
  /** Of rejected ones. */
  readonly why?: Text
  /** The client on file whom it means. */
  readonly clientId?: string | null
  /** By what is changed, what stands there and what is to. */
  readonly changes?: ListRow<unknown>['changes']
}

/** For whom and when a piece of a list is looked at, written or taken back; the act is of a write. */
export interface ListWork {
  readonly importId: string
  readonly importer: Importer
  readonly actId: string
  readonly at: Moment
  readonly services: Pick<Services, 'bank' | 'tell'>
}

interface Spec<Column extends string, Says> {
  readonly kind: ListKind
  /** Who may bring it in. */
  readonly may: Policy<never>
  readonly headings: Headings<Column>
  /** All of these columns must be there, and one of `wanted`. */
  readonly needs: readonly NoInfer<Column>[]
  readonly wanted: readonly NoInfer<Column>[]
  /** Said where there is no such table. */
  readonly noTable: Text
  /** Nothing of a row is kept once it is written. */
  readonly forgets: boolean
  read(row: Row, places: ReadonlyMap<Column, number>, today: Day): ReadListRow<Says>
  judge(tx: Queries, rows: readonly ListRow<Says>[], work: ListWork): Promise<readonly Judged[]>
  /** Writes rows that are new or changed. */
  write(tx: Queries, rows: readonly ListRow<Says>[], work: ListWork): Promise<void>
  /** Takes back what an act wrote; resolves to the numbers of rows that stay as somebody changed the same since. */
  undo(tx: Queries, rows: readonly ListRow<Says>[], work: ListWork): Promise<readonly number[]>
}

/** A list with its types closed over: rows that were staged are of its own making. */
export interface List
  extends Omit<Spec<string, unknown>, 'headings' | 'read' | 'judge' | 'write' | 'undo'> {
  readonly headings: Headings<string>
  read(row: Row, places: ReadonlyMap<string, number>, today: Day): ReadListRow<unknown>
  judge(tx: Queries, rows: readonly ListRow<unknown>[], work: ListWork): Promise<readonly Judged[]>
  write(tx: Queries, rows: readonly ListRow<unknown>[], work: ListWork): Promise<void>
  undo(tx: Queries, rows: readonly ListRow<unknown>[], work: ListWork): Promise<readonly number[]>
}

/** A list that comes in from a workbook: it is previewed, written after a yes and taken back like a book of clients. */
export const list = <Column extends string, Says>(spec: Spec<Column, Says>): List =>
  spec as unknown as List
