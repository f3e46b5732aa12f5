import { type Refusal, refuse } from '../core/decision.ts'
import type { Queries } from '../infra/database/index.ts'
import { readWorkbook, SpreadsheetFault, type Workbook } from '../infra/spreadsheet.ts'

/** A file that this person sent; null for what is nobody's or somebody else's. */
export async function readUpload(
  tx: Queries,
  uploadId: string,
  staffId: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  return tx.upload.findFirst({
    where: { id: uploadId, staffId },
    select: { name: true, bytes: true },
  })
}

const REFUSALS: Record<SpreadsheetFault['reason'], Refusal> = {
  kind: refuse(
    '这里要 .xlsx 或 .csv 文件；旧的 .xls 请另存为 .xlsx 再发。',
    'This needs an .xlsx or .csv file; save an old .xls as .xlsx and send that.',
  ),
  broken: refuse(
    '文件打不开，可能没有传完整。请在表格软件里另存一份再发。',
    'The file cannot be opened. Save it anew in your spreadsheet program and send that.',
  ),
  'damaged-text': refuse(
    '文件里有丢失的文字（显示为 �）。请从原始系统重新导出，存为 .xlsx 再发。',
    'The file has lost letters (shown as �). Export it anew, save as .xlsx and send that.',
  ),
  'too-large': refuse(
    '文件超过 20 万行，请拆成几份再发。',
    'The file has more than 200,000 rows; please send it in parts.',
  ),
}

/** The workbook that this person sent, or a sentence about why it cannot be read. */
export async function uploadedWorkbook(
  tx: Queries,
  uploadId: string,
  staffId: string,
): Promise<Workbook | Refusal> {
  const upload = await readUpload(tx, uploadId, staffId)
  if (!upload)
    return refuse('没有收到这个文件，请再发一次。', 'There is no such file; send it again.')
  try {
    return await readWorkbook(upload.name, upload.bytes)
  } catch (error) {
    if (error instanceof SpreadsheetFault) return REFUSALS[error.reason]
    throw error
  }
}
