import { sayPhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { type Language, speaker, type Text, text } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type { FileChange } from '../../clients/file/store.ts'
import { mask } from '../../clients/identity/rules.ts'
import type { Client } from '../../clients/rules.ts'

const COLUMNS: Readonly<Record<string, Text>> = {
  name: text('姓名', 'name'),
  business_name: text('店名', 'business'),
  id_number: text('证件号', 'ID number'),
  credit_code: text('信用代码', 'credit code'),
  address: text('地址', 'address'),
  wechat: text('微信', 'WeChat'),
  language: text('语言', 'language'),
  licence_ends_on: text('执照到期', 'licence ends'),
  credit_expires_on: text('授信到期', 'credit ends'),
  facility_ends_on: text('授信到期', 'credit ends'),
  source_detail: text('来源说明', 'source'),
  region_id: text('区域', 'region'),
  cluster_id: text('集群', 'cluster'),
  industry_id: text('行业', 'industry'),
}
const TABLES: Readonly<Record<string, Text>> = {
  client_phone: text('电话', 'phone'),
  relative: text('家庭或担保人', 'household or guarantor'),
  product_held: text('产品', 'product'),
  client_document: text('资料', 'document'),
  client_note: text('备注', 'note'),
  facility: text('授信', 'facility'),
}

/** What was changed on a file, by whom and when; numbers are masked where more than one person reads. */
export function historyCard(
  { client, changes }: { readonly client: Client; readonly changes: readonly FileChange[] },
  at: Moment,
  language: Language,
  shared: boolean,
): Card {
  const say = speaker(language)
  const items = changes.map((change) => ({
    text: [
      `${sayDay(dayIn(change.at, at.timezone), at.today, language)} ${whatOf(change, at.catalogue, language, shared)}`,
      change.by ?? say('数据导入', 'feed'),
    ].join(' · '),
  }))
  return {
    title: say(`${client.name} 的修改记录`, `Changes of the file of ${client.name}`),
    blocks: [
      items.length > 0
        ? { kind: 'list', items }
        : { kind: 'text', text: say('还没有修改过。', 'Nothing was changed yet.') },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('客户档案', 'File'),
            intent: { command: 'client-file', input: { clientId: client.id } },
          },
        ],
      },
    ],
  }
}

function whatOf(
  { subject, before, after }: FileChange,
  catalogue: Catalogue,
  language: Language,
  shared: boolean,
) {
  const say = speaker(language)
  const label = (COLUMNS[subject] ?? TABLES[subject] ?? text(subject, subject))[language]
  const value = (of: unknown) =>
    of === null ? say('无', 'none') : valueSaid(subject, of, { catalogue, language, shared })
  return `${label} ${value(before)} → ${value(after)}`
}

function valueSaid(
  subject: string,
  of: unknown,
  { catalogue, language, shared }: { catalogue: Catalogue; language: Language; shared: boolean },
): string {
  const say = speaker(language)
  if (typeof of !== 'object') {
    const secret = subject === 'id_number' || subject === 'credit_code'
    return secret && shared ? mask(`${of}`) : `${of}`
  }
  const row = of as Readonly<Record<string, unknown>>
  const { number, state, preferred, person, name, relation, phone, product, until } = row
  const parts = [
    typeof number === 'string' && sayPhone(number, shared),
    person,
    preferred && say('首选', 'first'),
    state === 'dead' && say('空号', 'dead'),
    relation,
    name,
    typeof phone === 'string' && sayPhone(phone, shared),
    typeof product === 'string' && productLabel(catalogue, product, language),
    until && say(`至 ${until}`, `until ${until}`),
    row['text'],
  ]
  return parts.filter(Boolean).join(' ')
}
