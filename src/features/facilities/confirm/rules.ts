import { z } from 'zod'
import { amountField, dayField } from '../../../bot/grammar/fields.ts'
import type { Moment } from '../../../bot/moment.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { type ClientRef, clientRef } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import type { Claim } from '../claims/rules.ts'
import type { ConfirmedFacility } from '../store.ts'

const ACCOUNT = /^[0-9A-Z][0-9A-Z/-]{3,39}$/

/** The number of an account or contract as it is kept: in capitals, without blanks; null for none. */
export const accountOf = (typed: string): string | null => {
  const account = typed
    .normalize('NFKC')
    .replace(/[\s·.]/g, '')
    .toUpperCase()
  return ACCOUNT.test(account) ? account : null
}

export const accountField = z
  .string()
  .max(80)
  .nullable()
  .default(null)
  .transform((typed, context) => {
    if (!typed?.trim()) return null
    const account = accountOf(typed)
    if (account) return account
    context.addIssue(
      `"${typed}"不像账号或合同号，应为 4 到 40 位字母和数字。 "${typed}" is no number of an account or a contract: 4 to 40 letters and digits.`,
    )
    return z.NEVER
  })

export const loanInput = z.object({
  ...clientRef,
  /** A code of the catalogue. */
  product: z.string().max(40).nullable().default(null),
  amount: amountField,
  kind: z.enum(['line', 'loan']).default('loan'),
  until: dayField,
  account: accountField,
  balance: amountField,
  /** A photo of the contract. */
  uploadId: z.uuid().optional(),
})
export type LoanInput = z.infer<typeof loanInput> & ClientRef

export interface LoanFacts {
  readonly client: Client
  /** Claims of the client that nothing confirms, the latest first. */
  readonly claims: readonly Claim[]
  /** Whose facility stands on file under this account; null: nobody's. */
  readonly holder: string | null
  /** A feed of the bank's book says what is lent. */
  readonly hasFeed: boolean
}

export const HAS_FEED = refuse(
  '核心系统的数据每天会确认放款和结清，不用手工确认。数据里没有的，请联系科技部门核对。',
  'The core system confirms loans every day; nobody does it by hand. Ask IT about what is missing there.',
)
export const ANOTHERS = refuse(
  '这个账号已登记在另一位客户名下，请核对。',
  'That account is on the file of another client; please check it.',
)

/** The facility that a lead confirms today, or what is wrong or missing. */
export function facilityOf(
  { client, claims, holder, hasFeed }: LoanFacts,
  said: LoanInput,
  { today, catalogue }: Pick<Moment, 'today' | 'catalogue'>,
): ConfirmedFacility | Refusal {
  if (hasFeed) return HAS_FEED
  if (holder && holder !== client.id) return ANOTHERS
  if (!said.account && !said.uploadId) {
    return refuse(
      `请写账号或合同号，例如"放款 ${client.name} 30万 至 2027-11-30 账号 6228001"；没有账号就附合同照片。`,
      `Give the number of the account or contract, as in "confirm loan ${client.name} 300k until 2027-11-30 account 6228001", or send a photo of the contract along.`,
    )
  }
  const amount = said.amount ?? claims[0]?.amount ?? null
  if (amount === null) {
    return refuse('请写放款金额，例如 30万。', 'Say how much was granted, such as 300k.')
  }
  if (!said.until || said.until < today) {
    return refuse(
      '请写到期日，今天或以后，例如"至 2027-11-30"。',
      'Say when it ends, today or later, as in "until 2027-11-30".',
    )
  }
  const product = said.product ?? claims[0]?.product ?? null
  if (product && !catalogue.some(({ code }) => code === product)) {
    return refuse(`没有产品 ${product}。`, `There is no product ${product}.`)
  }
  const balance = said.balance ?? (said.kind === 'loan' ? amount : 0)
  return {
    ...{ clientId: client.id, product, account: said.account, kind: said.kind, lineAccount: null },
    ...{ creditLimit: amount, balance, openedOn: holder ? null : today, endsOn: said.until },
    ...{ state: 'open', closedOn: null, confirmedBy: 'lead', asOf: today },
    ...{ claimId: null, documentId: null },
  }
}
