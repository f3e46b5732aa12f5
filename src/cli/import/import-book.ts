import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type App, createApp } from '../../app.ts'
import { render } from '../../channels/console/render.ts'
import type { Config } from '../../config.ts'
import { Refusal } from '../../core/decision.ts'
import {
  confirmAsOperator,
  dropAsOperator,
  lastOfOperators,
  startAsOperator,
  undoAsOperator,
} from '../../features/import/by-operator.ts'
import { importCard } from '../../features/import/cards/import-cards.ts'
import { returnedRows } from '../../features/import/rejects-store.ts'
import { type ImportRecord, UNDER_WAY } from '../../features/import/rules.ts'
import { importById } from '../../features/import/store.ts'
import { rejectsBlock } from '../../features/import/workbooks.ts'
import { createLog } from '../../infra/log.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'
import { agreed } from './agreed.ts'

export interface ImportOptions {
  /** A book of clients, or the accounts of a contact list. */
  readonly kind: 'clients' | 'accounts'
  readonly file: string
  /** As which member of staff; null: as an operator, for the whole bank. */
  readonly as: string | null
  /** Writes without asking. */
  readonly yes: boolean
  readonly json: boolean
  /** Where the rows that are not used are saved; null: nowhere. */
  readonly rejects: string | null
}

/** Shows what a workbook would change, and writes it after a yes. Resolves to whether all went well. */
export async function importByHand(config: Config, options: ImportOptions): Promise<boolean> {
  const { kind, as } = options
  const bytes = await readFile(options.file).catch(() => {
    throw new Fault(`读不到文件 ${options.file}。`, `Cannot read ${options.file}.`)
  })
  return withApp(config, async (app) => {
    const { database, moment } = app.services
    const file = { name: basename(options.file), bytes }
    const brought = { kind, file, code: as }
    const id = await database.transaction((tx) => startAsOperator(tx, brought, moment().now))
    if (!id) {
      throw new Fault(
        `工号 ${as} 不能导入，或不在册。`,
        `The staff code ${as} may not import that, or is not there.`,
      )
    }
    const preview = await until(app, id, options.json)
    if (preview.state !== 'preview') return report(app, preview, options)
    if (!options.yes) {
      show(preview, options.json)
      if (options.json || !(await agreed())) {
        if (options.rejects) await saveRejects(app, preview, options.rejects)
        await dropAsOperator(database.prisma, id, moment().now)
        return true
      }
    }
    await database.transaction((tx) => confirmAsOperator(tx, preview, moment().now))
    return report(app, await until(app, id, options.json), options)
  })
}

/** Takes back the last import that was done on the server, after a yes. */
export const undoByHand = (config: Config, { yes }: { readonly yes: boolean }): Promise<void> =>
  withApp(config, async (app) => {
    const { database, moment } = app.services
    const last = await lastOfOperators(database.prisma, moment())
    if (last instanceof Refusal) throw new Fault(last.because.zh, last.because.en)
    show(last, false)
    if (!yes && !(await agreed())) return
    await database.transaction((tx) => undoAsOperator(tx, last, moment().now))
    show(await until(app, last.id, false), false)
  })

/** Joins the parts for a script, which speaks to nobody. */
async function withApp<Result>(
  config: Config,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  const database = await openForScripts(config)
  const app = await createApp(config, {
    database,
    log: createLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL),
    channels: [],
  })
  try {
    return await work(app)
  } finally {
    await app.stop()
  }
}

const LOOK_MS = 200

/** Goes on until there is something to decide or it is done, and shows how far it has come. */
export async function until(
  app: Pick<App, 'services' | 'working'>,
  id: string,
  quiet: boolean,
): Promise<ImportRecord> {
  const { prisma } = app.services.database
  const shows = process.stderr.isTTY && !quiet
  for (;;) {
    app.working.wake()
    await Promise.race([app.working.settled(), pause(LOOK_MS)])
    const record = await importById(prisma, id)
    if (!record) throw new Error(`import ${id} is gone`)
    if (shows)
      process.stderr.write(`\r\u001b[K${UNDER_WAY.includes(record.state) ? bar(record) : ''}`)
    if (!UNDER_WAY.includes(record.state)) return record
  }
}

const WIDTH = 30

function bar({ state, next, rows }: ImportRecord): string {
  const doing = {
    ...{ reading: '读取 reading', checking: '核对 checking', running: '写入 writing' },
    undoing: '撤销 taking back',
  }[state as string]
  if (rows === 0) return `${doing} …`
  const done = Math.floor((next / rows) * WIDTH)
  return `${doing} [${'█'.repeat(done)}${'░'.repeat(WIDTH - done)}] ${next}/${rows}`
}

function show(record: ImportRecord, json: boolean): void {
  if (json) {
    const { state, fileName, rows, counts, mapping, fault } = record
    console.log(JSON.stringify({ state, fileName, rows, ...counts, mapping, fault }))
    return
  }
  const card = importCard(record, 'zh')
  console.log(render({ ...card, blocks: card.blocks.filter(({ kind }) => kind !== 'buttons') }))
}

async function report(app: App, record: ImportRecord, options: ImportOptions): Promise<boolean> {
  show(record, options.json)
  if (options.rejects) await saveRejects(app, record, options.rejects)
  return record.state !== 'failed'
}

/** Rows of one workbook. */
const MOST_ROWS = 5000

async function saveRejects(app: App, record: ImportRecord, path: string): Promise<void> {
  const rows = await returnedRows(app.services.database.prisma, record.id, MOST_ROWS)
  if (rows.length === 0) return
  const block = await rejectsBlock(record, rows, 'zh')
  if (block.kind === 'file') await writeFile(path, Buffer.from(block.base64, 'base64'))
}
