import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { CHATS, type PlayedChat } from '../../channels/kill/chats.ts'
import { pushOverKills } from '../../channels/kill/pushes.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Bench, none } from '../row.ts'
import { withServer } from '../server.ts'

/** Kill -9 at random moments of pushes, by each chat, all at the same time: nothing lost, nothing twice. */
export const killsBench: Bench = async ({ quick }) => {
  const played = Object.entries(CHATS).map(async ([name, play]) =>
    faultsOf(name, await play(), quick),
  )
  return (await Promise.all(played)).flat()
}

const faultsOf = (name: string, chat: PlayedChat, quick: boolean) =>
  withServer(async (url, folder) => {
    const database = await openPostgres(url, KEYED)
    try {
      const size = quick ? { managers: 40, kills: 10 } : { managers: 400, kills: 200 }
      const played = await pushOverKills(database, chat, folder, size)
      const { kills, pushes, due, sent, once } = played
      const { acknowledged, stored, twice, apologised } = played
      return [
        none(
          `${name}: lists lost or sent twice over ${kills} kills in ${pushes} pushes, ${due} due, ${sent} sent`,
          due - once + Math.abs(sent - due),
        ),
        none(
          `${name}: outcomes lost or stored twice, ${acknowledged} acknowledged`,
          acknowledged - stored + twice,
        ),
        none(`${name}: apologised for, of ${acknowledged} outcomes`, apologised),
      ]
    } finally {
      await database.close()
      await chat.close()
    }
  })
