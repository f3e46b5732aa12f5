import { setTimeout as pause } from 'node:timers/promises'
import { CHATS } from '../../channels/kill/chats.ts'
import { openBank, waitFor } from './bank.ts'
import type { Scenario } from './tally.ts'

const LISTS = 150
/** The push is in its midst at each of these. */
const KILLED_AT = [15, 60]
/** A claim of one that is gone runs out. */
const PATIENCE_MS = 4 * 60_000

/**
 * Of three instances on one database two are killed, one after the other, in the midst of a push. By Slack alone: the
 * double of WeCom's app calls back to one port, which one process of a machine has.
 */
export const killed: Scenario = {
  name: `two of three instances killed in a push of ${LISTS} lists`,
  async play() {
    const chat = await CHATS.Slack()
    const bank = await openBank(chat, LISTS, chat.settings)
    try {
      await bank.push()
      const instances = [bank.start(), bank.start(), bank.start()]
      await chat.connected()
      await pause(3000)
      await bank.release()
      for (const sent of KILLED_AT) {
        await waitFor(async () => chat.shown().length >= sent, PATIENCE_MS, instances)
        instances.shift()?.kill('SIGKILL')
      }
      await waitFor(async () => (await bank.waiting()) === 0, PATIENCE_MS, instances)
      // What would come twice comes by now.
      await pause(2000)
      return await bank.tally()
    } finally {
      await bank.stop()
    }
  },
}
