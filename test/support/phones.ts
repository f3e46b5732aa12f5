import { type App, createApp, type Surroundings } from '../../src/app.ts'
import { createConsoleChannel } from '../../src/channels/console/index.ts'
import { render } from '../../src/channels/console/render.ts'
import { readConfig } from '../../src/config.ts'
import { type Button, type Card, itemsOf } from '../../src/core/card.ts'
import type { Channel } from '../../src/core/chat.ts'
import { newId } from '../../src/core/ids.ts'
import type { Intent } from '../../src/core/intent.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { bankOn, CLIENTS, MONDAY } from './bank.ts'

/** The small bank with a service whose accounts somebody must enrol: `phone`, and its twin. */
export interface Phones {
  readonly app: App
  setClock(time: string): void
  /** What a sender's conversation, or a room's, hears of what they say. */
  say(sender: string, text: string, at?: Where): Promise<string>
  press(sender: string, label: string, at?: Where): Promise<string>
  /** All that a conversation was sent. */
  heard(conversation: string, channel?: string): Promise<string[]>
  rows<T>(sql: string): Promise<T[]>
  close(): Promise<void>
}

export interface Where {
  readonly channel?: 'phone' | 'twin'
  /** Said where others read it. */
  readonly room?: string
}

/** `L1`, `M1` … hold the phones `l1`, `m1`; `emails`: those that the service has verified. */
export async function openPhones(
  database: Database,
  emails: Readonly<Record<string, string>> = {},
  post: Pick<Surroundings, 'mail' | 'sms'> = {},
): Promise<Phones> {
  let now = new Date(MONDAY)
  if ((await database.prisma.staff.count()) === 0) {
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    await database.prisma.$executeRaw`
      insert into account (channel, external_id, staff_id, conversation, last_seen_at)
      select 'phone', lower(code), id, lower(code), ${now}::timestamptz from staff`
  }
  const phone = (name: string, twin: string): Channel => ({
    ...createConsoleChannel({ buttons: true, forms: true }),
    ...{ name, twin, senderIs: 'account', scripted: false },
    emailOf: async (sender) => emails[sender] ?? null,
  })
  const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
    database,
    log: createLog('silent'),
    channels: [phone('phone', 'twin'), phone('twin', 'phone')],
    clock: () => now,
    ...post,
  })
  const rows = <T>(sql: string) => database.prisma.$queryRawUnsafe<T[]>(sql)
  const cardsTo = async (conversation: string, channel: string) => {
    const sent = await rows<{ card: Card }>(
      `select card from message where channel = '${channel}' and conversation = '${conversation}'
       order by id`,
    )
    return sent.map(({ card }) => card)
  }
  async function receive(
    sender: string,
    said: { text: string } | { intent: Intent },
    { channel = 'phone', room }: Where,
  ): Promise<string> {
    const conversation = room ?? sender
    const before = (await cardsTo(conversation, channel)).length
    const { answered } = await app.inbox({
      ...{ id: newId(), channel, conversation, sender, shared: room !== undefined },
      says: 'text' in said ? { kind: 'text', ...said } : { kind: 'intent', label: '', ...said },
    })
    await answered
    await app.delivery.settled()
    return (await cardsTo(conversation, channel)).slice(before).map(render).join('\n')
  }
  return {
    app,
    setClock(time) {
      now = new Date(time)
    },
    say: (sender, text, at = {}) => receive(sender, { text }, at),
    async press(sender, label, at = {}) {
      const cards = await cardsTo(at.room ?? sender, at.channel ?? 'phone')
      const button = cards
        .reverse()
        .flatMap(buttonsOf)
        .find((each) => each.label === label)
      if (!button) throw new Error(`no button "${label}" for ${sender}`)
      return receive(sender, { intent: button.intent }, at)
    },
    heard: async (conversation, channel = 'phone') =>
      (await cardsTo(conversation, channel)).map(render),
    rows,
    close: () => app.stop(),
  }
}

const buttonsOf = (card: Card): Button[] =>
  card.blocks.flatMap((block) => {
    if (block.kind === 'buttons') return [...block.buttons]
    return block.kind === 'list' ? itemsOf(block).flatMap((item) => [...(item.buttons ?? [])]) : []
  })
