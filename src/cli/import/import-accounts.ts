import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type ComparedEntry,
  compareDirectory,
  type DirectoryEntry,
  joinDirectory,
} from '../../bot/inbox/sender/accounts.ts'
import { wecomApp } from '../../channels/wecom/app/plugin.ts'
import type { Config } from '../../config.ts'
import { codeOf, isCut } from '../../infra/sheets/cells.ts'
import { type Headings, tableIn } from '../../infra/sheets/headings.ts'
import { readWorkbook, type Sheet, SpreadsheetFault } from '../../infra/sheets/spreadsheet.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'
import { agreed } from './agreed.ts'

type Column = 'code' | 'userId'
const HEADINGS: Headings<Column> = {
  code: { exact: ['工号', '员工号', 'code', 'staffcode'] },
  userId: { exact: ['账号', '帐号', '成员账号', 'userid'] },
}

/**
 * Joins WeCom accounts to staff by the contact list: a workbook with a column each of code and account. Shows what
 * it would change, and writes it after a yes.
 */
export async function importAccounts(
  config: Config,
  file: string,
  { yes }: { readonly yes: boolean },
): Promise<void> {
  const contacts = await contactsIn(file)
  const database = await openForScripts(config)
  try {
    const now = new Date()
    const app = wecomApp.configured(config) !== null
    const found = await compareDirectory(database.prisma, contacts, CHANNELS)
    for (const line of differenceLines(found)) console.log(line)
    if (found.every(({ verdict }) => verdict === 'same' || verdict === 'unknown')) {
      console.log('没有要改的。 Nothing is to be changed.')
      return
    }
    if (!yes && !(await agreed())) return
    await database.transaction(async (tx) => {
      await joinDirectory(tx, contacts, { channel: 'wecom-bot', reachable: false, now })
      await joinDirectory(tx, contacts, { channel: 'wecom-app', reachable: app, now })
    })
    console.log('已写入。 Written.')
  } finally {
    await database.close()
  }
}

const CHANNELS = ['wecom-bot', 'wecom-app']

/** How many accounts come to what, and those that are named: who changes hands, and codes of nobody. */
function differenceLines(found: readonly ComparedEntry[]): string[] {
  const of = (verdict: ComparedEntry['verdict']) => found.filter((each) => each.verdict === verdict)
  const moved = of('moved').map(({ userId, before, code }) => `  ~ ${userId}: ${before} → ${code}`)
  const unknown = of('unknown').map(({ code }) => code)
  return [
    `账号 accounts: 新 new ${of('new').length} · 改绑 moved ${moved.length} · 不变 same ${of('same').length}`,
    ...moved,
    ...(unknown.length > 0
      ? [`这些工号不在册，没有采用 no staff of these codes, not taken: ${unknown.join(', ')}`]
      : []),
  ]
}

async function contactsIn(file: string): Promise<DirectoryEntry[]> {
  const bytes = await readFile(file).catch(() => {
    throw new Fault(`读不了文件 ${file}。`, `Cannot read the file ${file}.`)
  })
  const { sheets } = await readWorkbook(path.basename(file), bytes).catch((error) => {
    if (!(error instanceof SpreadsheetFault)) throw error
    throw new Fault(
      `文件 ${file} 不是可读的 .xlsx 或 .csv。`,
      `${file} is no readable .xlsx or .csv.`,
    )
  })
  const contacts = sheets.flatMap(contactsOf)
  if (contacts.length > 0) return contacts
  throw new Fault(
    '没有找到"工号"和"账号"两列，或没有内容。第一行写列名。',
    'There are no columns "code" and "userid", or nothing in them. The first row names the columns.',
  )
}

function contactsOf(sheet: Sheet): DirectoryEntry[] {
  const table = sheet.hidden ? null : tableIn(sheet, HEADINGS, ['code'])
  if (table?.twice) {
    const titles = table.twice.titles.join(', ')
    throw new Fault(
      `"${titles}"应该用哪一列？请只留一列。`,
      `Which of the columns "${titles}" is meant? Keep one.`,
    )
  }
  const [code, userId] = [table?.places.get('code'), table?.places.get('userId')]
  if (!table || code === undefined || userId === undefined) return []
  const cut = table.rows.find(({ cells }) => isCut(cells[code]) || isCut(cells[userId]))
  if (cut) {
    throw new Fault(
      `第 ${cut.number} 行的号码存成了数字，只留下 15 位。请设为文本，重新填写。`,
      `Row ${cut.number} holds a number of which only 15 digits were kept. Make the column text and enter it again.`,
    )
  }
  return table.rows
    .map(({ cells }) => ({ code: codeOf(cells[code]), userId: codeOf(cells[userId]) }))
    .filter((contact) => contact.code && contact.userId)
}
