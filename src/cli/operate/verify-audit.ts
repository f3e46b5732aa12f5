import { type Broken, verifyTrail } from '../../bot/audit-seals.ts'
import type { Config } from '../../config.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

function sentence(broken: Broken): string {
  const { day } = broken
  switch (broken.kind) {
    case 'count':
      return `${day}：封存时 ${broken.sealed} 条，现在 ${broken.found} 条。 ${day}: ${broken.sealed} acts were sealed, ${broken.found} are there.`
    case 'changed':
      return `${day}：有记录在封存后被改过。 ${day}: acts were changed after they were sealed.`
    case 'input':
      return `${day}：${broken.acts} 条记录的内容和当时说的不一样，也不是按规定删除的。 ${day}: what was said in ${broken.acts} acts stands otherwise than it was, and was not erased.`
  }
}

/** Holds the audit trail against its seals; throws where they do not agree. */
export async function verifyAudit(config: Config): Promise<void> {
  const database = await openForScripts(config)
  try {
    const { days, purged, last, broken, unsealed } = await verifyTrail(
      database.prisma,
      config.TIMEZONE,
    )
    for (const each of broken) console.error(sentence(each))
    if (unsealed > 0) {
      console.error(
        `${unsealed} 条记录落在已封存的日子里，却没有封存。 ${unsealed} acts lie among the sealed days and are sealed by none.`,
      )
    }
    if (purged > 0) {
      console.log(
        `其中 ${purged} 天已过保留期、记录已清除，封条仍在。 Of ${purged} days the acts went when their term was over; the seals stay.`,
      )
    }
    if (last) {
      console.log(
        `已封存 ${days} 天，最后一天 ${last.day}，封条 ${last.hash}。请把封条存到本系统之外，下次对照。 ` +
          `${days} days are sealed, the last ${last.day} with ${last.hash}. Keep that elsewhere, and compare it next time.`,
      )
    } else
      console.log(
        '还没有封存过：每天夜里封存前一天。 Nothing is sealed yet: each night seals the day before.',
      )
    if (broken.length > 0 || unsealed > 0) {
      throw new Fault(
        '审计记录与封条不符，见上。',
        'The audit trail does not agree with its seals, see above.',
      )
    }
  } finally {
    await database.close()
  }
}
