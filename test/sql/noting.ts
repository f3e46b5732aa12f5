import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Prisma } from '../../src/generated/client.ts'
import type { Database, Queries } from '../../src/infra/database/index.ts'

/** A statement as it was sent for the first time. */
export interface Noted {
  /** The file in src, from the root of the project, and the line of its call. */
  readonly file: string
  readonly line: number
  /** With its parameters as `$n`. */
  readonly text: string
}

type Sent = TemplateStringsArray | Prisma.Sql | string
type Send = (sql: Sent, ...values: unknown[]) => unknown

const RAW = ['$queryRaw', '$executeRaw', '$queryRawUnsafe', '$executeRawUnsafe'] as const

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FRAME = /(\/[^\s()]+\.ts):(\d+):\d+\)?$/
/** In the stack of `note`: the frames of `note`, of `send`, and of whoever sends. */
const SENDER = 3

/**
 * A database that appends each statement it is sent from src to a file of JSON lines, once for each
 * text. A template without fragments is known by its strings, which are the same object at each call,
 * so that sending it again costs one look into a set; the stack is read only for what is new.
 */
export function noting(database: Database, file: string): Database {
  const known = knownIn(file)

  function isNew(sql: unknown): boolean {
    if (known.has(sql)) return false
    known.add(sql)
    return true
  }

  function note(sql: Sent, values: readonly unknown[]): void {
    const fragments = values.some((each) => each instanceof Prisma.Sql)
    if (!fragments && !(sql instanceof Prisma.Sql) && !isNew(sql)) return
    const text = textOf(sql, values)
    if (fragments && !isNew(text)) return
    const [, place = '', line] = new Error().stack?.split('\n')[SENDER]?.match(FRAME) ?? []
    const noted: Noted = { file: path.relative(ROOT, place), line: Number(line), text }
    if (noted.file.startsWith('src/')) appendFileSync(file, `${JSON.stringify(noted)}\n`)
  }

  const wrapped = <Client extends Queries>(client: Client): Client => {
    const own: Record<string, unknown> = {}
    for (const name of RAW) {
      own[name] = function send(sql: Sent, ...values: unknown[]): unknown {
        note(sql, values)
        return (client[name] as Send)(sql, ...values)
      }
    }
    return new Proxy(client, {
      get: (target, name) => own[String(name)] ?? Reflect.get(target, name),
    })
  }

  return {
    ...database,
    prisma: wrapped(database.prisma),
    wholeBook: wrapped(database.wholeBook),
    transaction: (work) => database.transaction((tx) => work(wrapped(tx))),
  }
}

const textOf = (sql: Sent, values: readonly unknown[]): string => {
  if (typeof sql === 'string') return sql
  return sql instanceof Prisma.Sql ? sql.text : Prisma.sql(sql, ...values).text
}

const all = new Map<string, Set<unknown>>()

/** What this process has noted in a file, by all of its databases. */
function knownIn(file: string): Set<unknown> {
  const known = all.get(file) ?? new Set()
  all.set(file, known)
  return known
}
