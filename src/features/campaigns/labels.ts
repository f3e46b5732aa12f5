import type { Say } from '../../core/text.ts'
import type { Move, Skip, Status } from './rules.ts'

export const statusLabel = (status: Status, say: Say): string =>
  ({
    draft: say('草稿', 'draft'),
    submitted: say('待审批', 'waiting for approval'),
    approved: say('待开始', 'to start'),
    running: say('进行中', 'running'),
    paused: say('已暂停', 'paused'),
    ended: say('已结束', 'ended'),
    withdrawn: say('已放弃', 'withdrawn'),
  })[status]

export const skipLabel = (skip: Skip, say: Say): string =>
  ({
    'negative-list': say('负面清单', 'on the negative list'),
    'exit-tier': say('F 淘汰', 'tier F'),
    'do-not-contact': say('勿扰', 'do not contact'),
    ceiling: say('近期联系已多', 'touched often lately'),
  })[skip]

export const moveLabel = (move: Move, say: Say): string =>
  ({
    publish: say('发布', 'Publish'),
    approve: say('批准', 'Approve'),
    return: say('退回', 'Return'),
    pause: say('暂停', 'Pause'),
    resume: say('继续', 'Resume'),
    end: say('提前结束', 'End now'),
    withdraw: say('放弃', 'Withdraw'),
  })[move]
