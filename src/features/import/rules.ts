import type { Role } from '../../core/staff.ts'
import type { Language, Text } from '../../core/text.ts'

/** Lists that come in by the same door as books of clients. */
export type ListKind = 'negative' | 'exit' | 'quotas' | 'accounts'
/** What an import brings. */
export type ImportKind = 'clients' | ListKind

export type ImportState =
  | 'reading'
  | 'checking'
  | 'preview'
  | 'running'
  | 'done'
  | 'undoing'
  | 'undone'
  | 'dropped'
  | 'failed'

/** It is being gone on with. */
export const UNDER_WAY: readonly ImportState[] = ['reading', 'checking', 'running', 'undoing']

/** What becomes of a row. */
export const VERDICTS = [
  ...(['new', 'changed', 'also', 'same', 'twice'] as const),
  ...(['listed', 'foreign', 'rejected'] as const),
] as const
export type Verdict = (typeof VERDICTS)[number]

/** Those that go back to the sender. */
export const RETURNED: readonly Verdict[] = ['rejected', 'listed', 'foreign']

/** A column of a table as it was understood; `column` null: it means nothing to us. */
export interface MappedColumn {
  readonly title: string
  readonly place: number
  readonly column: string | null
  /** Why it is not read though it is understood; null: it is. */
  readonly barred: Text | null
}

/** Who said earlier what such columns mean, and on which day. */
export interface Recalled {
  readonly by: string
  readonly on: string
}

/** A table of a book. */
export interface MappedTable {
  readonly sheet: string
  /** By which the next book with these headings is known. */
  readonly layout: string
  /** What somebody said that headings mean, by column; null: not to be read. */
  readonly chosen: Readonly<Record<string, string | null>>
  /** `chosen` was said of an earlier book; null: of this one, or nothing was. */
  readonly recalled: Recalled | null
  readonly kind: 'client' | 'history' | ListKind
  readonly columns: readonly MappedColumn[]
  /** The cells of its first rows. */
  readonly samples: readonly (readonly (string | number | boolean | null)[])[]
}

/** How a book was understood, and what of it was not read. */
export interface Mapping {
  readonly tables: readonly MappedTable[]
  readonly sheets: readonly string[]
  readonly hiddenRows: number
  /** Sums and signatures, as sheet and row. */
  readonly below: readonly string[]
}

/** How many rows came to what, and of what changes how many rows change it. */
export interface Counts {
  readonly verdicts: Partial<Record<Verdict, number>>
  readonly changes: Readonly<Record<string, number>>
  /** Rows that name another manager than the client's, which is not changed. */
  readonly otherOwner: number
  /** Rows of past talks and visits that are written. */
  readonly history: number
  /** Of lists: clients on file whom rows mean that are written. */
  readonly onFile: number
  /** Why rows are rejected, the most frequent reasons first. */
  readonly why: readonly { readonly text: Text; readonly count: number }[]
  /** Once it was taken back: rows that were, and rows that stay. */
  readonly undone?: { readonly back: number; readonly stays: number }
}

/** Who an import is for: null of an operator on the server, who may do all of it. */
export interface Importer {
  readonly staffId: string | null
  readonly role: Role | null
  readonly name: string | null
  /** Clients and managers below it are within reach. */
  readonly path: string
  readonly language: Language
}

/** A book on its way onto file. */
export interface ImportRecord {
  readonly id: string
  readonly kind: ImportKind
  readonly staffId: string | null
  readonly channel: string | null
  readonly externalId: string | null
  readonly fileName: string
  readonly uploadId: string | null
  readonly state: ImportState
  readonly actId: string | null
  /** Rows up to this number are done in this state. */
  readonly next: number
  readonly rows: number
  readonly mapping: Mapping
  readonly counts: Counts
  readonly fault: Text | null
  readonly startedAt: Date
  readonly confirmedAt: Date | null
  readonly endedAt: Date | null
}

/** How long the rows of an import are kept, so that it can be taken back. */
export const KEPT_DAYS = 30

export const NO_MAPPING: Mapping = { tables: [], sheets: [], hiddenRows: 0, below: [] }
export const NO_COUNTS: Counts = {
  verdicts: {},
  changes: {},
  otherOwner: 0,
  history: 0,
  onFile: 0,
  why: [],
}

/** The name of the live card that shows an import. */
export const CARD = 'import'
export const subjectOf = (importId: string): string => `${CARD}:${importId}`

/** An import as it begins. */
export const startedImport = (
  of: Pick<ImportRecord, 'id' | 'kind' | 'fileName' | 'startedAt'>,
): ImportRecord => ({
  ...of,
  ...{ staffId: null, channel: null, externalId: null, uploadId: null, actId: null },
  ...{ state: 'reading', next: 0, rows: 0, mapping: NO_MAPPING, counts: NO_COUNTS },
  ...{ fault: null, confirmedAt: null, endedAt: null },
})

/** Whether a previewed book would write anything: a row of its own, or something that happened. */
export const writesAnything = ({ counts: { verdicts, history } }: ImportRecord): boolean =>
  (verdicts.new ?? 0) + (verdicts.changed ?? 0) + (verdicts.also ?? 0) + history > 0
