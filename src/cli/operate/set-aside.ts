import { referenceOf, takeUpAgain } from '../../bot/inbox/retry/attempts.ts'
import type { Config } from '../../config.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

/**
 * Events that ended the process so often that they were set aside: lists them, or has the service take them
 * up again, once what was wrong is mended.
 */
export async function setAside(config: Config, act: string, which: string | null): Promise<void> {
  if (act !== 'list' && act !== 'retry') {
    throw new Fault(`没有 set-aside ${act}；有：list、retry。`, 'set-aside knows: list, retry.')
  }
  if (act === 'retry' && !which) {
    throw new Fault(
      '请写编号，或 all：set-aside retry all。',
      'Say which: set-aside retry <reference> or all.',
    )
  }
  const database = await openForScripts(config)
  try {
    const rows = await database.prisma.received.findMany({
      where: { setAsideAt: { not: null } },
      select: { id: true, channel: true, receivedAt: true, setAsideAt: true },
      orderBy: { id: 'asc' },
    })
    const meant = rows.filter(
      ({ id }) => !which || which === 'all' || which === id || which === referenceOf(id),
    )
    if (act === 'list') {
      for (const { id, ...row } of meant) {
        console.log(JSON.stringify({ reference: referenceOf(id), ...row }))
      }
      return
    }
    if (meant.length === 0) {
      throw new Fault(`没有搁置的 ${which}。`, `Nothing called ${which} was set aside.`)
    }
    await takeUpAgain(
      database,
      meant.map(({ id }) => id),
    )
    console.log(
      `${meant.length} 条会在半分钟内由运行中的服务（或下次启动时）再试一次。 ` +
        `${meant.length} are tried once more by the running service within half a minute, or at its next start.`,
    )
  } finally {
    await database.close()
  }
}
