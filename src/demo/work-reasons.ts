import type { DemoClient } from './clients.ts'

export type Reason =
  | 'interested'
  | 'thinking'
  | 'no-answer'
  | 'declined'
  | 'applied'
  | 'credit-due'
  | 'quiet'
  | 'care'
  | 'need'
  | 'entry'
  | 'referral'

/** Why there is a task, of a hundred with existing clients and with prospects. */
export const REASONS: Readonly<Record<DemoClient['kind'], Partial<Record<Reason, number>>>> = {
  existing: {
    interested: 20,
    thinking: 12,
    'no-answer': 12,
    'credit-due': 14,
    quiet: 18,
    care: 10,
    need: 8,
    applied: 4,
    declined: 2,
  },
  prospect: { entry: 32, interested: 18, thinking: 14, 'no-answer': 18, need: 8, referral: 10 },
}

export const PRIORITY: Readonly<Record<Reason, number>> = {
  need: 90,
  referral: 85,
  'credit-due': 75,
  interested: 70,
  applied: 65,
  thinking: 50,
  entry: 45,
  quiet: 45,
  'no-answer': 40,
  care: 30,
  declined: 20,
}

export const NOTES: Partial<Readonly<Record<Reason, readonly string[]>>> = {
  interested: ['想扩一间门面', '年前要备货', '利率合适就做', '想换掉别行的贷款', '要看额度'],
  thinking: ['和爱人商量', '等货款回来再定', '嫌手续多', '在比较别的银行', '要问合伙人'],
  declined: ['利率高', '暂时不缺钱', '刚在别行办了'],
  applied: ['差营业执照副本', '差近半年流水', '等配偶签字'],
}

export const OWN_PRODUCTS = [
  'working-capital-loan',
  'equipment-loan',
  'mortgage-loan',
  'credit-line',
] as const

export const OTHER_PRODUCTS = [
  ['settlement-card', 'payments'],
  ['pos', 'payments'],
  ['payroll', 'payments'],
  ['insurance', 'insurance'],
  ['wealth', 'wealth'],
] as const

export const KIND: Partial<Readonly<Record<Reason, string>>> = {
  applied: 'other',
  referral: 'referral',
}

/** How far the outcomes bring a client: as the shipped playbook has it. */
export const STAGE: Readonly<Record<string, string>> = {
  ...{ interested: 'interested', thinking: 'reached', 'no-answer': 'none', 'wrong-number': 'none' },
  ...{ declined: 'lost', applied: 'applied', granted: 'granted' },
}
