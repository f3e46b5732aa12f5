import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Moment } from '../../bot/moment.ts'
import { type Day, daysBetween, sayDay } from '../../core/calendar/time.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { sayYuan } from '../../core/money.ts'
import type { OutcomeKinds } from '../../core/outcome.ts'
import { counted, type Language, type Say, speaker } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { tierWithPending } from '../tier-rules/labels.ts'
import { outcomeLabel, taskLabel } from './labels.ts'
import type { TaskLine } from './list/line-store.ts'
import { inTimeUntil } from './rules.ts'

/** Who a task is about: name, business, tier. */
export const whoLine = (line: TaskLine, language: Language): string =>
  [
    `**${line.clientName}**`,
    line.businessName,
    line.tier && tierWithPending(line, language),
    line.whose && speaker(language)(`${line.whose}的客户`, `client of ${line.whose}`),
  ]
    .filter(Boolean)
    .join(' · ')

/** Why now: the reason a manager believes, then what was said last, then the phone number, masked where more than one person reads. */
export function whyLine(
  line: TaskLine,
  at: Moment,
  say: Say,
  language: Language,
  shared: boolean,
): string {
  const last = lastSaid(line, at.today, at.kinds, say)
  const phone = line.phone && sayPhone(line.phone, shared)
  const why = [reasonLine(line, at, say, language), last]
  const hours = line.quietHours && say(`${line.quietHours} 勿打`, `not ${line.quietHours}`)
  return [why.filter(Boolean).join(say('，', '; ')), phone, hours].filter(Boolean).join(' · ')
}

/** The reason of a task alone. */
export const reasonLine = (
  line: TaskLine,
  { today, catalogue, kinds }: Moment,
  say: Say,
  language: Language,
): string =>
  [
    reasonOf(line, wantsOf(line, catalogue, language), today, kinds, say),
    becauseOf(line, today, say, language),
  ]
    .filter(Boolean)
    .join(say('，', '; '))

/** What a need or an interest is in; empty where nothing was said of it. */
const wantsOf = ({ product, amount }: TaskLine, catalogue: Catalogue, language: Language): string =>
  [product && productLabel(catalogue, product, language), amount && sayYuan(amount, language)]
    .filter(Boolean)
    .join(' ')

function reasonOf(
  line: TaskLine,
  wants: string,
  today: Day,
  kinds: OutcomeKinds,
  say: Say,
): string {
  const quietDays = line.lastContactOn ? daysBetween(line.lastContactOn, today) : null
  switch (line.reason) {
    case 'entry':
      return say('新客户，首次联系', 'new prospect, first call')
    case 'referral':
      return line.referrer
        ? say(`${line.referrer}转介，请先联系`, `recommended by ${line.referrer}, call first`)
        : say('转介来的，请先联系', 'came by referral, call first')
    case 'need':
      return wants ? say(`需要${wants}`, `needs ${wants}`) : say('有需求待跟进', 'has a need')
    case 'interested':
      return say(
        `有意向${wants && ` ${wants}`}，约好再联系`,
        `interested${wants && ` in ${wants}`}, follow up`,
      )
    case 'thinking':
      return say('说过再考虑，问问结果', 'was thinking it over, ask again')
    case 'no-answer':
      return say(`${line.attempt} 次没接，再打一次`, `no answer ${line.attempt} ×, call again`)
    case 'declined':
      return say('拒绝过，隔一阵再问', 'declined before, ask again')
    case 'applied':
      return say('已申请，收齐材料', 'applied, collect the documents')
    case 'appointment':
      return say('约好见面', 'agreed to meet')
    case 'busy':
      return say('上次在忙，再打一次', 'was busy, call again')
    case 'documents':
      return say('资料收齐，送审', 'documents complete, hand them in')
    case 'in-approval':
      return say('审批中，问进度', 'in approval, ask how far it is')
    case 'approved':
      return say('已批，约签约', 'approved, set a day to sign')
    case 'signed':
      return say('已签约，跟进放款', 'signed, see to the disbursement')
    case 'wrong-number':
      return say('号码不对，请补正', 'wrong number, mend the file')
    case 'thin-file':
      return say('资料不全，分层待定，请补齐', 'the file lacks what its tier hangs on')
    case 'new-number':
      return say('有了新号码，联系一下', 'has a new number, call')
    case 'credit-due':
      return line.creditExpiresOn
        ? say(
            `授信 ${sayDay(line.creditExpiresOn, today, 'zh')} 到期`,
            `credit ends ${sayDay(line.creditExpiresOn, today, 'en')}`,
          )
        : say('授信快到期', 'credit ends soon')
    case 'loan-due':
      return line.loanDueOn
        ? say(
            `借款 ${sayDay(line.loanDueOn, today, 'zh')} 到期`,
            `a loan is due ${sayDay(line.loanDueOn, today, 'en')}`,
          )
        : say('借款快到期', 'a loan is due soon')
    case 'usage-falling':
      return say(`${usage(line, say)}用信明显下降`, `${usage(line, say)}usage has fallen`)
    case 'win-back':
    case 'win-back-again':
    case 'win-back-last':
      return say('已结清，问问新的需求', 'settled everything, ask what is needed now')
    case 'old-facts':
      return say('分层所依资料过期，请更新', 'the tier hangs on old facts, renew them')
    case 'uncovered': {
      const talk = line.note ? `${say('：', ': ')}${line.note}` : ''
      return say(`可推荐${wants}${talk}`, `offer ${wants}${talk}`)
    }
    case 'licence-due':
      return say('营业执照快到期，提醒换证', 'the business licence ends soon')
    case 'birthday':
      return say('开业周年，问候一声', 'anniversary of the business')
    case 'unused':
      return say(
        `授信闲置${unusedFor(line, today, say)}`,
        `credit unused${unusedFor(line, today, say)}`,
      )
    case 'quiet':
      if (quietDays === 0) return say('今天联系过', 'touched today')
      return quietDays === null
        ? say('还没有联系过', 'never touched')
        : say(
            `${usage(line, say)}已 ${quietDays} 天未联系`,
            `${usage(line, say)}quiet for ${counted(quietDays, 'day')}`,
          )
    case 'assigned':
      return say(
        `${line.assignedBy ?? '上级'}交办${line.note ? `：${line.note}` : ''}`,
        `${line.assignedBy ? `set by ${line.assignedBy}` : 'assigned'}${line.note ? `: ${line.note}` : ''}`,
      )
    case 'list':
      return [wants, line.note].filter(Boolean).join(say('：', ': '))
    case 'complaint':
      return complaintLine(line, today, say)
    case 'own':
      return line.note ?? say('自己排的', 'set by yourself')
    case 'care':
      return say(`例行${taskLabel(line.kind, say)}`, `routine ${taskLabel(line.kind, say)}`)
    // A kind of the bank's own.
    default: {
      const label = outcomeLabel(kinds, line.reason, say)
      return say(`上次：${label}，请跟进`, `last: ${label}, follow up`)
    }
  }
}

