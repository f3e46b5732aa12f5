import type { Card } from '../../core/card.ts'
import type { Channel } from '../../core/chat.ts'

/** The channel of scripts and support: keeps what the bot says until it is read. */
export interface ConsoleChannel extends Channel {
  /** What was said since the last reading. */
  take(): Card[]
  /** Holds a file as if it had been sent; resolves to what an event refers to it by. */
  hold(bytes: Uint8Array): string
}

/** What a console shows; `whispers`: only the asker sees what is sent into a shared conversation. */
export interface Shows {
  readonly buttons: boolean
  readonly forms: boolean
  readonly whispers?: boolean
}

/** Without buttons and forms, as a terminal is; a test may see them. */
export function createConsoleChannel(
  { whispers = false, ...shows }: Shows = { buttons: false, forms: false },
): ConsoleChannel {
  let cards: Card[] = []
  const held: Uint8Array[] = []
  return {
    name: 'console',
    can: {
      ...shows,
      edit: false,
      pictures: false,
      length: 100_000,
      paceMs: 0,
      burst: 0,
      perSecond: null,
    },
    senderIs: 'staff-code',
    scripted: true,
    whispers,
    async start() {},
    async send({ key, card }) {
      cards.push(card)
      return key
    },
    find: async () => null,
    async fetchFile(ref) {
      const bytes = held[Number(ref)]
      if (!bytes) throw new Error('no such file')
      return bytes
    },
    async stop() {},
    hold: (bytes) => String(held.push(bytes) - 1),
    take() {
      const taken = cards
      cards = []
      return taken
    },
  }
}
