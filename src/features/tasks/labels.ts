import type { Say } from '../../core/text.ts'
import type { OutcomeKind, TaskKind } from '../playbook/rules.ts'
import type { NoNext, Section } from './rules.ts'

export function outcomeLabel(kind: OutcomeKind, say: Say): string {
  const labels: Record<OutcomeKind, string> = {
    interested: say('有意向', 'interested'),
    thinking: say('再考虑', 'thinking'),
    'no-answer': say('没接', 'no answer'),
    declined: say('拒绝', 'declined'),
    applied: say('已申请', 'applied'),
    granted: say('已放款', 'granted'),
    'wrong-number': say('号码不对', 'wrong number'),
    'do-not-contact': say('勿扰', 'do not contact'),
  }
  return labels[kind]
}

export function taskLabel(kind: TaskKind, say: Say): string {
  const labels: Record<TaskKind, string> = {
    call: say('电话', 'call'),
    'cross-sell': say('交叉营销', 'cross-sell'),
    visit: say('走访', 'visit'),
    campaign: say('活动', 'campaign'),
    list: say('名单', 'list'),
    referral: say('转介', 'referral'),
    complaint: say('投诉', 'complaint'),
    other: say('办理', 'to do'),
  }
  return labels[kind]
}

export const sectionLabel = (section: Section, say: Say): string =>
  ({
    complaint: say('投诉', 'Complaints'),
    late: say('逾期已久，请今天办或改期', 'Overdue for long: do or postpone today'),
    overdue: say('逾期', 'Overdue'),
    arrived: say('新转介', 'New by referral'),
    today: say('今天', 'Today'),
    soon: say('近日', 'Soon'),
  })[section]

export const noNextLabel = (reason: NoNext, say: Say): string =>
  ({
    'do-not-contact': say(
      '已设勿扰，不再安排联系',
      'marked do-not-contact, nothing further planned',
    ),
    'exit-tier': say('F 淘汰客户，不再营销', 'tier F, no further marketing'),
    'negative-list': say('在负面清单上，不再营销', 'on the negative list, no further marketing'),
    'no-rhythm': say('这一层没有例行回访', 'no routine calls for this tier'),
  })[reason]
