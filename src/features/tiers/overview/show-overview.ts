import { z } from 'zod'
import { type Context, query } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { type Day, day } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { chartPng } from '../../../infra/pictures/chart.ts'
import * as policy from '../policy.ts'
import { movesChart, type Overview, overviewCard, tiersChart } from './cards.ts'
import { partsOf } from './rules.ts'
import {
  countMoves,
  countOld,
  countTiers,
  countWaiting,
  rootUnit,
  type UnitRef,
  unitOn,
  unitsBelow,
  unitsNamed,
} from './store.ts'

/** Units offered to look into. */
const MOST_BELOW = 6

/** Of the clients this person may see: how many in which tier, by part, and this month's moves. */
export const showOverview = query<{ unit?: string | undefined }, Overview>({
  name: 'tier-overview',
  concurrency: 'long',
  may: policy.showOverview,
  help: {
    usage: { zh: '分层 概览', en: 'tier overview' },
    purpose: {
      zh: '分层分布和本月变动的图与数；"分层 概览 城东支行"看一家',
      en: 'tiers and this month’s moves, drawn and counted; add a unit to look into it',
    },
  },
  phrases: {
    words: [
      '分层概览',
      '分层 概览',
      '分层分布',
      '分层 分布',
      'tier overview',
      'tiers overview',
      'tiers',
    ],
    read: (rest) => ({ kind: 'understood', input: rest ? { unit: rest } : {} }),
  },
  input: z.object({ unit: z.string().trim().min(1).max(40).optional() }),
  load,
  async reply(overview, _input, { who }) {
    const { counts, moves } = overview
    const rows = Math.min(partsOf(counts).length, 12)
    const sides = [moves.map(({ from }) => from), moves.map(({ to }) => to)]
    const most = Math.max(...sides.map((tiers) => new Set(tiers).size))
    const tall = (height: number) => ({ width: 720, height })
    const pictures = {
      tiers: await chartPng(tiersChart(overview, who.language), tall(190 + 48 * rows)),
      moves:
        moves.length > 0
          ? await chartPng(movesChart(overview, who.language), tall(130 + 60 * most))
          : null,
    }
    return overviewCard(overview, pictures, who.language)
  },
})

async function load(
  tx: Queries,
  { unit: named }: { unit?: string | undefined },
  { who, reach, at }: Context & Asker,
): Promise<Overview | Refusal | Choice> {
  const top = await (reach === 'bank' ? rootUnit(tx) : unitOn(tx, who.unitPath))
  if (!top) return refuse('您不看客户。', 'You see no clients.')
  const unit = named ? await unitMeant(tx, top, named) : top
  if (!('path' in unit)) return unit
  const counts = await countTiers(tx, unit.path)
  if (counts.length === 0) {
    return refuse(`${unit.name} 还没有存量客户。`, `${unit.name} has no existing clients yet.`)
  }
  const units = await unitsBelow(tx, unit.path)
  const parts = new Set(partsOf(counts).map(({ part }) => part))
  return {
    unit: unit.name,
    counts,
    moves: await countMoves(tx, unit.path, monthStart(at.today), at.timezone),
    waiting: await countWaiting(tx, unit.path),
    old: await countOld(tx, unit.path),
    below: units.filter(({ code }) => parts.has(code)).slice(0, MOST_BELOW),
  }
}

/** The unit within a person's own that a name means. */
async function unitMeant(
  tx: Queries,
  top: UnitRef,
  named: string,
): Promise<UnitRef | Refusal | Choice> {
  const found = await unitsNamed(tx, top.path, named)
  const exact = found.filter(({ code, name }) => code === named || name === named)
  const [only] = exact.length === 1 ? exact : found
  if (!only) {
    return refuse(
      `您能看的机构里没有"${named}"。`,
      `There is no "${named}" among the units you may see.`,
    )
  }
  if (exact.length === 1 || found.length === 1) return only
  return new Choice(
    { zh: `"${named}"是哪一家？`, en: `Which "${named}"?` },
    found.map(({ code, name }) => ({
      label: name,
      intent: { command: 'tier-overview', input: { unit: code } },
    })),
  )
}

const monthStart = (today: Day): Day => day(`${today.slice(0, 7)}-01`)
