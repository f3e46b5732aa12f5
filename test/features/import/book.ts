import type { Card } from '../../../src/core/card.ts'
import type { Intent } from '../../../src/core/intent.ts'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import type { Bank } from '../../support/bank.ts'

type Cell = string | number | boolean | null

/** A workbook of one sheet, its first row the headings. */
export const bookOf = (headings: readonly string[], ...rows: readonly (readonly Cell[])[]) =>
  writeWorkbook({
    marker: 'clients',
    sheets: [{ name: '客户', columns: headings.map((title) => ({ title, holds: 'text' })), rows }],
  })

/** Sends a book; resolves to what its sender is shown once it is read and looked through. */
export async function send(bank: Bank, code: string, bytes: Uint8Array, name = '客户.xlsx') {
  await bank.told()
  await bank.sendFile(code, name, bytes)
  return told(bank, code)
}

/** Goes on with what is under way; resolves to what this person was told last. */
export async function told(bank: Bank, code: string): Promise<string> {
  await bank.app.working.settled()
  const news = await bank.told()
  return news.filter((each) => each.code === code).at(-1)?.text ?? ''
}

/** What a button of the last card says that this person was sent. */
export async function lastIntent(bank: Bank, code: string, label: string): Promise<Intent> {
  const [sent] = await bank.rows<{ card: Card }>(
    `select card from message where conversation = 'console:${code}' and state = 'sent' and card is not null
     order by id desc limit 1`,
  )
  const buttons = sent?.card.blocks.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []))
  const button = buttons?.find((each) => each.label === label)
  if (!button) throw new Error(`no button "${label}" for ${code}`)
  return button.intent
}

/** Presses it; resolves to what they are told then. */
export async function press(bank: Bank, code: string, label: string): Promise<string> {
  const intent = await lastIntent(bank, code, label)
  await bank.told()
  await bank.send(code, intent, label)
  return told(bank, code)
}
