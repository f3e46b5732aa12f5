import { existsSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { Config } from '../config.ts'
import { type DataKey, givenKey, keyBeside } from '../infra/database/encryption/data-key.ts'
import type { Database, Queries } from '../infra/database/index.ts'
import { NotUpToDate } from '../infra/database/migrate.ts'
import { openPglite } from '../infra/database/pglite.ts'
import { openPostgres } from '../infra/database/postgres.ts'

/** Where the service keeps its embedded database, and where the demo does. */
export const SERVICE_FOLDER = 'data/chenhui'
export const DEMO_FOLDER = 'data/demo'

/** A server that starts with the machine, as the service does, is up within that. */
const PATIENT = { waitMs: 60_000, say: (sentence: string) => console.error(sentence) }

/**
 * The service's database: PostgreSQL where `DATABASE_URL` is set, which is waited for, else the embedded
 * one.
 */
export const openService = (config: Config): Promise<Database> =>
  open(config, SERVICE_FOLDER, PATIENT)

/** The demo's; a server that does not answer is not waited for. */
export const openDemo = (config: Config): Promise<Database> =>
  open(config, DEMO_FOLDER, { flush: false })

function open(config: Config, usual: string, how: object): Promise<Database> {
  const folder = config.DATA_DIR ?? usual
  const keyed = { ...how, dataKey: dataKeyOf(config, folder) }
  const { DATABASE_URL: url, DATABASE_REPLICA_URL: replicaUrl } = config
  return url ? openPostgres(url, { ...keyed, replicaUrl }) : openPglite(folder, keyed)
}

/** The key that is set; of the embedded database otherwise the one beside its folder. */
export const dataKeyOf = ({ DATA_KEY, DATABASE_URL }: Config, folder: string): DataKey =>
  DATA_KEY || DATABASE_URL ? givenKey(DATA_KEY ?? null) : keyBeside(folder)

/** For scripts and support: the service's database; before there is one, the demo's. */
export function openForScripts(config: Config): Promise<Database> {
  if (config.DATABASE_URL) return openDemo(config)
  // WebAssembly that runs for long is compiled a second time, for speed. A script is over before that
  // pays, and would wait for the compiler at its end, for two fifths of its time.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag)
  if (config.DATA_DIR || existsSync(SERVICE_FOLDER) || !existsSync(DEMO_FOLDER)) {
    return openService(config)
  }
  return openDemo(config)
}

/**
 * What `openForScripts` opens, changing nothing of it. Throws `NotUpToDate` where there is none yet, or one
 * that is behind this program.
 */
export function openToLook(config: Config): Promise<Database> {
  const folder = [
    config.DATA_DIR ?? SERVICE_FOLDER,
    ...(config.DATA_DIR ? [] : [DEMO_FOLDER]),
  ].find((each) => existsSync(path.join(each, 'PG_VERSION')))
  if (!folder && !config.DATABASE_URL) throw new NotUpToDate(1, 1)
  return open(config, folder ?? SERVICE_FOLDER, { asItIs: true })
}

/** The day the demo bank was made in this database; null for a real one. */
export async function demoSince(tx: Queries): Promise<string | null> {
  const row = await tx.setting.findUnique({ where: { key: 'demo' } })
  return row ? String(row.value) : null
}
