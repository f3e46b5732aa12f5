import { type App, createApp } from '../../src/app.ts'
import { createConsoleChannel, type Shows } from '../../src/channels/console/index.ts'
import { render } from '../../src/channels/console/render.ts'
import { readConfig } from '../../src/config.ts'
import { day } from '../../src/core/calendar/time.ts'
import { type Button, type Card, itemsOf } from '../../src/core/card.ts'
import type { Event } from '../../src/core/chat.ts'
import { isCreditCode, isIdNumber } from '../../src/core/identity/identity-numbers.ts'
import { pinyinOf } from '../../src/core/identity/pinyin.ts'
import { newId } from '../../src/core/ids.ts'
import type { Intent } from '../../src/core/intent.ts'
import { insertRows, type Row } from '../../src/demo/rows.ts'
import { retier } from '../../src/features/tiers/retier.ts'
import type { Encryption } from '../../src/infra/database/encryption/encryption.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { fillOnce, openTestDatabase } from './open.ts'

/** A Monday morning. */
export const MONDAY = '2026-11-23T08:10:00+08:00'

/** Somebody's account in the chat of a bank. */
export interface Account {
  readonly channel: string
  readonly externalId: string
  readonly conversation: string
}

/** A small bank with a clock that is set by hand, spoken to through the real pipe. */
export interface Bank {
  readonly app: App
  readonly database: Database
  setClock(time: string): void
  /** Says a line as a member of staff; resolves to what the bot answers them. */
  say(code: string, text: string): Promise<Card[]>
  /** Presses a button that one of the cards sent to this person last carries. */
  press(code: string, label: string): Promise<Card[]>
  send(code: string, intent: Intent, label?: string): Promise<Card[]>
  /** Sends a file, with words beside it. */
  sendFile(code: string, name: string, bytes: Uint8Array, text?: string): Promise<Card[]>
  /** Speaks: as the service wrote it down, or a recording. */
  speak(code: string, spoken: string | Uint8Array): Promise<Card[]>
  /** What people were told since the last asking, by staff code. */
  told(): Promise<{ readonly code: string; readonly text: string }[]>
  clientId(name: string): Promise<string>
  /** By which somebody is known in its chat. */
  account(code: string): Account
  /** Numbers that stand in the statement are those that are encrypted in the tables. */
  rows<T>(sql: string): Promise<T[]>
  close(): Promise<void>
}

/** Codes of those who work in the small bank, with their roles and units. */
const STAFF: readonly (readonly [string, string, string, string, string])[] = [
  ['M1', '周敏', 'manager', 'T1', 'zh'],
  ['M2', 'Lee', 'manager', 'T1', 'en'],
  ['M3', '何勇', 'manager', 'T2', 'zh'],
  ['L1', '谢英', 'lead', 'T1', 'zh'],
  ['K1', '方刚', 'marketing', 'HQ', 'zh'],
  ['S1', '白露', 'staff', 'HQ', 'zh'],
  ['L2', '石磊', 'lead', 'T2', 'zh'],
  ['K2', '叶青', 'marketing', 'HQ', 'zh'],
  ['R1', '高远', 'risk', 'HQ', 'zh'],
  ['H1', '唐宁', 'head', 'B1', 'zh'],
  ['D1', '林涛', 'line', 'D', 'zh'],
]

const UNITS = [
  ['HQ', '总行', 'head-office', '/HQ/'],
  ['B1', '城东支行', 'branch', '/HQ/B1/'],
  ['T1', '一队', 'team', '/HQ/B1/T1/'],
  ['T2', '二队', 'team', '/HQ/B1/T2/'],
  ['D', '公司金融部', 'department', '/HQ/D/'],
] as const

export interface NewTestClient {
  readonly name: string
  readonly business?: string
  readonly phone?: string
  readonly owner: string
  readonly kind?: 'existing' | 'prospect'
  readonly facts?: Row
  readonly more?: Row
  /** Due days of open tasks. */
  readonly tasks?: readonly Row[]
}

const HOME = {
  industry_class: 'neutral',
  operating_since: '2021-01-01',
  stable_home: true,
  owns_home_in_province: true,
  home_value: 800_000,
}

