/**
 * Reads one file in a thread of its own, with a heap of its own: what is too much for it ends this
 * thread and nothing else. Rows go over in groups, so that the service never takes many at once.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { Row } from './cells.ts'
import { kindOf } from './kind.ts'
import { SpreadsheetFault } from './limits.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { decoded, tableOf } from './text-table.ts'
import { sheetsOf, subjectOf } from './workbook.ts'

const ROWS_AT_ONCE = 500

const post = (message: FromWorker): void => parentPort?.postMessage(message)

async function hand(rows: AsyncIterable<Row> | Iterable<Row>): Promise<void> {
  let group: Row[] = []
  for await (const row of rows) {
    group.push(row)
    if (group.length < ROWS_AT_ONCE) continue
    post({ kind: 'rows', rows: group })
    group = []
  }
  if (group.length > 0) post({ kind: 'rows', rows: group })
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
