import { referenceOf } from '../bot/inbox/retry/attempts.ts'
import { outages } from '../bot/outbox/outage.ts'
import { CHANNELS } from '../channels/index.ts'
import type { Finding } from '../channels/plugin.ts'
import type { Config } from '../config.ts'
import { yearOf } from '../core/calendar/schedule.ts'
import { addDays, dayIn } from '../core/calendar/time.ts'
import { chineseWorkdays } from '../core/calendar/workdays.ts'
import { followCalendar } from '../features/calendar/store.ts'
import { STALE_DAYS } from '../features/feeds/rules.ts'
import { lastDays } from '../features/feeds/store.ts'
import { lastNight } from '../features/tasks/care/run-night.ts'
import { approverLabel } from '../features/tier-rules/labels.ts'
import { headsAbove } from '../features/tiers/approvals/approvers-store.ts'
import { APPROVER_ROLES } from '../features/tiers/approvals/rules.ts'
import type { Database } from '../infra/database/index.ts'
import { NotUpToDate } from '../infra/database/migrate.ts'
import { isHeld } from '../infra/lease.ts'
import { qrText } from '../infra/pictures/qr.ts'
import { bankFindings, bankGaps } from './bank/bank-findings.ts'
import { channelState } from './channel-state.ts'
import { missingSettings, settingsNeeded } from './channels.ts'
import { mailFindings } from './doctor/mail-finding.ts'
import { proxyFinding } from './doctor/proxy-finding.ts'
import { readerFindings, readerUse } from './doctor/reader-finding.ts'
import { replicaFindings } from './doctor/replica-finding.ts'
import { termsKept } from './doctor/terms-finding.ts'
import { demoSince, openToLook } from './open.ts'

/** Looks at what the service needs and says what to mend; resolves to false when something must be. */
export async function doctor(config: Config): Promise<boolean> {
  const proxy = proxyFinding(config)
  const findings = [
    await calendar(config),
    ...(await channels(config)),
    ...(proxy ? [proxy] : []),
    ...(await readerFindings(config)),
    ...(await mailFindings(config)),
    node(),
    ...(await database(config)),
  ]
  for (const { state, text } of findings) {
    console.log(`${{ ok: '✓', note: '!', no: '✗' }[state]} ${text}`)
  }
  return findings.every(({ state }) => state !== 'no')
}

/** The schedules that are known: of the library, and as the bank entered them. */
async function calendar(config: Config): Promise<Finding> {
  const { years, covers } = await withDatabase(
    config,
    async ({ prisma }) => (await followCalendar(prisma)).now(),
    chineseWorkdays(),
  )
  const span = `${years[0]}–${years.at(-1)}`
  const next = yearOf(dayIn(new Date(), config.TIMEZONE)) + 1
  const missing = [next - 1, next].filter((year) => !covers(year))
  return missing.length === 0
    ? { state: 'ok', text: `节假日历 holiday calendar: ${span}` }
    : {
        state: 'note',
        text: `节假日历 holiday calendar: ${span};${missing.join('、')} 年放假安排尚未收录，暂按法定节假日计，没有调休，公布后请在聊天里发"节假日"录入，或升级 chinese-days。 ${missing.join(', ')} not covered yet: public holidays by rule, without make-up workdays, until somebody enters them ("holidays" in chat) or chinese-days is upgraded.`,
      }
}

async function channels(config: Config): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const plugin of CHANNELS) {
    const found = await plugin.configured(config)?.check({
      publicUrl: config.PUBLIC_URL ?? null,
      isHeld: (lease) => withDatabase(config, ({ prisma }) => isHeld(prisma, lease), false),
      lastState: () =>
        withDatabase(config, ({ prisma }) => channelState(prisma, plugin.name).read(), null),
      qrText,
    })
    findings.push(...(found ?? []))
  }
  const missing = missingSettings(config).join(', ')
  if (missing) {
    const text = `聊天渠道只配置了一部分，还缺 ${missing}。 A chat channel is configured in part; missing: ${missing}.`
    findings.push({ state: 'no', text })
  }
  if (findings.length > 0) return findings
  const { zh, en } = settingsNeeded()
  const text = `没有配置聊天渠道，npm start 会拒绝启动：请设置 ${zh}。 No chat channel: npm start needs ${en}.`
  return [{ state: 'note', text }]
}

