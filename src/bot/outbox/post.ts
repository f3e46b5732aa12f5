import type { Card } from '../../core/card.ts'
import { type Channel, SendFailure } from '../../core/chat.ts'
import { type MailGateway, POST_WAYS, type PostWay, type SmsGateway } from '../../core/gateways.ts'
import type { Queries } from '../../infra/database/index.ts'
import { enqueue } from './enqueue.ts'

// What reaches somebody who works here beside their chats, at the address that is on file of them: what proves
// who they are must not come by the account that somebody else may have claimed. In the outbox the way is the
// channel, and the conversation is their id: the address is looked up as it is sent, and stands there in no row.

/** What is on file to reach somebody at. */
export interface OnFile {
  readonly email: string | null
  /** E.164. */
  readonly phone: string | null
}

const ADDRESS: Readonly<Record<PostWay, (onFile: OnFile) => string | null>> = {
  mail: ({ email }) => email,
  sms: ({ phone }) => phone,
}

/** The way that reaches somebody, and what may be said of the address; null: none does. */
export function wayTo(
  onFile: OnFile,
  ways: readonly PostWay[],
): { readonly way: PostWay; readonly hint: string } | null {
  for (const way of ways) {
    const address = ADDRESS[way](onFile)
    if (address) return { way, hint: hintOf(way, address) }
  }
  return null
}

/** Enough of an address for somebody who knows it to see whether it is the right one. */
const hintOf = (way: PostWay, address: string): string =>
  way === 'mail' ? address.replace(/^(.)[^@]*/, '$1***') : `…${address.slice(-4)}`

/** Queues something to somebody by this way, until it is not worth sending any more. */
export const post = (
  tx: Queries,
  to: { readonly staffId: string; readonly way: PostWay },
  card: Card,
  { now, staleAt }: { readonly now: Date; readonly staleAt?: Date },
) =>
  enqueue(
    tx,
    [
      {
        ...{ channel: to.way, conversation: to.staffId, card, onceKey: null, replaces: null },
        ...{ notBefore: now, ...(staleAt && { staleAt }) },
      },
    ],
    now,
  )

interface Gateways {
  readonly mail: MailGateway | null
  readonly sms: SmsGateway | null
}

/** The ways that there are, as the outbox sends by them. */
export function postChannels({ mail, sms }: Gateways, tx: Queries, bankName: string): Channel[] {
  const send: Record<PostWay, ((to: string, card: Card, key: string) => Promise<void>) | null> = {
    mail:
      mail &&
      ((to, card, key) =>
        mail.send({ to, subject: `【${bankName}】${card.title ?? ''}`, text: textOf(card), key })),
    sms: sms && ((to, card) => sms.send(to, `【${bankName}】${textOf(card)}`)),
  }
  return POST_WAYS.flatMap((way) => {
    const by = send[way]
    return by ? [channelOf(way, by, tx)] : []
  })
}

/** More within an hour are somebody's way to flood a colleague; they wait. */
const PER_PERSON = { most: 10, perMs: 60 * 60_000 }

/** Paragraphs; buttons and pictures say nothing there. */
const textOf = ({ blocks }: Card): string =>
  blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).join('\n\n')

const channelOf = (
  way: PostWay,
  send: (to: string, card: Card, key: string) => Promise<void>,
  tx: Queries,
): Channel => ({
  name: way,
  senderIs: 'account',
  can: {
    ...{ buttons: false, forms: false, edit: false, pictures: false },
    ...{ length: 2000, paceMs: 0, burst: 1, perSecond: null, windows: [PER_PERSON] },
  },
  async start() {},
  async send({ conversation, card, key }) {
    const person = await tx.staff.findFirst({ where: { id: conversation, active: true } })
    const address = person && ADDRESS[way](person)
    if (!address) throw new SendFailure('refused', 'no address on file')
    await send(address, card, key)
    return key
  },
  // Nobody can be asked whether it arrived: it is sent again, by the same key.
  find: async () => null,
  async stop() {},
})
