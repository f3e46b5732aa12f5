import { z } from 'zod'

// A backup is lines of JSON, packed by gzip: the head, then each row behind the name of its table as the
// database itself writes it (`row_to_json`), then the end. So it is read by any version of PostgreSQL.

/** What a backup cannot be made or read for, as a sentence. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
  constructor(zh: string, en: string, cause?: unknown) {
    super(`${zh} ${en}`, { cause })
  }
}

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

export const head = z.object({
  chenhui: z.literal('backup 1'),
  at: z.iso.datetime({ offset: true }),
  /** What had been applied to the database, in that order. */
  migrations: z.array(z.object({ name: z.string().max(255), checksum: z.string().length(64) })),
})
export type Head = z.infer<typeof head>

export const end = z.object({
  /** How many rows each table has; only with it a backup is whole. */
  rows: z.record(name, z.int()),
  /** How far each sequence has come; null: it was not used yet. */
  sequences: z.record(name, z.string().regex(/^\d+$/).nullable()),
})
export type End = z.infer<typeof end>

/** A row's line; no line of head or end has a tab. */
export const rowLine = (table: string, row: string): string => `${table}\t${row}\n`
