/** `npm run bench -- <part> [--quick] [--json]`: prints a table of figures, or the rows as JSON. */
import { campaignsBench } from './campaigns.ts'
import { commandBench } from './command.ts'
import { faultsBench } from './faults/index.ts'
import { killsBench } from './faults/kills.ts'
import type { Part } from './figure.ts'
import { outboxBench } from './outbox.ts'
import { pushBench } from './push.ts'
import { referralsBench } from './referrals.ts'
import { slackBench } from './slack.ts'
import { startBench } from './start.ts'
import { tasksBench } from './tasks.ts'
import { tiersBench } from './tiers/index.ts'
import { wecomBench } from './wecom.ts'

const PARTS: Record<string, Part> = {
  start: startBench,
  campaigns: campaignsBench,
  command: commandBench,
  slack: slackBench,
  outbox: outboxBench,
  referrals: referralsBench,
  push: pushBench,
  faults: faultsBench,
  kills: killsBench,
  wecom: wecomBench,
  tiers: tiersBench,
  tasks: tasksBench,
}

const words = process.argv.slice(2)
const flags = new Set(words.filter((word) => word.startsWith('--')))
const asked = words.filter((word) => !word.startsWith('--'))
const unknown = asked.filter((name) => !PARTS[name])
if (unknown.length > 0) {
  console.error(`no part "${unknown[0]}"; there are: ${Object.keys(PARTS).join(', ')}`)
  process.exit(1)
}
const rows = []
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  rows.push(...((await PARTS[name]?.({ quick: flags.has('--quick') })) ?? []))
}
if (flags.has('--json')) console.log(JSON.stringify(rows))
else console.table(rows)
process.exit(rows.every((row) => row.met) ? 0 : 1)
