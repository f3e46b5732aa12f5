import { sayPhone } from '../../bot/grammar/phone.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import type { Cell, Column } from '../../infra/sheets/spreadsheet.ts'
import { mask } from '../clients/identity/rules.ts'
import { kindLabel, sourceLabel } from '../clients/labels.ts'
import { tierLabel } from '../tier-rules/rules.ts'
import type { ExportedClient } from './rules.ts'

/** A column of the clients' sheet, and what stands in it. */
interface ClientColumn extends Column {
  readonly of: (client: ExportedClient) => Cell
}

/** The columns of a book: identity numbers are masked in every file, phones where they are not one's own to call. */
export function clientColumns(phones: boolean, language: Language): readonly ClientColumn[] {
  const say = speaker(language)
  const words = (title: string, width: number, of: ClientColumn['of']): ClientColumn => {
    return { title, width, holds: 'text', of }
  }
  const day = (title: string, of: ClientColumn['of']): ClientColumn => {
    return { title, width: 12, holds: 'day', of }
  }
  return [
    words(say('姓名', 'Name'), 12, ({ name }) => name),
    words(say('店名', 'Business'), 22, ({ businessName }) => businessName),
    words(say('类别', 'Kind'), 8, ({ kind }) => kindLabel(kind, language)),
    words(say('分层', 'Tier'), 14, (client) => tierOf(client, language, say)),
    words(say('电话', 'Phone'), 16, ({ phone }) => phone && sayPhone(phone, !phones)),
    words(say('证件号', 'ID number'), 10, ({ idNumber }) => idNumber && mask(idNumber)),
    words(say('统一社会信用代码', 'Credit code'), 21, ({ creditCode }) => creditCode),
    words(say('行业', 'Industry'), 14, ({ industry }) => industry),
    words(say('区域', 'Region'), 12, ({ region }) => region),
    words(say('集群', 'Cluster'), 14, ({ cluster }) => cluster),
    words(say('地址', 'Address'), 26, ({ address }) => address),
    words(say('来源', 'Source'), 8, ({ source }) => sourceLabel(source, language)),
    {
      ...{ title: say('授信额度（元）', 'Credit limit (CNY)'), width: 14, holds: 'amount' },
      of: ({ creditLimit }) => creditLimit,
    },
    {
      ...{ title: say('用信率', 'Usage'), width: 8, holds: 'share' },
      of: ({ usageRate }) => usageRate,
    },
    day(say('授信到期', 'Credit ends'), ({ creditExpiresOn }) => creditExpiresOn),
    day(say('贷款到期', 'Loan due'), ({ loanDueOn }) => loanDueOn),
    day(say('执照到期', 'Licence ends'), ({ licenceEndsOn }) => licenceEndsOn),
    day(say('上次联系', 'Last contact'), ({ lastContactOn }) => lastContactOn),
    day(say('上次走访', 'Last visit'), ({ lastVisitOn }) => lastVisitOn),
    day(say('下次任务', 'Next task'), ({ nextTaskOn }) => nextTaskOn),
    words(say('不做营销', 'No marketing'), 10, ({ barred }) => barred && barredLabel(barred, say)),
    day(say('录入日', 'Entered'), ({ enteredOn }) => enteredOn),
    words(say('客户经理', 'Manager'), 10, ({ ownerName }) => ownerName),
    words(say('工号', 'Code'), 8, ({ ownerCode }) => ownerCode),
    words(say('机构', 'Unit'), 14, ({ unitName }) => unitName),
  ]
}

function tierOf({ tier, provisional }: ExportedClient, language: Language, say: Say): Cell {
  if (!tier) return null
  const label = tierLabel(tier, language)
  return provisional ? say(`${label}（暂定）`, `${label} (provisional)`) : label
}

const barredLabel = (barred: NonNullable<ExportedClient['barred']>, say: Say): string =>
  ({
    'negative-list': say('负面清单', 'negative list'),
    'exit-tier': say('F 淘汰', 'tier F'),
    'do-not-contact': say('勿扰', 'do not contact'),
  })[barred]
