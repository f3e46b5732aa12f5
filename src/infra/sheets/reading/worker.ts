/**
 * Reads one file in a thread of its own, with a heap of its own: what is too much for it ends this
 * thread and nothing else. Rows go over in groups, and no more of them than the service takes: it answers
 * each with a message.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { Row } from './cells.ts'
import { kindOf } from './kind.ts'
import { SpreadsheetFault } from './limits.ts'
import { type FromWorker, MOST_AHEAD, type ToWorker } from './messages.ts'
import { decoded, tableOf } from './text-table.ts'
import { sheetsOf, subjectOf } from './workbook.ts'

const ROWS_AT_ONCE = 500

const post = (message: FromWorker): void => parentPort?.postMessage(message)

let ahead = 0
let goOn = (): void => {}
parentPort?.on('message', () => {
  ahead--
  goOn()
})

async function handGroup(rows: readonly Row[]): Promise<void> {
  while (ahead >= MOST_AHEAD) {
    await new Promise<void>((resolve) => {
      goOn = resolve
    })
  }
  ahead++
  post({ kind: 'rows', rows })
}

async function hand(rows: AsyncIterable<Row> | Iterable<Row>): Promise<void> {
  let group: Row[] = []
  for await (const row of rows) {
    group.push(row)
    if (group.length < ROWS_AT_ONCE) continue
    await handGroup(group)
    group = []
  }
  if (group.length > 0) await handGroup(group)
}

async function read({ name, bytes }: ToWorker): Promise<void> {
  if (kindOf(name, bytes) === 'text') {
    post({ kind: 'sheet', name, hidden: false })
    await hand(tableOf(decoded(bytes)))
    return
  }
  for await (const { rows, ...head } of sheetsOf(bytes)) {
    post({ kind: 'sheet', ...head })
    await hand(rows)
  }
  post({ kind: 'subject', subject: subjectOf(bytes) })
}

await read(workerData as ToWorker).then(
  () => post({ kind: 'end' }),
  (error) =>
    post({ kind: 'fault', reason: error instanceof SpreadsheetFault ? error.reason : 'broken' }),
)
