import { type Text, text } from '../../../core/text.ts'
import type { Heading } from '../../../infra/sheets/headings.ts'
import { HEADINGS as QUOTAS } from '../../quotas/quota-row.ts'
import { HEADINGS, LABELS, NUMBERS } from '../../risk/headings.ts'
import type { ListKind } from '../rules.ts'

type Labelled = Heading & { readonly label: Text }

/** The columns of the exit list. */
export const EXIT: Readonly<Record<keyof typeof HEADINGS, Labelled>> = {
  phone: { ...HEADINGS.phone, label: LABELS.phone },
  id: { ...HEADINGS.id, label: LABELS.id },
  code: { ...HEADINGS.code, label: LABELS.code },
  reason: { ...HEADINGS.reason, label: LABELS.reason },
  evidence: { ...HEADINGS.evidence, label: LABELS.evidence },
  until: { ...HEADINGS.until, label: LABELS.until },
  name: { ...HEADINGS.name, label: LABELS.name },
}
const { evidence: _, ...NEGATIVE } = EXIT

/** The columns of the negative list, which keeps no evidence. */
export { NEGATIVE }

/** The columns of a contact list. */
export const ACCOUNTS = {
  code: { label: text('工号', 'staff code'), exact: ['工号', '员工号', 'code', 'staffcode'] },
  userId: {
    label: text('账号', 'user id'),
    exact: ['账号', '帐号', '成员账号', '企业微信账号', 'userid'],
  },
  name: { label: text('姓名', 'name'), exact: ['姓名', 'name'], anyOfThem: true },
} as const satisfies Readonly<Record<string, Labelled>>

/** What a list of people needs: one of their numbers. `template`: what is said for an empty one. */
export const peopleTable = (template: Text) => ({
  needs: [],
  wanted: NUMBERS,
  noTable: text(
    `表格里没有手机号、身份证号或统一社会信用代码这样的列。发"${template.zh}"得到模板。`,
    `The workbook has no column for phone, ID number or social credit code. Say "${template.en}" for one.`,
  ),
})

/** The columns of each list. */
export const LIST_HEADINGS = {
  negative: NEGATIVE,
  exit: EXIT,
  quotas: QUOTAS,
  accounts: ACCOUNTS,
} as const

export const LIST_LABELS: Readonly<Record<ListKind, Text>> = {
  negative: text('负面清单', 'negative list'),
  exit: text('退出名单', 'exit list'),
  quotas: text('指标', 'quotas'),
  accounts: text('企业微信账号', 'WeCom accounts'),
}

/** What a yes brings about besides what the rows say. */
export const LIST_NOTES: Readonly<Record<ListKind, Text>> = {
  negative: text(
    '列入后，在册客户的营销任务取消，其他人以后录入会拦下。',
    'Marketing to clients on file ends then, and whoever enters the others later is stopped.',
  ),
  exit: text(
    '逐户指定退出，进入 F 的调整等风险部门的另一位同事批准，批准后营销任务取消。',
    'Each is named for exit; the moves into F wait for a colleague of risk, and marketing ends when they are approved.',
  ),
  quotas: text('空着的不变，0 为取消。', 'Blank leaves a quota as it is, 0 takes it away.'),
  accounts: text(
    '原来有账号的人会收到通知；主管、负责人、营销、风险的账号要第二个人确认才生效。',
    'Who has an account already is told; those of leads, heads, marketing and risk wait for a second person.',
  ),
}
