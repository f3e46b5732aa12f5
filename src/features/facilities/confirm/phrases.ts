import { takeAmount } from '../../../bot/grammar/amount.ts'
import { takeLabelled } from '../../../bot/grammar/labelled.ts'
import type { Doubt, Reading } from '../../../bot/grammar/reading.ts'
import { takeUntil } from '../../../bot/grammar/until.ts'
import type { Moment } from '../../../bot/moment.ts'
import { takeProduct } from '../../catalogue/rules.ts'

const ACCOUNT = '账号|帐号|账户|合同号|合同编号|合同|借据号|借据|account|contract'
const LABELS = {
  account: new RegExp(`^(?:${ACCOUNT})$`, 'i'),
  balance: /^(?:余额|用信|已用|balance|used)$/i,
}
/** A label that its value follows at once: 账号6228, 余额10万. */
const TOGETHER = new RegExp(`(?<=^|\\s)(${ACCOUNT}|余额|已用)[:\\s]*(?=[\\w])`, 'gi')
/** What may be drawn at will; anything else is one loan. */
const LINE = /(?:综合授信|授信额度|循环额度|授信|额度|\bcredit line\b|\bline\b)/i

/** What a line says of a loan, as the input of `confirm-loan` takes it. */
export interface SaidLoan {
  named?: string
  product?: string
  amount?: number
  kind?: 'line' | 'loan'
  until?: string
  account?: string
  balance?: string
}

const ASKS = {
  until: {
    question: { zh: '哪天到期？', en: 'When does it end?' },
    slots: ['until'],
    expects: 'day',
  },
  amount: {
    question: { zh: '金额多少？例如 30万', en: 'How much? For example 300000' },
    slots: ['amount'],
    expects: 'amount',
  },
} as const satisfies Record<string, Doubt>

/** Reads "张三 信用贷 30万 至 2027-11-30 账号 6228…": the name is what is left of it. */
export function readLoan(rest: string, { today, workdays, catalogue }: Moment): Reading<SaidLoan> {
  const { head, values } = takeLabelled(rest.replace(TOGETHER, '$1 '), LABELS)
  const ending = takeUntil(head, today, workdays)
  const doubts: Doubt[] = []
  const said: SaidLoan = { ...values }
  if ('fault' in ending) doubts.push(ASKS.until)
  else if (ending.until) said.until = ending.until
  const amount = takeAmount(ending.rest)
  if (amount && 'yuan' in amount) said.amount = amount.yuan
  else if (amount) doubts.push(ASKS.amount)
  let name = amount?.rest ?? ending.rest
  if (LINE.test(name)) said.kind = 'line'
  const product = takeProduct(catalogue, name)
  if (product) said.product = product.product.code
  name = (product?.rest ?? name)
    .replace(LINE, ' ')
    .replace(/[\s,;、]+/g, ' ')
    .trim()
  if (!name) return { kind: 'no' }
  said.named = name
  const [first, ...others] = doubts
  return first
    ? { kind: 'asks', input: said, doubts: [first, ...others] }
    : { kind: 'understood', input: said }
}

/** Reads "张三 账号 6228…", of a loan that is settled. */
export function readSettled(rest: string): Reading<SaidLoan> {
  const { head, values } = takeLabelled(rest.replace(TOGETHER, '$1 '), LABELS)
  return head ? { kind: 'understood', input: { named: head, ...values } } : { kind: 'no' }
}
