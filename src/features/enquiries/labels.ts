import { type Day, sayDay } from '../../core/calendar/time.ts'
import type { Button } from '../../core/card.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import type { Addressee, Department } from './rules.ts'

export const departmentLabel = (department: Department, language: Language): string =>
  ({
    marketing: speaker(language)('营销部门', 'marketing'),
    risk: speaker(language)('风险部门', 'risk'),
  })[department]

/** Whom a question is for, in a word. */
export const addresseeLabel = (addressee: Addressee, language: Language): string =>
  addressee === 'manager'
    ? speaker(language)('客户经理', 'the manager')
    : addressee === 'requester'
      ? speaker(language)('提出的人', 'whoever made it')
      : departmentLabel(addressee, language)

export const button = (label: string, command: string, input: object = {}): Button => ({
  label,
  intent: { command, input },
})
export const answerButton = (enquiryId: string, say: Say): Button => ({
  ...button(say('答复', 'Answer'), 'answer-enquiry-form', { enquiryId }),
  opensForm: true,
  style: 'primary',
})
export const clientButtons = (clientId: string | null, say: Say): Button[] =>
  clientId ? [button(say('客户', 'Client'), 'client', { clientId })] : []

/** Until when, on a day. */
export function whenDue(dueOn: Day, today: Day, say: Say): string {
  const [zh, en] = [sayDay(dueOn, today, 'zh'), sayDay(dueOn, today, 'en')]
  if (dueOn === today) return say('今天要答复', 'due today')
  return dueOn < today ? say(`${zh}已到期`, `was due ${en}`) : say(`${zh}前答复`, `by ${en}`)
}
