import type { Say } from '../../../core/text.ts'
import type { Dimension, Step } from './rules.ts'

export const stepLabel = (step: Step, say: Say): string =>
  ({
    reached: say('触达', 'reached'),
    responded: say('有回应', 'answered'),
    interested: say('有意向', 'interested'),
    applied: say('已申请', 'applied'),
    granted: say('已放款', 'granted'),
  })[step]

export const dimensionLabel = (dimension: Dimension, say: Say): string =>
  ({
    branch: say('按机构', 'By branch'),
    team: say('按团队', 'By team'),
    manager: say('按经理', 'By manager'),
    day: say('按天', 'By day'),
    region: say('按区域', 'By region'),
    industry: say('按行业', 'By industry'),
  })[dimension]

/** What stands at the head of the column of what the figures are parted by. */
export const partLabel = (dimension: Dimension, say: Say): string =>
  ({
    branch: say('机构', 'Branch'),
    team: say('团队', 'Team'),
    manager: say('经理', 'Manager'),
    day: say('日期', 'Day'),
    region: say('区域', 'Region'),
    industry: say('行业', 'Industry'),
  })[dimension]
