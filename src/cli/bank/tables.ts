import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { unreadable } from '../../bot/inbox/uploads.ts'
import { readWorkbook, type Sheet, SpreadsheetFault } from '../../infra/sheets/spreadsheet.ts'
import { Fault } from '../fault.ts'

const TEXT_TABLE = /\.(?:csv|tsv|txt)$/i

/** The sheets of a workbook, or those of a folder of text tables, each by the name of its file. */
export async function tablesAt(place: string): Promise<Sheet[]> {
  const found = await stat(place).catch(() => null)
  if (!found) throw new Fault(`没有文件 ${place}。`, `There is no ${place}.`)
  if (!found.isDirectory()) return sheetsIn(place)
  const names = (await readdir(place)).filter((name) => TEXT_TABLE.test(name)).sort()
  if (names.length === 0) {
    throw new Fault(`文件夹 ${place} 里没有 .csv 文件。`, `There is no .csv file in ${place}.`)
  }
  const tables: Sheet[] = []
  for (const name of names) tables.push(...(await sheetsIn(path.join(place, name))))
  return tables
}

async function sheetsIn(file: string): Promise<Sheet[]> {
  const bytes = await readFile(file).catch(() => {
    throw new Fault(`读不了文件 ${file}。`, `Cannot read the file ${file}.`)
  })
  const { sheets } = await readWorkbook(path.basename(file), bytes).catch((error) => {
    if (!(error instanceof SpreadsheetFault)) throw error
    const { zh, en } = unreadable(error).because
    throw new Fault(`${file}：${zh}`, `${file}: ${en}`)
  })
  return sheets.map((sheet) => ({ ...sheet, name: sheet.name.replace(TEXT_TABLE, '') }))
}

/** Writes a file that is not there yet. */
export async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes, { flag: 'wx' })
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === 'EEXIST'
    throw there
      ? new Fault(
          `${file} 已经有了，没有覆盖；请换个名字。`,
          `${file} is there already and was not written over; give another name.`,
        )
      : new Fault(`写不了文件 ${file}。`, `Cannot write the file ${file}.`)
  }
}
