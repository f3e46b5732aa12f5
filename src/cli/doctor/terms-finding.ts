import type { Finding } from '../../channels/plugin.ts'
import { type Config, termsOf } from '../../config.ts'
import type { Terms } from '../../core/calendar/terms.ts'
import { addDays, type Day, dayIn } from '../../core/calendar/time.ts'
import { oldestOf } from '../../features/staff/terms/store.ts'
import type { Queries } from '../../infra/database/index.ts'

const LABELS: Readonly<Record<keyof Terms, string>> = {
  chat: '聊天 chat',
  audit: '审计 audit',
  sessions: '网页会话 sessions',
  lists: '每日清单 lists',
  clicks: '转介打开 clicks',
}

/** A night or two may have been missed. */
const GRACE_DAYS = 2

/** For how long things are kept, with the oldest that is there; a note where it is older than that. */
export function termsFinding(
  terms: Terms,
  oldest: Readonly<Record<keyof Terms, Day | null>>,
  today: Day,
): Finding {
  const kinds = Object.keys(LABELS) as (keyof Terms)[]
  const lines = kinds.map((kind) => {
    const since = oldest[kind]
    return `${LABELS[kind]} ${terms[kind]} 天 days${since ? ` (${since})` : ''}`
  })
  const kept = `保留期 kept for: ${lines.join(', ')}`
  const late = kinds.filter((kind) => {
    const since = oldest[kind]
    return since !== null && since < addDays(today, -(terms[kind] + GRACE_DAYS))
  })
  return late.length === 0
    ? { state: 'ok', text: kept }
    : {
        state: 'note',
        text: `${kept}；${late.map((kind) => LABELS[kind]).join('、')} 有过期未清的：夜间清理没有运行，看日志里的 purge-old 和 purge-referrals。 Some of it is older: look for purge-old and purge-referrals in the log.`,
      }
}

export async function termsKept(tx: Queries, config: Config): Promise<Finding> {
  const dayOf = (at: Date | null) => at && dayIn(at, config.TIMEZONE)
  const { chat, audit, sessions, lists, clicks } = await oldestOf(tx)
  return termsFinding(
    termsOf(config),
    {
      ...{ chat: dayOf(chat), audit: dayOf(audit) },
      ...{ sessions: dayOf(sessions), lists: dayOf(lists), clicks: dayOf(clicks) },
    },
    dayIn(new Date(), config.TIMEZONE),
  )
}
