import { setTimeout as pause } from 'node:timers/promises'
import { CHATS } from '../../../channels/kill/chats.ts'
import type { Options } from '../../row.ts'
import { waitFor } from '../bank.ts'
import type { Scenario } from '../tally.ts'
import { ILLS, type Ill } from './ills.ts'
import { playInstances } from './played.ts'
import { type UnderWay, WORKS } from './works.ts'

const INSTANCES = 3
/** A connection that is silent, a job whose process is gone, a lane that waits: each is found within two minutes. */
const PATIENCE_MS = 8 * 60_000
/** What would come twice comes by then. */
const AFTERWARDS_MS = 5000

const scenario = (work: UnderWay, ill: Ill): Scenario => ({
  name: `${work.name}, ${INSTANCES} instances: ${ill.name}`,
  async play() {
    const chat = await CHATS.Slack()
    const played = await playInstances(chat, INSTANCES)
    const { database, instances } = played
    try {
      const due = await work.lay(database, chat)
      await played.start(work.begins)
      const running = instances.map(({ process }) => process)
      const soFar = () => work.made(database).catch(() => 0)
      await waitFor(async () => (await soFar()) > 0, PATIENCE_MS, running)
      const { at, release } = await played.hold(work.table)
      const made = await work.made(database)
      if (made >= due) throw new Error(`${work.name}: done before anything befell it`)
      await ill.inflict(played, at)
      await release()
      const healed = ill.heal?.(played, at)
      await waitFor(async () => (await soFar()) >= due, PATIENCE_MS, running)
      await healed
      const sent = () =>
        database.prisma.message.count({
          where: { state: { in: ['queued', 'sending', 'unknown'] } },
        })
      await waitFor(async () => (await sent().catch(() => 1)) === 0, PATIENCE_MS, running)
      await pause(AFTERWARDS_MS)
      const apologised = chat.shown().filter(({ text }) => text.includes('没有办成')).length
      return { ...(await work.tally(database, chat, due)), apologised }
    } finally {
      await played.stop()
    }
  },
})

/** Something large under way on one of several instances, and what befalls it: done once, whoever ends it. */
export const instanceScenarios = ({ quick }: Options): readonly Scenario[] =>
  WORKS.flatMap((work) => (quick ? ILLS.slice(0, 1) : ILLS).map((ill) => scenario(work, ill)))