/** What the database says; `otherwise` where it cannot be opened, as another finding says why. */
async function withDatabase<T>(
  config: Config,
  ask: (open: Database) => Promise<T>,
  otherwise: T,
): Promise<T> {
  try {
    const open = await openToLook(config)
    return await ask(open).finally(() => open.close())
  } catch {
    return otherwise
  }
}

const node = (): Finding => ({ state: 'ok', text: `Node ${process.version}` })

/** What ended the process each time it was answered; how it came and by which reference the log has it. */
async function setAside({ prisma }: Database): Promise<Finding[]> {
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

/** Departments that decide moves of tier, where nobody would hear that they do not. */
async function approvers({ prisma }: Database): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const role of APPROVER_ROLES) {
    if ((await prisma.staff.count({ where: { role, active: true } })) === 0) continue
    if ((await headsAbove(prisma, role)).length > 0) continue
    const text = `${approverLabel(role, 'zh')}之上没有负责人（head），超时未批的分层调整没有人督促。 No head above ${approverLabel(role, 'en')}: nobody hears of moves of tier that are not decided in time.`
    findings.push({ state: 'note', text })
  }
  return findings
}

/** Channels that the running service cannot reach, and messages that were tried and wait. */
async function waiting({ prisma }: Database): Promise<Finding[]> {
  const away = (await outages(prisma)).map(({ channel, of, since, why }): Finding => {
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
  })
  const rows = await prisma.$queryRaw<{ channel: string; messages: number; since: Date }[]>`
    select channel, count(*)::int as messages, min(created_at) as since from message
    where state in ('queued', 'sending', 'unknown') and attempts > 0
    group by channel order by channel`
  return [
    ...away,
    ...rows.map(({ channel, messages, since }): Finding => {
      const text = `${channel}: ${messages} 条消息试过但还没发出，最早 ${since.toISOString()}。 messages were tried and wait, the oldest since then.`
      return { state: 'note', text }
    }),
  ]
}

const SMALL_BUFFERS = 256 * 2 ** 20
const LARGE_BUFFERS = 2 ** 30
const LARGE_BOOK = 2 ** 30

/** How a PostgreSQL holds its data in memory; sizes in bytes. */
export interface ServerMemory {
  readonly buffers: number
  /** All data of this database. */
  readonly stored: number
  /** Huge pages that would hold the buffers and are not there; null: they are, or this system has none. */
  readonly pagesMissing: number | null
}

/**
 * What to say of a server's memory; null: nothing. Shipped it holds 128 MB, and its manual has a quarter
 * of the machine's memory, and huge pages for so much of it (Resource Consumption, `shared_buffers` and
 * `huge_pages`).
 */
export function memoryFinding({ buffers, stored, pagesMissing }: ServerMemory): Finding | null {
  const [held, size] = [buffers, stored].map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`)
  if (buffers < SMALL_BUFFERS && stored >= LARGE_BOOK) {
    return {
      state: 'note',
      text: `PostgreSQL 的 shared_buffers 只有 ${held}，数据已有 ${size}：建议设为内存的四分之一后重启数据库，早上推送和登记会更快。 shared_buffers is ${held} with ${size} of data: set it to a quarter of the machine's memory and restart PostgreSQL.`,
    }
  }
  if (buffers >= LARGE_BUFFERS && pagesMissing) {
    return {
      state: 'note',
      text: `PostgreSQL 的 shared_buffers 有 ${held}，但没有用大页：在数据库主机上执行 sysctl -w vm.nr_hugepages=${pagesMissing} 后重启数据库，早上推送和登记会更快。 PostgreSQL holds ${held} without huge pages: sysctl -w vm.nr_hugepages=${pagesMissing} on its machine and a restart make pushes and answers faster.`,
    }
  }
  return null
}

