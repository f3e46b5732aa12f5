import { referenceOf } from '../../bot/inbox/retry/attempts.ts'
import { MAX_DUE_S, MAX_UNANSWERED_S } from '../../bot/operations/readiness.ts'
import { readVitals, type Vitals } from '../../bot/operations/vitals.ts'
import { type Outage, outages } from '../../bot/outbox/outage.ts'
import type { Finding } from '../../channels/plugin.ts'
import type { Database, Queries } from '../../infra/database/index.ts'

/** What waits to be answered or sent, or was given up, and the chat services that are away. */
export async function waitingFindings({ prisma }: Database, now: Date): Promise<Finding[]> {
  const [vitals, away] = [await readVitals(prisma, now), await outages(prisma)]
  return [
    failedMessages(vitals),
    ...(await setAside(prisma)),
    ...away.map(outageFinding),
    ...backlogFindings(vitals, new Set(away.map(({ channel }) => channel))),
  ]
}

function failedMessages({ lanes }: Vitals): Finding {
  const failed = lanes.reduce((sum, lane) => sum + lane.failed, 0)
  return failed > 0
    ? {
        state: 'note',
        text: `${failed} 条消息发送失败：chenhui outbox list。 messages failed: chenhui outbox list`,
      }
    : { state: 'ok', text: '发件箱 outbox: 没有失败 nothing failed' }
}

/** What ended the process each time it was answered; how it came and by which reference the log has it. */
async function setAside(prisma: Queries): Promise<Finding[]> {
  const [row] = await prisma.$queryRaw<{ count: number; id: string; kind: string; at: Date }[]>`
    select count(*) over ()::int as count, id, set_aside_at as at,
      concat_ws(' ', channel, says ->> 'kind', says #>> '{intent,command}') as kind
    from received where set_aside_at is not null order by set_aside_at desc limit 1`
  if (!row) return []
  const { count, id, kind, at } = row
  const last = `${at.toISOString()} · ${kind} · ${referenceOf(id)}`
  const text = `${count} 条消息一再让进程中断，已搁置并致歉，不再处理；最近一条：${last}。请按编号看日志，把日志交给开发者；改好后用 npx chenhui set-aside retry all 再办一次（list 看清单）。 ${count} events ended the process again and again and were set aside with an apology; the last: ${last}. Look that reference up in the log and send the log to the developers; once it is mended, npx chenhui set-aside retry all takes them up again (list shows them).`
  return [{ state: 'note', text }]
}

/** A channel that the running service cannot reach. */
function outageFinding({ channel, of, since, why }: Outage): Finding {
  const at = since.toISOString()
  return of === 'start'
    ? {
        state: 'no',
        text: `渠道 ${channel} 没有连上（自 ${at}）：${why}。服务会一直重试。 The channel ${channel} is not connected since then; the service keeps trying.`,
      }
    : {
        state: 'no',
        text: `渠道 ${channel} 不通（自 ${at}）：${why}。消息在等待，恢复后自动发出。 ${channel} is away since then; its messages wait and go out once it is back.`,
      }
}

/** What waits for longer than load explains, but for what waits for a service that is away. */
export function backlogFindings(vitals: Vitals, away: ReadonlySet<string>): Finding[] {
  const { count, oldestS } = vitals.unanswered
  const lanes = vitals.lanes.filter((lane) => lane.oldestS > MAX_DUE_S && !away.has(lane.channel))
  return [
    ...(oldestS > MAX_UNANSWERED_S
      ? [
          finding(
            `${count} 条收到的消息没有回答，最早一条等了 ${minutes(oldestS)} 分钟：服务在运行吗？看日志，以及数据库里谁占着锁。`,
            `${count} events wait for an answer, the oldest for ${minutes(oldestS)} minutes: is the service running? See its log, and who holds locks in the database.`,
          ),
        ]
      : []),
    ...lanes.map((lane) =>
      finding(
        `${lane.channel}: ${lane.waiting} 条消息该发没发，最早一条晚了 ${minutes(lane.oldestS)} 分钟：服务在运行吗？有没有配置这个渠道？`,
        `${lane.waiting} messages are due and not sent, the oldest for ${minutes(lane.oldestS)} minutes: is the service running, with this channel?`,
      ),
    ),
  ]
}

const finding = (zh: string, en: string): Finding => ({ state: 'no', text: `${zh} ${en}` })
const minutes = (seconds: number): number => Math.round(seconds / 60)
