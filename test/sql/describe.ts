import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'

/** A column that a statement gives. */
export interface Column {
  readonly name: string
  /** The OID of its type. */
  readonly type: number
  /** The column of a table that it plainly is; null: it is an expression, or stands in a view. */
  readonly of: { readonly column: string; readonly nullable: boolean } | null
}

/** What PostgreSQL says of a statement without running it: its columns, or why it cannot be. */
export type Description = readonly Column[] | pg.DatabaseError

/** Describes statements by the tables as they are in a database at the time of asking. */
export async function describer(
  client: pg.Client,
): Promise<(text: string) => Promise<Description>> {
  const { rows } = await client.query<{ key: string; column: string; nullable: boolean }>(
    `select attrelid || '.' || attnum as key, attname as column, not attnotnull as nullable
     from pg_attribute join pg_class on pg_class.oid = attrelid
     where attnum > 0 and relkind in ('r', 'p')`,
  )
  const columns = new Map(rows.map(({ key, ...column }) => [key, column]))
  return async (text) => {
    const fields = await fieldsOf(client, text)
    if (fields instanceof Error) return fields
    return fields.map(({ name, dataTypeID, tableID, columnID }) => {
      return { name, type: dataTypeID, of: columns.get(`${tableID}.${columnID}`) ?? null }
    })
  }
}

/** Parses and describes a statement, by what the driver lets others submit: it calls these methods. */
const fieldsOf = (client: pg.Client, text: string) =>
  new Promise<readonly pg.FieldDef[] | pg.DatabaseError>((resolve) => {
    let answer: readonly pg.FieldDef[] = []
    client.query({
      submit(connection: pg.Connection) {
        connection.parse({ name: '', text, types: [] }, true)
        connection.describe({ type: 'S', name: '' }, true)
        connection.sync()
      },
      handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }) {
        answer = fields
      },
      handleError: resolve,
      handleReadyForQuery() {
        resolve(answer)
      },
    })
  })

/** The embedded database as it is in a snapshot: says of a text why it does not read it as it was described; null: it does. */
export async function embeddedReader(snapshot: string) {
  const pglite = await PGlite.create({ loadDataDir: await openAsBlob(snapshot) })
  const told = ({ name, type }: Pick<Column, 'name' | 'type'>) => `${name} (${type})`
  return {
    async faultOf(text: string, columns: readonly Column[]): Promise<string | null> {
      try {
        const { resultFields } = await pglite.describeQuery(text)
        const here = resultFields.map(({ name, dataTypeID }) => told({ name, type: dataTypeID }))
        const there = columns.map(told)
        if (here.join() === there.join()) return null
        return `gives ${here.join(', ')} on the embedded database, not ${there.join(', ')}`
      } catch (error) {
        return `is refused by the embedded database: ${error instanceof Error ? error.message : error}`
      }
    },
    close: () => pglite.close(),
  }
}
