import type { Config } from '../../config.ts'
import { dropFactor } from '../../features/desk/second-factor/store.ts'
import { endSessions, openSessions } from '../../features/desk/sessions/store.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

/** Who is logged in on the pages: lists them, logs somebody out or everybody, or has them join an authenticator app anew. */
export async function sessions(config: Config, act: string, which: string | null): Promise<void> {
  if (act !== 'list' && act !== 'end' && act !== 'reset-factor') {
    throw new Fault(
      `没有 sessions ${act}；有：list、end、reset-factor。`,
      'sessions knows: list, end, reset-factor.',
    )
  }
  if (act !== 'list' && !which) {
    throw new Fault(
      `请写工号，或 all：sessions ${act} M001。`,
      `Say whose: sessions ${act} <staff code> or all.`,
    )
  }
  const database = await openForScripts(config)
  try {
    const now = new Date()
    const whose = which && which !== 'all' ? { code: which } : {}
    const staff = await database.prisma.staff.findMany({ where: whose })
    if (staff.length === 0)
      throw new Fault(`没有工号 ${which}。`, `There is no staff code ${which}.`)
    const ids = staff.map(({ id }) => id)
    if (act === 'list') {
      for (const open of await openSessions(
        database.prisma,
        'code' in whose ? (ids[0] ?? null) : null,
        now,
      )) {
        const { code, startedAt, seenAt } = open
        console.log(JSON.stringify({ code, startedAt, seenAt }))
      }
      return
    }
    if (act === 'reset-factor') {
      for (const id of ids) await dropFactor(database.prisma, id, now)
      console.log('已重置两步验证，并退出。 The second factor was reset, and sessions ended.')
      return
    }
    const count = await endSessions(database.prisma, ids, now)
    console.log(`已退出 ${count} 个网页会话。 Sessions ended: ${count}.`)
  } finally {
    await database.close()
  }
}
