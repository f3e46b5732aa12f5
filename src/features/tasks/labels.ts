import type { Day } from '../../core/calendar/time.ts'
import { findKind, type OutcomeKinds, offeredKinds } from '../../core/outcome.ts'
import { type Say, speaker, type Text } from '../../core/text.ts'
import type { TaskKind } from '../playbook/rules.ts'
import type { NoNext, Section } from './rules.ts'

/** How an outcome is called, by its code: that itself where no kind has it any more. */
export function outcomeLabel(kinds: OutcomeKinds, code: string, say: Say): string {
  const label = findKind(kinds, code)?.label
  return label ? say(label.zh, label.en) : code
}

/** Why an outcome of this code cannot be logged: no kind in use has it. */
export function noKind(code: string, kinds: OutcomeKinds): Text {
  const names = (say: Say) =>
    offeredKinds(kinds)
      .map(({ label }) => say(label.zh, label.en))
      .join(say('、', ', '))
  const [zh, en] = [speaker('zh'), speaker('en')]
  return {
    zh: `现在没有"${outcomeLabel(kinds, code, zh)}"这种结果，有：${names(zh)}。`,
    en: `"${outcomeLabel(kinds, code, en)}" is not logged any more. There are: ${names(en)}.`,
  }
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

/** Why a task is not due on the day that was said. */
export const dayOffNote = (saidOn: Day | null | undefined, say: Say): string =>
  saidOn
    ? say(
        `（${saidOn.slice(5).replace('-', '/')} 休息，顺延）`,
        ` (${saidOn.slice(5)} is a day off)`,
      )
    : ''
