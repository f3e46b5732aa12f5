import { FEATURES } from '../app-features.ts'
import { lastRuns } from '../bot/operations/job-runs.ts'
import { CHANNELS } from '../channels/index.ts'
import type { Finding } from '../channels/plugin.ts'
import type { Config } from '../config.ts'
import { yearOf } from '../core/calendar/schedule.ts'
import { addDays, dayIn } from '../core/calendar/time.ts'
import { chineseWorkdays } from '../core/calendar/workdays.ts'
import { followCalendar } from '../features/calendar/store.ts'
import { STALE_DAYS } from '../features/feeds/rules.ts'
import { lastDays } from '../features/feeds/store.ts'
import { isListKey, KeyFault } from '../features/risk/key.ts'
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
import { jobsFinding } from './doctor/jobs-finding.ts'
import { machineFindings } from './doctor/machine-findings.ts'
import { mailFindings } from './doctor/mail-finding.ts'
import { proxyFinding } from './doctor/proxy-finding.ts'
import { readerFindings, readerUse } from './doctor/reader-finding.ts'
import { replicaFindings } from './doctor/replica-finding.ts'
import { serverFindings } from './doctor/server-findings.ts'
import { settingsFindings } from './doctor/settings-findings.ts'
import { termsKept } from './doctor/terms-finding.ts'
import { waitingFindings } from './doctor/waiting-findings.ts'
import { demoSince, openToLook } from './open.ts'

/** Looks at what the service needs and says what to mend; resolves to false when something must be. */
export async function doctor(config: Config): Promise<boolean> {
  const proxy = proxyFinding(config)
  const findings = [
    await calendar(config),
    ...(await channels(config)),
    ...(proxy ? [proxy] : []),
    ...settingsFindings(config, configuredChats(config)),
    ...(await machineFindings(config)),
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

const configuredChats = (config: Config): string[] =>
  CHANNELS.filter((plugin) => plugin.configured(config)?.connects).map(({ name }) => name)

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

/** Feeds of the core system that stand still: what is known of credit and facts ages meanwhile. */
async function staleFeeds({ prisma }: Database, timezone: string): Promise<Finding[]> {
  const oldest = addDays(dayIn(new Date(), timezone), -STALE_DAYS)
  const stale = (await lastDays(prisma)).filter(({ day }) => day < oldest)
  return stale.map(({ feed, day }): Finding => {
    const text = `核心系统的 ${feed} 数据停在 ${day}，请检查报送。 The feed ${feed} of the core system stands at ${day}: look why it is not sent.`
    return { state: 'note', text }
  })
}

async function jobs({ prisma }: Database, { TIMEZONE }: Config): Promise<Finding[]> {
  const now = new Date()
  const moment = { now, today: dayIn(now, TIMEZONE), timezone: TIMEZONE }
  const all = FEATURES.flatMap((feature) => feature.jobs ?? [])
  const finding = jobsFinding(all, await lastRuns(prisma), moment)
  return finding ? [finding] : []
}

/** With another key nobody on the list is found, and the start refuses. */
async function negativeList({ prisma }: Database, config: Config): Promise<Finding[]> {
  if (await isListKey(prisma, config.NEGATIVE_LIST_KEY ?? null)) return []
  return [{ state: 'no', text: new KeyFault().message }]
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
      return [
        {
          state: 'ok',
          text: `数据库 database: ${open.kind}, ${staff} 员工 staff, ${clients} 客户 clients${demo ? `, 演示 demo of ${demo}` : ''}`,
        },
        {
          state: 'ok',
          text: '手机号、证件号、信用代码加密存放，密钥不在数据库和它的备份里，请另行备份。 Phones, ID numbers and credit codes are encrypted at rest; their key is not in the database or its backups: keep a copy apart.',
        },
        ...bankFindings(await bankGaps(open)),
        ...(await waitingFindings(open, new Date())),
        ...(await jobs(open, config)),
        ...(await negativeList(open, config)),
        ...(await approvers(open)),
        ...(await serverFindings(open)),
        ...(await replicaFindings(open)),
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
