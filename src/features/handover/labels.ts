import type { Say } from '../../core/text.ts'
import type { Answer, Reason, RowStatus } from './rules.ts'

export const statusLabel = (status: RowStatus, say: Say): string =>
  ({
    sent: say('待答复', 'unanswered'),
    accepted: say('已接收', 'accepted'),
    declined: say('已退回', 'declined'),
    done: say('已办结', 'done'),
  })[status]

export const answerLabel = (answer: Answer, say: Say): string =>
  ({
    accept: say('接收', 'Accept'),
    progress: say('进展', 'Progress'),
    decline: say('退回', 'Decline'),
    finish: say('办结', 'Done'),
  })[answer]

export const reasonLabel = (reason: Reason, say: Say): string =>
  ({
    'not-eligible': say('不符合条件', 'not eligible'),
    'no-interest': say('客户不需要', 'client not interested'),
    unreachable: say('联系不上', 'unreachable'),
    'has-it': say('已经有了', 'has it already'),
    'out-of-area': say('不在服务区域', 'out of our area'),
    other: say('其他', 'other'),
  })[reason]
