import { type Text, text } from '../../core/text.ts'
import type { Skip, Way } from './rules.ts'

export const WAY_LABELS: Readonly<Record<Way, Text>> = {
  owner: text('按归属', 'to the owners'),
  region: text('按区域', 'by region'),
  evenly: text('平均', 'evenly'),
  load: text('按负荷', 'by load'),
  sheet: text('按表格', 'as the workbook says'),
}

export const SKIP_LABELS: Readonly<Record<Skip, Text>> = {
  'negative-list': text('负面清单', 'negative list'),
  'exit-tier': text('F 淘汰', 'tier F'),
  'do-not-contact': text('勿扰', 'do not contact'),
  'other-list': text('已在另一份进行中的名单里', 'on another list that runs'),
  away: text('客户经理请假', 'the manager is away'),
  left: text('客户经理已离职', 'the manager has left'),
  elsewhere: text('客户经理不在分配范围', 'the manager is not among the receivers'),
  'no-region': text('没有区域，或该区域没有人负责', 'no region, or nobody there covers it'),
  nobody: text('表格没写客户经理', 'the workbook names no manager'),
  full: text('每天的件数已满', 'every day is full'),
}