/** Feeds of the core system that stand still: what is known of credit and facts ages meanwhile. */
async function staleFeeds({ prisma }: Database, timezone: string): Promise<Finding[]> {
  const oldest = addDays(dayIn(new Date(), timezone), -STALE_DAYS)
  const stale = (await lastDays(prisma)).filter(({ day }) => day < oldest)
  return stale.map(({ feed, day }): Finding => {
    const text = `核心系统的 ${feed} 数据停在 ${day}，请检查报送。 The feed ${feed} of the core system stands at ${day}: look why it is not sent.`
    return { state: 'note', text }
  })
}

/** The tasks of the night, where they are not those of today. */
async function nightBefore({ prisma }: Database, timezone: string): Promise<Finding[]> {
  const [last, today] = [await lastNight(prisma), dayIn(new Date(), timezone)]
  if (!last || last >= addDays(today, -1)) return []
  const text = `夜间任务最近一次是 ${last} 排的，今天的清单可能不全：服务在运行吗？看日志里的 run-night。 The tasks of the night were last made for ${last}; is the service running? See run-night in its log.`
  return [{ state: 'note', text }]
}

async function serverMemory({ kind, prisma }: Database): Promise<Finding[]> {
  if (kind !== 'postgres') return []
  const [row] = await prisma.$queryRaw<
    { held: bigint; stored: bigint; status: string | null; pages: string | null }[]
  >`
    select pg_size_bytes(current_setting('shared_buffers')) as held,
      pg_database_size(current_database()) as stored,
      current_setting('huge_pages_status', true) as status,
      current_setting('shared_memory_size_in_huge_pages', true) as pages`
  if (!row) return []
  const missing = row.status === 'off' ? Number(row.pages) : 0
  const finding = memoryFinding({
    buffers: Number(row.held),
    stored: Number(row.stored),
    pagesMissing: missing > 0 ? missing : null,
  })
  return finding ? [finding] : []
}

async function database(config: Config): Promise<Finding[]> {
  try {
    const open = await openToLook(config)
    try {
      const [staff, clients, demo] = [
        await open.prisma.staff.count({ where: { active: true } }),
        await open.prisma.client.count(),
        await demoSince(open.prisma),
      ]
      const failed = await open.prisma.message.count({ where: { state: 'failed' } })
      return [
        {
          state: 'ok',
          text: `数据库 database: ${open.kind}, ${staff} 员工 staff, ${clients} 客户 clients${demo ? `, 演示 demo of ${demo}` : ''}`,
        },
        {
          state: 'ok',
          text: '手机号、证件号、信用代码加密存放，密钥不在数据库和它的备份里，请另行备份。 Phones, ID numbers and credit codes are encrypted at rest; their key is not in the database or its backups: keep a copy apart.',
        },
        failed > 0
          ? {
              state: 'note',
              text: `${failed} 条消息发送失败：chenhui outbox list。 messages failed: chenhui outbox list`,
            }
          : { state: 'ok', text: '发件箱 outbox: 没有失败 nothing failed' },
        ...bankFindings(await bankGaps(open)),
        ...(await setAside(open)),
        ...(await waiting(open)),
        ...(await approvers(open)),
        ...(await serverMemory(open)),
        ...(await replicaFindings(open)),
        ...(await nightBefore(open, config.TIMEZONE)),
        ...(await staleFeeds(open, config.TIMEZONE)),
        await termsKept(open.prisma, config),
        ...(await readerUse(open.prisma)),
      ]
    } finally {
      await open.close()
    }
  } catch (error) {
    const state = error instanceof NotUpToDate ? 'note' : 'no'
    return [{ state, text: error instanceof Error ? error.message : String(error) }]
  }
}
