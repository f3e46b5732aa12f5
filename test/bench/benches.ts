import { campaignsBench } from './campaigns/index.ts'
import { commandBench } from './command.ts'
import { dayBench } from './day/index.ts'
import { faultsBench } from './faults/index.ts'
import { killsBench } from './faults/kills.ts'
import { growthBench } from './growth/index.ts'
import { importBench } from './import/index.ts'
import { listsBench } from './lists.ts'
import { outboxBench } from './outbox.ts'
import { referralsBench } from './referrals/index.ts'
import type { Bench } from './row.ts'
import { slackBench } from './slack/index.ts'
import { pushBench } from './slack/push.ts'
import { soakBench } from './soak/index.ts'
import { startBench } from './start.ts'
import { tasksBench } from './tasks/index.ts'
import { tiersBench } from './tiers/index.ts'
import { trustBench } from './trust/index.ts'
import { wecomBench } from './wecom.ts'
import { wordsBench } from './words.ts'

/** Every bench, and how often it is run: once where no machine's speed is measured, but a pace or counts. */
export const BENCHES: Readonly<Record<string, readonly [bench: Bench, runs: 1 | 3]>> = {
  words: [wordsBench, 3],
  start: [startBench, 3],
  command: [commandBench, 3],
  outbox: [outboxBench, 3],
  import: [importBench, 3],
  slack: [slackBench, 3],
  push: [pushBench, 1],
  wecom: [wecomBench, 1],
  tasks: [tasksBench, 3],
  tiers: [tiersBench, 3],
  referrals: [referralsBench, 3],
  campaigns: [campaignsBench, 3],
  day: [dayBench, 3],
  lists: [listsBench, 3],
  trust: [trustBench, 3],
  growth: [growthBench, 1],
  faults: [faultsBench, 1],
  kills: [killsBench, 1],
  soak: [soakBench, 1],
}