/** The clients that transcripts speak of. */
export const CLIENTS: readonly NewTestClient[] = [
  {
    name: '张三',
    business: '顺发五金店',
    phone: '+8613490010001',
    owner: 'M1',
    facts: { ...HOME, credit_limit: 900_000, usage_rate: 0.2, separate_finances: true },
    tasks: [{ due_on: '2026-11-20', reason: 'interested', priority: 70, amount: 300_000 }],
  },
  {
    name: '王芳',
    business: '福源饭店',
    phone: '+8613490010002',
    owner: 'M1',
    facts: { ...HOME, credit_limit: 600_000, usage_rate: 0.8 },
    tasks: [{ due_on: '2026-11-23', reason: 'quiet', priority: 45 }],
  },
  {
    name: '王芳',
    business: '隆盛制衣厂',
    phone: '+8613490010003',
    owner: 'M1',
    facts: { ...HOME, credit_limit: 100_000, usage_rate: 0.3 },
    tasks: [{ due_on: '2026-11-23', reason: 'no-answer', priority: 40, attempt: 2 }],
  },
  {
    name: '赵强',
    business: '恒通货运部',
    phone: '+8613490010004',
    owner: 'M1',
    kind: 'prospect',
    tasks: [{ due_on: '2026-11-24', reason: 'entry', priority: 45 }],
  },
  {
    name: '孙丽',
    phone: '+8613490010005',
    owner: 'M1',
    facts: { industry_class: 'barred' },
  },
  {
    name: 'Tom',
    phone: '+8613490010006',
    owner: 'M2',
    facts: HOME,
    tasks: [{ due_on: '2026-11-23', reason: 'thinking', priority: 50 }],
  },
  { name: '钱进', phone: '+8613490010007', owner: 'M3', facts: HOME },
]

export async function openBank(
  kind: Database['kind'],
  clients: readonly NewTestClient[] = CLIENTS,
  shows = EVERYTHING,
  environment: Readonly<Record<string, string>> = {},
): Promise<Bank> {
  const database = await openTestDatabase(kind)
  if (clients !== CLIENTS) return bankOn(database, clients, shows, environment)
  await fillOnce(database, () => bankOn(database, CLIENTS))
  return bankOn(database, null, shows, environment)
}

/** The chat of the bank shows buttons and forms, unless a test wants to do without. */
const EVERYTHING: Shows = { buttons: true, forms: true }

/** The small bank in a database; `clients` null: it is there already. */
export async function bankOn(
  database: Database,
  clients: readonly NewTestClient[] | null,
  shows = EVERYTHING,
  environment: Readonly<Record<string, string>> = {},
): Promise<Bank> {
  let now = new Date(MONDAY)
  const channel = createConsoleChannel(shows)
  const settings = { LOG_LEVEL: 'silent', MORNING_SPREAD_SECONDS: '0', ...environment }
  const app = await createApp(readConfig(settings), {
    database,
    log: createLog('silent'),
    channels: [channel],
    clock: () => now,
  })
  if (clients) await fill(database, clients)
  const last = new Map<string, Card[]>()

  async function receive(code: string, says: Event['says']): Promise<Card[]> {
    channel.take()
    const conversation = `console:${code}`
    const { answered } = await app.inbox({
      id: newId(),
      channel: 'console',
      conversation,
      sender: code,
      shared: false,
      says,
    })
    await answered
    await app.delivery.settled()
    // The answer, and not what a job told them meanwhile.
    const cards = await sentTo(database, conversation, 1, { receivedId: { not: null } })
    last.set(code, cards)
    return cards
  }

  const bank: Bank = {
    app,
    database,
    setClock(time) {
      now = new Date(time)
    },
    say: (code, text) => receive(code, { kind: 'text', text }),
    send: (code, intent, label = '') => receive(code, { kind: 'intent', intent, label }),
    sendFile: (code, name, bytes, text = '') =>
      receive(code, { kind: 'file', name, size: bytes.length, ref: channel.hold(bytes), text }),
    speak: (code, spoken) =>
      receive(
        code,
        typeof spoken === 'string'
          ? { kind: 'text', text: spoken, heard: true }
          : {
              ...{ kind: 'file', name: '语音.amr', size: spoken.length, text: '' },
              ...{ ref: channel.hold(spoken), voice: true },
            },
      ),
    async press(code, label) {
      const cards = last.get(code) ?? (await sentTo(database, `console:${code}`, 1))
      const button = cards.flatMap(buttonsOf).find((each) => each.label === label)
      if (!button) throw new Error(`no button "${label}" for ${code}`)
      return bank.send(code, button.intent, label)
    },
    told: tellerOf(app, (conversation) => conversation.replace('console:', '')),
    async clientId(name) {
      const client = await database.prisma.client.findFirst({ where: { name } })
      if (!client) throw new Error(`no client ${name}`)
      return client.id
    },
    account: (code) => ({
      ...{ channel: 'console', externalId: code, conversation: `console:${code}` },
    }),
    rows: <T>(sql: string) =>
      database.prisma.$queryRawUnsafe<T[]>(withNumbers(sql, database.encryption)),
    close: () => app.stop(),
  }
  return bank
}