const unusedFor = ({ unusedSince }: TaskLine, today: Day, say: Say): string => {
  const days = unusedSince ? daysBetween(unusedSince, today) : 0
  return days > 0 ? say(` ${days} 天`, ` for ${counted(days, 'day')}`) : ''
}

/** What raised the task above others, in a few words; empty where the reason says it or nothing did. */
function becauseOf(line: TaskLine, today: Day, say: Say, language: Language): string {
  const { because, reason, lastContactOn } = line
  const quietDays = lastContactOn ? daysBetween(lastContactOn, today) : null
  switch (because) {
    case null:
      return ''
    case 'overdue': {
      if (reason === 'complaint') return ''
      const late = daysBetween(inTimeUntil(line), today)
      return late > 0 ? say(`逾期 ${late} 天`, `${counted(late, 'day')} overdue`) : ''
    }
    case 'wants-now':
      return reason === 'need' ? '' : say('急需用款', 'wants it now')
    case 'key-slipping':
      return !quietDays || reason === 'quiet'
        ? say('重点客户', 'key client')
        : say(
            `重点客户已 ${quietDays} 天未联系`,
            `key client, quiet for ${counted(quietDays, 'day')}`,
          )
    case 'credit-ends':
      return reason === 'credit-due' || !line.creditExpiresOn
        ? ''
        : say(
            `授信 ${sayDay(line.creditExpiresOn, today, 'zh')} 到期`,
            `credit ends ${sayDay(line.creditExpiresOn, today, language)}`,
          )
    case 'unused':
      return reason === 'unused'
        ? ''
        : say(
            `授信闲置${unusedFor(line, today, say)}`,
            `credit unused${unusedFor(line, today, say)}`,
          )
    case 'worth':
      return say('贡献高', 'brings much')
    case 'quiet':
      return reason === 'quiet' || !quietDays
        ? ''
        : say(`已 ${quietDays} 天未联系`, `quiet for ${counted(quietDays, 'day')}`)
  }
}

function complaintLine({ kind, note, answerBy }: TaskLine, today: Day, say: Say): string {
  if (kind !== 'complaint') return say('投诉办结后回访', 'ask how things are after the complaint')
  if (answerBy && answerBy <= today) {
    const over = daysBetween(answerBy, today)
    return over === 0
      ? say(`投诉"${note ?? ''}"，今天要答复`, `complains "${note ?? ''}", to be settled today`)
      : say(
          `投诉"${note ?? ''}"，应在 ${sayDay(answerBy, today, 'zh')} 前答复，逾期 ${over} 天`,
          `complains "${note ?? ''}", was to be settled by ${sayDay(answerBy, today, 'en')}, ${counted(over, 'day')} overdue`,
        )
  }
  const by = answerBy
    ? say(
        `，${sayDay(answerBy, today, 'zh')}前答复`,
        `, to be settled by ${sayDay(answerBy, today, 'en')}`,
      )
    : ''
  return say(`投诉"${note ?? ''}"${by}`, `complains "${note ?? ''}"${by}`)
}

const usage = (line: TaskLine, say: Say): string =>
  line.usageRate === null
    ? ''
    : say(
        `用信 ${Math.round(line.usageRate * 100)}%，`,
        `uses ${Math.round(line.usageRate * 100)} %, `,
      )

/** What was said last, with its day; empty where nothing was. */
function lastSaid({ last }: TaskLine, today: Day, kinds: OutcomeKinds, say: Say): string {
  if (!last) return ''
  const [year = '', month, day] = last.on.split('-')
  const on = [...(today.startsWith(year) ? [] : [year]), Number(month), Number(day)].join('/')
  const words = last.note ? `"${last.note}"` : outcomeLabel(kinds, last.kind, say)
  return say(`上次（${on}）${words}`, `last (${on}) ${words}`)
}
