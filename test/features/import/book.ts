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

/** All that a book may write, but for when. */
const STATE = `select jsonb_build_object(
  'clients', (select jsonb_agg(to_jsonb(client) order by name, phone) from client),
  'facts', (select jsonb_agg(jsonb_strip_nulls(to_jsonb(client_facts)) order by client_id) from client_facts
    where jsonb_strip_nulls(to_jsonb(client_facts) - 'client_id' - 'as_of') <> '{}'),
  'tiers', (select jsonb_agg(to_jsonb(client_tier) - 'since' order by client_id) from client_tier),
  'phones', (select jsonb_agg(number order by number) from client_phone),
  'facilities', (select jsonb_agg(to_jsonb(facility) order by account) from facility),
  'held', (select jsonb_agg(product order by product) from product_held),
  'notes', (select jsonb_agg(text order by text) from client_note),
  'outcomes', (select count(*) from outcome where undone_at is null),
  'visits', (select count(*) from visit where undone_at is null),
  'tasks', (select jsonb_agg(id order by id) from task where status = 'open')) as state`

/** What is on file. */
export const stateOf = async (bank: Bank): Promise<unknown> =>
  (await bank.rows<{ state: unknown }>(STATE))[0]?.state
