import type { Config } from '../../config.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

/** Who is logged in on the pages: lists them, or logs somebody out, or everybody. */
export async function sessions(config: Config, act: string, which: string | null): Promise<void> {
  if (act !== 'list' && act !== 'end') {
    throw new Fault(`没有 sessions ${act}；有：list、end。`, 'sessions knows: list, end.')
  }
  if (act === 'end' && !which) {
    throw new Fault(
      '请写工号，或 all：sessions end M001。',
      'Say whose: sessions end <staff code> or all.',
    )
  }
  const database = await openForScripts(config)
  try {
    const now = new Date()
    const whose = which && which !== 'all' ? { code: which } : {}
    const staff = await database.prisma.staff.findMany({ where: whose })
    if (staff.length === 0)
      throw new Fault(`没有工号 ${which}。`, `There is no staff code ${which}.`)
    const codes = new Map(staff.map(({ id, code }) => [id, code]))
    const where = { staffId: { in: [...codes.keys()] }, endedAt: null, expiresAt: { gt: now } }
    if (act === 'list') {
      const open = await database.prisma.pageSession.findMany({
        where,
        orderBy: { startedAt: 'asc' },
      })
      for (const { staffId, startedAt, expiresAt } of open) {
        console.log(JSON.stringify({ code: codes.get(staffId), startedAt, expiresAt }))
      }
      return
    }
    const { count } = await database.prisma.pageSession.updateMany({
      where,
      data: { endedAt: now },
    })
    // A link that was not opened yet is a session to come.
    await database.prisma.pageLink.deleteMany({ where: { staffId: where.staffId, usedAt: null } })
    console.log(`已退出 ${count} 个网页会话。 Sessions ended: ${count}.`)
  } finally {
    await database.close()
  }
}
