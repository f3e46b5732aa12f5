import { isCalendarFile } from '../../bot/inbox/attachments.ts'
import { readUpload, uploadedWorkbook } from '../../bot/inbox/uploads.ts'
import type { Day } from '../../core/calendar/time.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { type Text, text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { ICS_LIMITS, readIcs } from './ics-read.ts'
import type { NewDay } from './rules.ts'
import { sheetRows } from './sheet-rows.ts'

interface ReadDays {
  readonly days: readonly NewDay[]
  /** What of the file was not read; said to whoever sent it. */
  readonly left: readonly Text[]
}

/** The days of a file that this person sent. */
export async function daysIn(
  tx: Queries,
  uploadId: string,
  staffId: string,
  today: Day,
): Promise<ReadDays | Refusal> {
  const upload = await readUpload(tx, uploadId, staffId)
  if (upload && isCalendarFile(upload.bytes)) return daysOfIcs(upload.bytes)
  const workbook = await uploadedWorkbook(tx, uploadId, staffId)
  if (workbook instanceof Refusal) return workbook
  const read = sheetRows(workbook, today)
  if (!read) {
    return refuse(
      '表格里没有"开始"或"日期"这样的列。发"节假日 表格"得到模板。',
      'The workbook has no column "from" or "date". Say "holidays sheet" for one.',
    )
  }
  if (read.faults.length > 0) {
    const lines = read.faults.slice(0, 5)
    return refuse(
      `表格有 ${read.faults.length} 行不对，没有改动：\n${lines.map(({ number, why }) => `第 ${number} 行：${why.zh}`).join('\n')}\n改好再发一次。`,
      `${read.faults.length} rows are wrong and nothing was changed:\n${lines.map(({ number, why }) => `row ${number}: ${why.en}`).join('\n')}\nMend them and send it again.`,
    )
  }
  return read
}

function daysOfIcs(bytes: Uint8Array): ReadDays | Refusal {
  const read =
    bytes.length <= ICS_LIMITS.bytes ? readIcs(Buffer.from(bytes).toString('utf8')) : null
  if (!read) {
    return refuse(
      `.ics 文件太大（最多 1 MB、${ICS_LIMITS.events} 条），没有收；请只导出节假日日历。`,
      `The .ics file is too large (at most 1 MB and ${ICS_LIMITS.events} events); export the calendar of holidays alone.`,
    )
  }
  const left = text(
    `${read.left} 条没有写放假或上班（节气、重复或带钟点的日程），没有收。`,
    `${read.left} events say neither off nor worked (seasons, repeated, with an hour) and were left out.`,
  )
  return { days: read.days, left: read.left > 0 ? [left] : [] }
}
