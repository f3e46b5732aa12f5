import { setTimeout as pause } from 'node:timers/promises'
import { CHATS } from '../../channels/kill/chats.ts'
import { openBank, waitFor } from './bank.ts'
import type { Scenario } from './tally.ts'

const LISTS = 150
/** The push is in its midst. */
const SENT_FIRST = 15
/** Longer than a claim, so that the other instance takes over. */
const STOPPED_MS = 45_000
const PATIENCE_MS = 2 * 60_000

/** One of two instances stands still in the midst of a push, as a paused machine does, and wakes up. */
export const stopped: Scenario = {
  name: `one of two instances stopped 45 s in a push of ${LISTS} lists`,
  async play() {
    const chat = await CHATS.Slack()
    const bank = await openBank(chat, LISTS, chat.settings)
    try {
      await bank.push()
      const [one, two] = [bank.start(), bank.start()]
      const running = [one, two]
      await chat.connected()
      await pause(3000)
      await bank.release()
      await waitFor(async () => chat.shown().length >= SENT_FIRST, PATIENCE_MS, running)
      one.kill('SIGSTOP')
      await pause(STOPPED_MS)
      one.kill('SIGCONT')
      await waitFor(async () => (await bank.waiting()) === 0, PATIENCE_MS, running)
      // What the one that woke up would send comes by now.
      await pause(15_000)
      return await bank.tally()
    } finally {
      await bank.stop()
    }
  },
}
