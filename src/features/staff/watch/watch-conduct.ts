import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import type { Services } from '../../../bot/services.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { staffOfRole, superiorsOf } from '../store.ts'
import type { Conduct } from './rules.ts'
import { farLooks, vainEntries } from './store.ts'

/** Whoever is above and risk hear of somebody who looks at far more clients than usual, or tries numbers out. */
export const watchConduct: Job = {
  name: 'watch-conduct',
  at: () => '00:06',
  catchUpHours: 0,
  again: { minutes: 10, until: '23:56' },
  async run(services, at) {
    const alarms = await watch(services, at)
    if (alarms > 0) services.log.warn({ alarms }, 'conduct that somebody should look into')
  },
}

/** Resolves to how many letters were new: each of them is told of each person once a day. */
export async function watch(services: Services, { now, today }: Moment): Promise<number> {
  const { clientsAnHour, vainEntriesADay } = services.alarms
  const told = await services.database.transaction(async (tx) => {
    const found = [
      ...(await farLooks(tx, clientsAnHour, now)),
      ...(await vainEntries(tx, vainEntriesADay, now)),
    ]
    if (found.length === 0) return 0
    const risk = (await staffOfRole(tx, 'risk')).map(({ id }) => id)
    let letters = 0
    for (const conduct of found) {
      const { kind, staffId } = conduct
      const who = new Set([...(await superiorsOf(tx, staffId)), ...risk])
      who.delete(staffId)
      letters += await enqueue(
        tx,
        (await addressesOf(tx, [...who])).map(({ channel, conversation, language, ...to }) => ({
          ...{ channel, conversation, replaces: null, notBefore: now },
          card: alarmCard(conduct, language),
          onceKey: `conduct:${kind}:${staffId}:${today}:${to.staffId}`,
        })),
        now,
      )
    }
    return letters
  })
  services.wake()
  return told
}

function alarmCard({ kind, name, code, count, usual }: Conduct, language: Language): Card {
  const say = speaker(language)
  const often = Math.round(usual ?? 0)
  return textCard(
    kind === 'looks'
      ? say(
          `⚠ **${name}**（${code}）最近一小时看了 **${count}** 位不同客户的资料，平时每小时约 ${often} 位。请了解原因；不是工作需要的，请停用其账号并告知风险管理部。`,
          `⚠ **${name}** (${code}) saw **${count}** different clients within the last hour, usually about ${often}. Please ask why; if work does not need it, end their account and tell risk.`,
        )
      : say(
          `⚠ **${name}**（${code}）一天内登记、改资料被拒或又撤销，以及看了预览没写入的别人客户，共 **${count}** 次，可能在试探手机号。请了解原因。`,
          `⚠ Entries and changes that were refused or taken back, and rows of books that were looked at and not written: **${count}** within a day of **${name}** (${code}), who may be trying numbers out. Please ask why.`,
        ),
  )
}