/** What was said since the last asking, with the code of whom it was said to. */
export function tellerOf(app: App, codeOf: (conversation: string) => string): Bank['told'] {
  /** Ids of the messages that were given already. */
  const seen = new Set<string>()
  return async () => {
    await app.delivery.settled()
    const rows = await app.services.database.prisma.$queryRaw<
      { id: string; conversation: string; card: Card }[]
    >`
      select id, conversation, card from message
      where state = 'sent' and error is null and id <> all (${[...seen]}::uuid[]) order by id`
    for (const { id } of rows) seen.add(id)
    return rows.map(({ conversation, card }) => {
      return { code: codeOf(conversation), text: render(card) }
    })
  }
}

export const withNumbers = (sql: string, { keyring }: Encryption): string =>
  sql.replace(/'(\+\d{8,15}|[\dA-Z]{18})'/g, (text, number: string) => {
    if (!keyring) return text
    if (number.startsWith('+')) return `'${keyring.encrypt('phone', number)}'`
    if (isIdNumber(number)) return `'${keyring.encrypt('id', number)}'`
    return isCreditCode(number) ? `'${keyring.encrypt('credit-code', number)}'` : text
  })

export async function sentTo(
  database: Database,
  conversation: string,
  count: number,
  among: { readonly receivedId?: { readonly not: null } } = {},
): Promise<Card[]> {
  const rows = await database.prisma.message.findMany({
    where: { conversation, state: 'sent', ...among },
    orderBy: { id: 'desc' },
    take: count,
  })
  return rows.reverse().map((row) => row.card as unknown as Card)
}

export const buttonsOf = (card: Card): Button[] =>
  card.blocks.flatMap((block) => {
    if (block.kind === 'buttons') return [...block.buttons]
    if (block.kind !== 'list') return []
    return itemsOf(block).flatMap(({ buttons = [], menu = [] }) => [...buttons, ...menu])
  })

async function fill(database: Database, clients: readonly NewTestClient[]): Promise<void> {
  const units = new Map(UNITS.map(([code]) => [code as string, newId()]))
  const staff = new Map(STAFF.map(([code]) => [code as string, newId()]))
  const ids = clients.map(() => newId())
  await database.transaction(async (tx) => {
    await insertRows(
      tx,
      'unit',
      UNITS.map(([code, name, kind, path]) => {
        const parent = path.split('/').at(-3) ?? ''
        return { id: units.get(code), code, name, kind, path, parent_id: units.get(parent) ?? null }
      }),
    )
    await insertRows(
      tx,
      'staff',
      STAFF.map(([code, name, role, unit, language]) => {
        const unit_id = units.get(unit)
        return {
          id: staff.get(code),
          code,
          name,
          role,
          unit_id,
          language,
          active: true,
          joined_on: '2020-01-01',
        }
      }),
    )
    await insertRows(
      tx,
      'account',
      STAFF.map(([code]) => ({
        channel: 'console',
        external_id: code,
        staff_id: staff.get(code),
        conversation: `console:${code}`,
        last_seen_at: MONDAY,
      })),
    )
    await insertRows(
      tx,
      'client',
      clients.map(({ name, business, phone, owner, kind, more }, index) => ({
        id: ids[index],
        kind: kind ?? 'existing',
        name,
        business_name: business ?? null,
        ...pinyinOf(name),
        phone: phone ?? null,
        source: 'list',
        owner_id: staff.get(owner),
        negative_list: false,
        entered_at: '2026-10-01T02:00:00Z',
        ...more,
      })),
    )
    await insertRows(
      tx,
      'client_facts',
      clients.flatMap(({ facts }, index) => (facts ? [{ client_id: ids[index], ...facts }] : [])),
    )
    await retier(tx, ids, day('2026-11-23'))
    await insertRows(
      tx,
      'task',
      clients.flatMap(({ owner, tasks = [] }, index) =>
        tasks.map((task) => ({
          id: newId(),
          manager_id: staff.get(owner),
          client_id: ids[index],
          kind: 'call',
          status: 'open',
          attempt: 0,
          created_at: MONDAY,
          ...task,
        })),
      ),
    )
  })
}
