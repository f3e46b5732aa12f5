import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { CHATS, type PlayedChat } from '../../channels/kill/chats.ts'
import { pushOverKills } from '../../channels/kill/pushes.ts'
import { type Figure, figure, type Part } from '../figure.ts'
import { startServer } from '../server.ts'

/** Kill -9 at random moments of pushes, by each chat: nothing lost, nothing twice. */
export const killsBench: Part = async ({ quick }) => {
  const figures: Figure[] = []
  for (const [name, play] of Object.entries(CHATS)) {
    figures.push(...(await faultsOf(name, await play(), quick)))
  }
  return figures
}

async function faultsOf(name: string, chat: PlayedChat, quick: boolean): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  const database = await openPostgres(postgres.url)
  try {
    const size = quick ? { managers: 40, kills: 10 } : { managers: 200, kills: 200 }
    const { kills, pushes, due, sent, once, ...outcomes } = await pushOverKills(
      database,
      chat,
      folder,
      size,
    )
    const { acknowledged, stored, twice } = outcomes
    return [
      figure(
        'kills',
        `${name}: lists lost or sent twice over ${kills} kills in ${pushes} pushes, ${due} due, ${sent} sent`,
        [due - once + Math.abs(sent - due), 'times'],
        [1, 'none may be'],
        0,
      ),
      figure(
        'kills',
        `${name}: outcomes lost or stored twice, ${acknowledged} acknowledged`,
        [acknowledged - stored + twice, 'times'],
        [1, 'none may be'],
        0,
      ),
    ]
  } finally {
    await database.close()
    await chat.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
