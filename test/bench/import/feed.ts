import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { type Row, row } from '../row.ts'
import { loadByHand } from './by-hand.ts'

/** What came of a feed that a process of its own loaded. */
export interface Loaded {
  readonly ms: number
  readonly seconds: { readonly staged: number; readonly merged: number }
  readonly changed: number
  readonly megabytes: number
}

const LIMIT = 1.6
const PROCESS_MEGABYTES = 300

/** Facts of every client, loaded as a feed into one copy of a bank and by hand into another. */
export async function feedBench(ours: string, byHand: string, folder: string): Promise<Row[]> {
  const file = path.join(folder, 'facts.csv')
  const rows = await writeFacts(byHand, file)
  const hand = await loadByHand(byHand, file)
  const loaded = await loadInProcess(ours, file)
  if (loaded.changed !== rows) throw new Error(`${loaded.changed} of ${rows} clients changed`)
  await holdEqual(ours, byHand)
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  const { staged, merged } = loaded.seconds
  return [
    row(
      `${rows} facts of two kinds: ${staged} s read, checked and staged, ${merged} s matched and merged`,
      [loaded.ms / 1000, 's'],
      [
        `by hand, ${seconds(hand.copied)} s COPY and ${seconds(hand.written)} s INSERT … ON CONFLICT`,
        (hand.copied + hand.written) / 1000,
      ],
      LIMIT,
    ),
    row(
      'peak of the process that loads them',
      [loaded.megabytes, 'MB'],
      ['limit', PROCESS_MEGABYTES],
      1,
    ),
  ]
}

/** A line for each client: usage that differs for all, over one half for one in a hundred; sales for one in ten. */
async function writeFacts(url: string, file: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const lines = client.query(
    to(`copy (
      select substr(phone, 4) as phone,
        case when n % 100 = 1 then 0.6 else 0.1 + n % 25 / 100.0 end as "usageRate",
        case when n % 10 = 0 then 2000000 else 1000000 end as "annualSales"
      from (select phone, substr(phone, 8)::int as n from client) as numbered
    ) to stdout (format csv, header true)`),
  )
  await pipeline(lines, createWriteStream(file))
  const { rows } = await client.query('select count(*)::int as count from client')
  await client.end()
  return rows[0]?.count ?? 0
}

async function loadInProcess(url: string, file: string): Promise<Loaded> {
  const child = fork(path.join(import.meta.dirname, 'load.ts'), [url, file])
  const loaded = Promise.withResolvers<Loaded>()
  child.once('message', (message) => loaded.resolve(message as Loaded))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`loading ended with ${code}`)
  return loaded.promise
}

/** The rows of either way, but for their ids. */
const SUMS = [
  'select count(*)::int as count, sum(hashtext(concat(client_id, usage_rate, annual_sales, as_of)))::text as sum from client_facts',
  `select count(*)::int as count, sum(hashtext(concat(client_id, fact, before, after)))::text as sum from fact_entry`,
  'select count(*)::int as count, sum(hashtext(concat(client_id, tier, decided, provisional, since)))::text as sum from client_tier',
  `select count(*)::int as count, sum(hashtext(concat(client_id, "from", "to", facts)))::text as sum from tier_change`,
]

async function holdEqual(...urls: readonly string[]): Promise<void> {
  const sums = await Promise.all(
    urls.map(async (url) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      const found: string[] = []
      for (const statement of SUMS) {
        found.push(JSON.stringify((await client.query(statement)).rows))
      }
      await client.end()
      return found
    }),
  )
  const [one = [], other = []] = sums
  const place = one.findIndex((sum, index) => sum !== other[index])
  if (place >= 0)
    throw new Error(`not the same rows: ${SUMS[place]}: ${one[place]} ${other[place]}`)
}
