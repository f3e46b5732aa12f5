import { createHash } from 'node:crypto'
import { type Refusal, refuse } from '../../core/decision.ts'
import { secretFile } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import {
  type FaultReason,
  LIMITS,
  readWorkbook,
  SpreadsheetFault,
  type Workbook,
} from '../../infra/sheets/spreadsheet.ts'

/** The name and the bytes of an upload; null: there is none, or nothing of it was kept. */
export async function readBytes(
  tx: Queries,
  uploadId: string,
  staffId: string | null = null,
): Promise<{ readonly name: string; readonly bytes: Buffer } | null> {
  const [upload] = await tx.$queryRaw<{ name: string; base64: string }[]>`
    select name, file_base64(bytes) as base64 from upload
    where id = ${uploadId}::uuid and length(bytes) > 0
      and (${staffId}::uuid is null or staff_id = ${staffId}::uuid)`
  return upload ? { name: upload.name, bytes: Buffer.from(upload.base64, 'base64') } : null
}

/** A file that this person sent; null for what is nobody's or somebody else's. */
export const readUpload = (tx: Queries, uploadId: string, staffId: string) =>
  readBytes(tx, uploadId, staffId)

/**
 * Puts a file on file; one of that id stays as it is. As text, since the embedded database's adapter
 * makes an array of numbers of bytes: 20 MB were more than the heap.
 */
export async function keepUpload(
  tx: Queries,
  {
    id,
    name,
    bytes,
    staffId = null,
  }: {
    readonly id: string
    readonly name: string
    readonly bytes: Uint8Array
    /** Null where it is known later. */
    readonly staffId?: string | null
  },
  now: Date,
): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await tx.$executeRaw`
    insert into upload (id, staff_id, name, bytes, sha256, at)
    values (${id}::uuid, ${staffId}::uuid, ${name.slice(0, 300)},
      decode(${secretFile(bytes)}, 'base64'), ${sha256}, ${now}::timestamptz)
    on conflict (id) do nothing`
}

/** Keeps nothing of a file but that it was sent. */
export async function emptyUpload(tx: Queries, uploadId: string | null): Promise<void> {
  if (uploadId)
    await tx.$executeRaw`update upload set bytes = '', name = '' where id = ${uploadId}::uuid`
}

/** Tables that were read before the transaction that asks for them, by upload. */
const ahead = new Map<string, Workbook | Refusal>()

/**
 * Reads a table of this person before the transaction that needs it, and keeps it until it is
 * forgotten: reading takes seconds, and an embedded database answers nobody else while a transaction
 * is open.
 */
export async function readAhead(tx: Queries, uploadId: string, staffId: string): Promise<void> {
  const upload = await readUpload(tx, uploadId, staffId)
  if (upload) ahead.set(uploadId, await tableOrRefusal(upload.name, upload.bytes))
}

export const forgetAhead = (uploadId: string): boolean => ahead.delete(uploadId)

async function tableOrRefusal(name: string, bytes: Uint8Array): Promise<Workbook | Refusal> {
  try {
    return await readWorkbook(name, bytes)
  } catch (error) {
    if (error instanceof SpreadsheetFault) return unreadable(error)
    throw error
  }
}

const REFUSALS: Record<FaultReason, Refusal> = {
  kind: refuse(
    '这里要 .xlsx 或 .csv 文件；旧的 .xls、WPS 的 .et 请另存为 .xlsx 再发。',
    'This needs an .xlsx or .csv file; save an old .xls as .xlsx and send that.',
  ),
  broken: refuse(
    '文件打不开，可能没有传完整。请在表格软件里另存一份再发。',
    'The file cannot be opened. Save it anew in your spreadsheet program and send that.',
  ),
  password: refuse(
    '文件有密码，打不开。请去掉密码，另存一份再发。',
    'The file is closed by a password. Save a copy without one and send that.',
  ),
  'web-page': refuse(
    '这是网页，不是表格。请在表格软件里打开，另存为 .xlsx 再发。',
    'This is a web page, not a table. Open it in your spreadsheet program, save as .xlsx and send that.',
  ),
  'damaged-text': refuse(
    '文件里有丢失的文字（显示为 �）。请从原始系统重新导出，存为 .xlsx 再发。',
    'The file has lost letters (shown as �). Export it anew, save as .xlsx and send that.',
  ),
  'open-quote': refuse(
    '文件里有一个引号（"）没有成对，后面的行会读错，没有读入。请在表格软件里打开检查，另存为 .xlsx 再发。',
    'A quotation mark (") in the file has no partner, so rows behind it would be read wrong, and nothing was read. Check it in your spreadsheet program, save as .xlsx and send that.',
  ),
  empty: refuse(
    '这是空文件，请检查后再发。',
    'The file is empty; please check it and send it again.',
  ),
  'too-many-rows': refuse(
    '文件超过 20 万行，请拆成几份再发。',
    'The file has more than 200,000 rows; please send it in parts.',
  ),
  'too-wide': refuse(
    `文件超过 ${LIMITS.columns} 列。请删掉用不到的列，只留要用的再发。`,
    `The file has more than ${LIMITS.columns} columns. Delete those that are not needed and send it again.`,
  ),
  'too-heavy': refuse(
    '文件内容太多，没有读完，什么都没有登记。请删掉用不到的工作表、图片和空白格式，或者拆成几份再发。',
    'There is too much in the file to read it, and nothing was noted. Delete sheets, pictures and formats that are not needed, or send it in parts.',
  ),
}

/** The workbook that this person sent, or a sentence about why it cannot be read. */
export async function uploadedWorkbook(
  tx: Queries,
  uploadId: string,
  staffId: string,
): Promise<Workbook | Refusal> {
  const theirs = await tx.upload.count({ where: { id: uploadId, staffId } })
  const known = theirs > 0 && ahead.get(uploadId)
  if (known) return known
  const upload = await readUpload(tx, uploadId, staffId)
  return upload
    ? tableOrRefusal(upload.name, upload.bytes)
    : refuse('没有收到这个文件，请再发一次。', 'There is no such file; send it again.')
}

/** Why a file cannot be read as a table, for whoever sent it. */
export const unreadable = ({ reason }: SpreadsheetFault): Refusal => REFUSALS[reason]
