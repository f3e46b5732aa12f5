import type { Card } from '../../../core/card.ts'
import type { Channel, Inbox } from '../../../core/chat.ts'
import type { LanguageOf } from '../../../core/unsent.ts'
import type { Lease } from '../../plugin.ts'
import { pressedEvent } from '../press.ts'
import { createConnection } from './connection.ts'
import { download } from './download.ts'
import { announce, createPost } from './post.ts'
import { type Arrived, CHANNEL, read } from './read.ts'
import { createTurns } from './turns.ts'

export interface WecomBotOptions {
  readonly botId: string
  readonly secret: string
  readonly url: string
  /** Held by the one instance that is connected. */
  readonly lease: Lease
  /** The card of a message that was sent; null when it is not there. */
  cardOf(key: string, conversation: string): Promise<Card | null>
  /** The language of a person or a room. */
  readonly languageOf: LanguageOf
  warn(message: string): void
}

/** Messages that the service delivered, so that one delivered again opens no second turn. */
const MOST_REMEMBERED = 5000

/** WeCom's bot over its outbound connection, which one instance holds. */
export function createWecomBot(options: WecomBotOptions): Channel {
  const { warn } = options
  const connection = createConnection(options)
  const turns = createTurns()
  const post = createPost(connection, turns, options)
  const seen = new Set<string>()
  let inbox: Inbox | null = null

  async function take(arrived: Arrived & { readonly reqId: string }): Promise<void> {
    const { event, reqId } = arrived
    if (seen.has(event.id)) return
    seen.add(event.id)
    for (const old of seen) if (seen.size > MOST_REMEMBERED) seen.delete(old)
    const taskId = arrived.kind === 'card' ? arrived.taskId : null
    const kind = taskId ? 'click' : arrived.kind === 'welcome' ? 'welcome' : 'message'
    turns.open(event.conversation, { reqId, kind, taskId }, (turn) => {
      announce(connection, turn).catch((error) => warn(String(error)))
    })
    await inbox?.(
      arrived.kind === 'card' ? await pressedEvent(arrived, options.cardOf) : arrived.event,
    )
  }

  return {
    name: CHANNEL,
    can: {
      buttons: true,
      forms: false,
      edit: false,
      pictures: true,
      length: 6000,
      paceMs: 0,
      burst: 0,
      perSecond: 50,
      // 30 a minute and 1 000 an hour in a conversation, answers and pushes together; a message with
      // pictures or files is several, so some are kept free.
      windows: [
        { most: 25, perMs: 60_000 },
        { most: 900, perMs: 3_600_000 },
      ],
    },
    senderIs: 'account',
    fetchFile: download,
    twin: 'wecom-app',
    ready: () => connection.live(),
    async start(into) {
      inbox = into
      await connection.start((frame) => {
        const arrived = read(frame)
        if (arrived)
          take(arrived).catch((error) => warn(error instanceof Error ? error.name : 'fault'))
      })
    },
    send: (message) => post.send(message),
    find: (message) => post.find(message),
    async stop() {
      inbox = null
      await connection.stop()
    },
  }
}
