import { setTimeout as pause } from 'node:timers/promises'
import { CHATS } from '../../channels/kill/chats.ts'
import { openBank, waitFor } from './bank.ts'
import { openProxy } from './proxy.ts'
import type { Scenario } from './tally.ts'

const LISTS = 40
const AWAY_MS = 10 * 60_000
const QUICK_MS = 60_000
/** Once it is back: a connection, and a last pause of a minute, of its lane and of a message each. */
const PATIENCE_MS = 4 * 60_000
const ADDRESSES = ['SLACK_API_URL', 'WECOM_BOT_URL', 'WECOM_API_URL']

/** A chat service that cannot be reached while lists are due: all go out once it is back. */
export const away = (name: keyof typeof CHATS): Scenario => ({
  name: `${name} away for ten minutes while ${LISTS} lists are due`,
  async play({ quick }) {
    const chat = await CHATS[name]()
    const [setting = '', address = ''] =
      Object.entries(chat.settings).find(([key]) => ADDRESSES.includes(key)) ?? []
    const proxy = await openProxy(address)
    const bank = await openBank(chat, LISTS, { ...chat.settings, [setting]: proxy.url })
    try {
      await bank.push()
      const service = bank.start()
      await chat.connected()
      await proxy.cut()
      chat.cut()
      await bank.release()
      const end = performance.now() + (quick ? QUICK_MS : AWAY_MS)
      await waitFor(async () => performance.now() >= end, AWAY_MS + 1000, [service])
      await proxy.mend()
      await waitFor(async () => (await bank.waiting()) === 0, PATIENCE_MS, [service])
      // What would come twice comes by now.
      await pause(2000)
      return await bank.tally()
    } finally {
      await proxy.close()
      await bank.stop()
    }
  },
})
