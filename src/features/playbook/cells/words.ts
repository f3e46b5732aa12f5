import type { Stage } from '../../../core/outcome.ts'
import { type Text, text } from '../../../core/text.ts'
import type { TaskKind } from '../rules.ts'

// How cells call what inputs and files have as codes.

export const STAGE_WORDS: Readonly<Record<Stage, Text>> = {
  none: text('未联系上', 'not reached'),
  reached: text('已联系上', 'reached'),
  interested: text('有意向', 'interested'),
  applied: text('已申请', 'applied'),
  approved: text('已批', 'approved'),
  signed: text('已签约', 'signed'),
  granted: text('已放款', 'granted'),
  lost: text('流失', 'lost'),
  barred: text('禁止联系', 'barred'),
}

export const ASKS_WORDS = { day: text('日期', 'day'), amount: text('金额', 'amount') } as const

export const CARE_WORDS = text('照料', 'care')

export const KIND_WORDS: Readonly<Partial<Record<TaskKind, Text>>> = {
  call: text('电话', 'call'),
  'cross-sell': text('交叉营销', 'cross-sell'),
  visit: text('走访', 'visit'),
  referral: text('转介', 'referral'),
  other: text('办理', 'to do'),
}
